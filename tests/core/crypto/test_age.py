"""What is locked here opens with other programs of the age format, and with no other words."""

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterglow.core.crypto import age

WORDS = "plum marble lantern"
CHUNK = age.CHUNK_BYTES


def locked(pieces, words=WORDS):
    return b"".join(age.lock(pieces, words, log2_rounds=10))


@settings(max_examples=25, deadline=None)
@given(
    size=st.one_of(
        st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]), st.integers(0, 3 * CHUNK)
    ),
    step=st.integers(1, 2 * CHUNK),
)
def test_another_program_opens_it_whatever_its_size(size, step):
    content = bytes(index % 251 for index in range(size))
    pieces = [content[at : at + step] for at in range(0, size, step)]
    assert pyrage.passphrase.decrypt(locked(pieces), WORDS) == content


def test_other_words_and_changed_bytes_open_nothing():
    whole = locked([b"the sea" * 20_000])
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(whole, "other words")
    for at in (30, 100, len(whole) // 2, len(whole) - 1):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(pyrage.DecryptError):
            pyrage.passphrase.decrypt(changed, WORDS)
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(whole[: -len(whole) // 3], WORDS)


def test_it_is_locked_while_it_comes_and_never_held_whole():
    taken = []

    def endless():
        while True:
            taken.append(CHUNK)
            yield bytes(CHUNK)

    stream = age.lock(endless(), WORDS, log2_rounds=10)
    for _ in range(20):
        next(stream)
    assert len(taken) < 25


def test_the_same_bytes_are_never_locked_the_same():
    assert locked([b"once"]) != locked([b"once"])
