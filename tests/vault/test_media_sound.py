"""What is written beside the sound of a recording stays behind; the sound itself is not touched."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.vault.sounds import wav

from afterglow.vault.media import kinds
from afterglow.vault.media.sound import without_words

SECRET = b"canary at the lake"
SOUND = bytes(range(256)) * 40


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def box(name, *inside):
    content = b"".join(inside)
    return struct.pack(">I", len(content) + 8) + name + content


def m4a():
    time = struct.pack(">II", 3_800_000_001, 3_800_000_002)
    header = box(b"mvhd", bytes(4), time, bytes(90))
    handler = box(b"hdlr", bytes(8), b"soun", bytes(12), SECRET, b"\0")
    track = box(b"trak", box(b"tkhd", bytes(4), time, bytes(80)), box(b"mdia", handler))
    return b"".join(
        (
            box(b"ftyp", b"M4A ", bytes(4)),
            box(b"moov", header, track, box(b"udta", box(b"\xa9xyz", SECRET))),
            box(b"free", SECRET),
            box(b"mdat", SOUND),
            box(b"uuid", SECRET),
        )
    )


def element(name, content):
    return name + b"\x01" + len(content).to_bytes(7, "big") + content


def webm(tags=True):
    info = element(b"\x15\x49\xa9\x66", element(b"\x7b\xa9", SECRET) + element(b"\x4d\x80", SECRET))
    cluster = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + element(b"\xa3", SOUND)
    simple = element(b"\x12\x54\xc3\x67", element(b"\x73\x73", SECRET)) if tags else b""
    segment = b"\x18\x53\x80\x67\x01" + b"\xff" * 7
    return element(b"\x1a\x45\xdf\xa3", b"\x42\x82\x84webm") + segment + info + cluster + simple


def page(number, *packets, kind=0):
    table = b"".join(b"\xff" * (len(each) // 255) + bytes([len(each) % 255]) for each in packets)
    head = b"OggS\0" + bytes([kind]) + bytes(8) + b"\x07\0\0\0" + struct.pack("<I", number)
    whole = head + bytes(4) + bytes([len(table)]) + table + b"".join(packets)
    return whole[:22] + struct.pack("<I", plain_sum(whole)) + whole[26:]


def plain_sum(content):
    """The sum of an Ogg page, bit by bit, as its paper (RFC 3533) describes it."""
    total = 0
    for byte in content:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
            total &= 0xFFFFFFFF
    return total


def comments(before):
    return before + struct.pack("<I", 3) + b"lib" + struct.pack("<II", 1, len(SECRET)) + SECRET


def opus():
    return (
        page(0, b"OpusHead" + bytes(11), kind=2)
        + page(1, comments(b"OpusTags"))
        + page(2, SOUND[:1000])
    )


def vorbis():
    return page(0, b"\x01vorbis" + bytes(23), kind=2) + page(
        1, comments(b"\x03vorbis") + b"\x01", b"\x05vorbis" + SOUND[:600]
    )


def mp3():
    frames = b"\xff\xfb\x90\x00" + SOUND
    size = bytes([0, 0, 0, len(SECRET)])
    ape = b"APETAGEX" + struct.pack("<IIII", 2000, 32 + len(SECRET), 1, 0) + bytes(8)
    tags = SECRET + ape + b"TAG" + SECRET.ljust(125, b"\0")
    return b"ID3\x04\0\0" + size + SECRET + frames + tags


FILES = {
    "audio/wav": wav(4000, extra=chunk(b"LIST", b"INFO" + SECRET) + chunk(b"id3 ", SECRET)),
    "audio/mp4": m4a(),
    "audio/webm": webm(),
    "audio/ogg": opus(),
    "audio/mpeg": mp3(),
}
SOUNDS = {
    "audio/wav": wav(4000)[44:],
    "audio/mp4": SOUND,
    "audio/webm": SOUND,
    "audio/ogg": SOUND[:1000],
    "audio/mpeg": SOUND,
}


@pytest.mark.parametrize("kind", FILES)
def test_titles_places_devices_and_tags_stay_behind(kind):
    given_file = FILES[kind]
    assert SECRET in given_file
    assert kinds.kind_of(given_file) == kind
    kept = without_words(given_file, kind)
    assert SECRET not in kept
    assert SOUNDS[kind] in kept
    assert kinds.kind_of(kept) == kind


@pytest.mark.parametrize("kind", FILES)
def test_done_twice_it_changes_nothing_more(kind):
    once = without_words(FILES[kind], kind)
    assert without_words(once, kind) == once


@pytest.mark.parametrize("kind", ["audio/mp4", "audio/webm", "audio/ogg"])
def test_no_byte_of_the_sound_moves(kind):
    kept = without_words(FILES[kind], kind)
    assert len(kept) == len(FILES[kind])
    assert kept.index(SOUNDS[kind]) == FILES[kind].index(SOUNDS[kind])


@pytest.mark.parametrize("file", [opus(), vorbis()], ids=["opus", "vorbis"])
def test_every_page_of_ogg_has_its_right_sum_afterwards(file):
    kept = without_words(file, "audio/ogg")
    assert SECRET not in kept
    starts = [at for at in range(len(kept)) if kept[at : at + 4] == b"OggS"]
    for start, end in zip(starts, [*starts[1:], len(kept)], strict=True):
        whole = kept[start:end]
        assert plain_sum(whole[:22] + bytes(4) + whole[26:]) == int.from_bytes(
            whole[22:26], "little"
        )
    assert b"\x05vorbis" in kept or file == opus()


def test_the_time_of_a_recording_is_not_in_it_any_more():
    assert struct.pack(">I", 3_800_000_001) not in without_words(m4a(), "audio/mp4")


HEAD = 12


def test_a_recording_that_broke_off_is_kept_as_far_as_it_goes():
    for kind, file in FILES.items():
        for cut in range(0, len(file), 97):
            kept = without_words(file[:cut], kind)
            # Words beside the sound go; nearly all else stays.
            assert 0.8 * cut - 200 < len(kept) <= max(cut, HEAD)


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(sorted(FILES)), content=st.binary(max_size=300), seed=st.integers())
def test_any_bytes_at_all_end_without_an_error(kind, content, seed):
    known = FILES[kind]
    at = zlib.crc32(str(seed).encode()) % len(known)
    without_words(content, kind)
    without_words(known[:at] + content + known[at:], kind)


def test_films_are_told_from_sound():
    film = m4a().replace(b"soun", b"vide")
    with pytest.raises(kinds.Refused, match="video"):
        kinds.kind_of(film)
    with pytest.raises(kinds.Refused, match="video"):
        kinds.kind_of(webm() + b"V_VP9")
