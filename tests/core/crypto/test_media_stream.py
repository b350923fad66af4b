"""A sealed stream opens whole or not at all: no chunk can be cut, moved, doubled or added."""

import pytest

from afterglow.core.crypto import v1

KEY, OTHER_KEY = bytes([1]) * 32, bytes([2]) * 32
FULL = v1.CHUNK_BYTES
LENGTHS = [0, 1, FULL - 1, FULL, FULL + 1, 2 * FULL, 2 * FULL + 7]
TEXT = bytes(range(256)) * (3 * FULL // 256)


def sealed(length):
    return list(v1.seal_stream(KEY, [TEXT[:length]]))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_stream_opens_to_what_was_sealed(length):
    assert b"".join(v1.open_stream(KEY, sealed(length))) == TEXT[:length]


@pytest.mark.parametrize("size", [1000, FULL, 3 * FULL])
def test_pieces_of_any_size_give_the_same_text(size):
    text = TEXT[: 2 * FULL + 7]
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    chunks = list(v1.seal_stream(KEY, pieces))
    assert len(chunks) == 3
    assert b"".join(v1.open_stream(KEY, chunks)) == text


DAMAGE = {
    "cut at the end": lambda chunks: chunks[:-1],
    "cut at the start": lambda chunks: chunks[1:],
    "cut to nothing": lambda chunks: [],
    "two exchanged": lambda chunks: [chunks[1], chunks[0], *chunks[2:]],
    "one doubled": lambda chunks: [chunks[0], *chunks],
    "the last doubled": lambda chunks: [*chunks, chunks[-1]],
    "one added": lambda chunks: [*chunks, v1.seal_chunk(OTHER_KEY, 3, b"more", last=True)],
    "the last chunk cut": lambda chunks: [*chunks[:-1], chunks[-1][:-1]],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_stream_is_refused(damage):
    with pytest.raises(v1.NotOpened):
        list(v1.open_stream(KEY, damage(sealed(2 * FULL + 7))))


def test_a_stream_does_not_open_with_the_key_of_another():
    with pytest.raises(v1.NotOpened):
        list(v1.open_stream(OTHER_KEY, sealed(10)))


def test_a_chunk_opens_alone_so_that_media_can_start_in_the_middle():
    assert v1.open_chunk(KEY, 1, sealed(2 * FULL + 7)[1], last=False) == TEXT[FULL : 2 * FULL]


@pytest.mark.parametrize("place", [0, 6, 7, -1])
def test_a_chunk_with_one_flipped_bit_is_refused(place):
    chunk = bytearray(v1.seal_chunk(KEY, 0, b"sound", last=True))
    chunk[place] ^= 1
    with pytest.raises(v1.NotOpened):
        v1.open_chunk(KEY, 0, bytes(chunk), last=True)


def test_a_full_last_chunk_does_not_open_as_one_in_the_middle():
    chunk = v1.seal_chunk(KEY, 0, bytes(FULL), last=True)
    with pytest.raises(v1.NotOpened):
        v1.open_chunk(KEY, 0, chunk, last=False)


def test_a_chunk_sealed_again_repeats_no_nonce():
    first, second = (v1.seal_chunk(KEY, 0, b"sound", last=True) for _ in range(2))
    assert first[:7] != second[:7]


@pytest.mark.parametrize(
    ("index", "size", "last"),
    [(0, 5, False), (0, FULL + 1, True), (1, 0, True), (-1, 5, True), (2**32, 5, True)],
)
def test_a_chunk_of_the_wrong_shape_is_never_sealed(index, size, last):
    with pytest.raises(ValueError, match="chunk"):
        v1.seal_chunk(KEY, index, bytes(size), last=last)
