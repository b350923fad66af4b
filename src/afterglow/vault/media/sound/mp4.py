"""MP4 and M4A: boxes inside boxes. What is not sound becomes an empty box of the same size, so that no offset moves."""

HEADER_BYTES = 8
LONG_HEADER_BYTES = 16
INSIDE = {b"moov", b"trak", b"mdia", b"edts", b"minf"}
EMPTIED = {b"udta", b"meta", b"uuid", b"skip", b"free", b"wide"}
# Boxes with the time of making and of change behind version and flags (4 bytes), in 4 or, in version 1, 8 bytes each.
DATED = {b"mvhd", b"tkhd", b"mdhd"}
NAME_OF_HANDLER = 24


def without_words(content: bytes) -> bytes:
    boxes = bytearray(content)
    _empty(boxes, 0, len(boxes))
    return bytes(boxes)


def _empty(boxes: bytearray, at: int, end: int) -> None:
    while at + HEADER_BYTES <= end:
        name = bytes(boxes[at + 4 : at + 8])
        start, stop = _inside(boxes, at, end)
        if start > stop or stop <= at:
            return
        if name in EMPTIED:
            boxes[at + 4 : at + 8] = b"free"
            boxes[start:stop] = bytes(stop - start)
        elif name in INSIDE:
            _empty(boxes, start, stop)
        elif name in DATED and stop - start >= 20:
            both = 16 if boxes[start] == 1 else 8
            boxes[start + 4 : start + 4 + both] = bytes(both)
        elif name == b"hdlr" and stop - start > NAME_OF_HANDLER:
            boxes[start + NAME_OF_HANDLER : stop] = bytes(stop - start - NAME_OF_HANDLER)
        at = stop


def _inside(boxes: bytearray, at: int, end: int) -> tuple[int, int]:
    """Where the content of the box at this place begins and ends."""
    size = int.from_bytes(boxes[at : at + 4], "big")
    if size == 1:
        size = int.from_bytes(boxes[at + 8 : at + 16], "big")
        return at + LONG_HEADER_BYTES, min(at + size, end)
    return at + HEADER_BYTES, end if size == 0 else min(at + size, end)
