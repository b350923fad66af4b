"""WebM: elements with an id and a size. Tags and attachments become empty space of the same size; names are blanked."""

from collections.abc import Iterator
from dataclasses import dataclass

SEGMENT, CLUSTER, INFO = 0x18538067, 0x1F43B675, 0x1549A966
TRACKS, TRACK = 0x1654AE6B, 0xAE
# Only stepped into: what is inside is looked at as if it stood outside, so that unknown sizes do no harm.
INSIDE = {SEGMENT, CLUSTER, INFO, TRACKS, TRACK}
TAGS, ATTACHMENTS, CHAPTERS = 0x1254C367, 0x1941A469, 0x1043A770
EMPTIED = {TAGS, ATTACHMENTS, CHAPTERS, 0xEC}
# Title, programs, file names, date and name of a track.
BLANKED = {0x7BA9, 0x4D80, 0x5741, 0x7384, 0x3C83AB, 0x3E83BB, 0x4461, 0x536E}
VOID = b"\xec"


@dataclass(frozen=True, slots=True)
class Element:
    id: int
    at: int
    start: int
    end: int


def without_words(content: bytes) -> bytes:
    made = bytearray(content)
    for element in _elements(content):
        if element.id in EMPTIED:
            made[element.at : element.end] = _void(element.end - element.at)
        elif element.id in BLANKED:
            made[element.start : element.end] = bytes(element.end - element.start)
    return bytes(made)


def _void(size: int) -> bytes:
    """An element of this size in all that says: nothing here."""
    if size < 10:
        return VOID + bytes([0x80 | size - 2]) + bytes(size - 2)
    return VOID + b"\x01" + (size - 9).to_bytes(7, "big") + bytes(size - 9)


def _elements(content: bytes) -> Iterator[Element]:
    at = 0
    while at < len(content):
        id_bytes = _width(content, at, 4)
        size_bytes = _width(content, at + id_bytes, 8) if id_bytes else 0
        if not size_bytes:
            return
        start = at + id_bytes + size_bytes
        name = int.from_bytes(content[at : at + id_bytes], "big")
        if name in INSIDE:
            at = start
            continue
        size = int.from_bytes(content[at + id_bytes : start], "big") & ((1 << 7 * size_bytes) - 1)
        # A recording that broke off ends inside an element.
        end = min(start + size, len(content))
        yield Element(name, at, start, end)
        at = end


def _width(content: bytes, at: int, most: int) -> int:
    """How many bytes an id or size has: one more than the zero bits that it begins with; 0 where it is none."""
    if at >= len(content) or content[at] == 0:
        return 0
    width = 9 - content[at].bit_length()
    return width if width <= most and at + width <= len(content) else 0
