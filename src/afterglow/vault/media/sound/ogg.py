"""Ogg (Opus, Vorbis): the second packet of a stream holds comments. They are emptied in place, and its pages summed anew."""

from collections.abc import Iterator
from dataclasses import dataclass

HEADER_BYTES = 27
SUM_AT = 22
MOST_PAGES = 200
_POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of a stream begins and ends, and the packets (or parts of packets) in it."""

    at: int
    end: int
    serial: bytes
    parts: tuple[tuple[int, int, bool], ...]


def without_words(content: bytes) -> bytes:
    made = bytearray(content)
    for serial in {page.serial for page in _pages(content)}:
        pages = [page for page in _pages(content) if page.serial == serial]
        places = _second_packet(pages)
        packet = b"".join(content[start:end] for start, end in places)
        _put(made, places, _emptied(packet))
        for page in pages:
            if any(page.at < start < page.end for start, _ in places):
                _sum_anew(made, page)
    return bytes(made)


def _pages(content: bytes) -> Iterator[Page]:
    at = 0
    for _ in range(MOST_PAGES):
        if content[at : at + 4] != b"OggS" or at + HEADER_BYTES > len(content):
            return
        count = content[at + 26]
        table = content[at + HEADER_BYTES : at + HEADER_BYTES + count]
        start = at + HEADER_BYTES + count
        end = start + sum(table)
        if end > len(content):
            return
        yield Page(at, end, content[at + 14 : at + 18], tuple(_parts(table, start)))
        at = end


def _parts(table: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
    """Begin, end, and whether the packet ends here: it does with the first segment below 255 bytes."""
    end = start
    for size in table:
        end += size
        if size < 255:
            yield start, end, True
            start = end
    if end > start:
        yield start, end, False


def _second_packet(pages: list[Page]) -> list[tuple[int, int]]:
    number, places = 0, []
    for page in pages:
        for start, end, ends in page.parts:
            if number == 1:
                places.append((start, end))
            number += ends
            if number > 1:
                return places
    return places


def _emptied(packet: bytes) -> bytes:
    """No comments and no name of a program; what remains of the length is zeros."""
    if packet.startswith(b"OpusTags"):
        return b"OpusTags".ljust(len(packet), b"\x00")
    if packet.startswith(b"\x03vorbis"):
        return (b"\x03vorbis" + bytes(8) + b"\x01").ljust(len(packet), b"\x00")
    return packet


def _put(made: bytearray, places: list[tuple[int, int]], packet: bytes) -> None:
    at = 0
    for start, end in places:
        made[start:end] = packet[at : at + end - start]
        at += end - start


def _sum_anew(made: bytearray, page: Page) -> None:
    made[page.at + SUM_AT : page.at + SUM_AT + 4] = bytes(4)
    total = 0
    for byte in made[page.at : page.end]:
        total = (total << 8 & 0xFFFFFFFF) ^ _TABLE[total >> 24 ^ byte]
    made[page.at + SUM_AT : page.at + SUM_AT + 4] = total.to_bytes(4, "little")


def _entry(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = value << 1 & 0xFFFFFFFF ^ (_POLYNOMIAL if value & 0x80000000 else 0)
    return value


_TABLE = [_entry(byte) for byte in range(256)]
