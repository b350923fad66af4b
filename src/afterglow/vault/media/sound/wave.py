"""WAVE: a row of chunks, of which only the form, the number of samples and the sound are needed."""

import struct

NEEDED = {b"fmt ", b"fact", b"data"}
HEADER_BYTES = 8


def without_words(content: bytes) -> bytes:
    body = bytearray(b"WAVE")
    at = 12
    while at + HEADER_BYTES <= len(content):
        name = content[at : at + 4]
        # A recording that broke off promises more than there is.
        size = min(
            int.from_bytes(content[at + 4 : at + 8], "little"), len(content) - at - HEADER_BYTES
        )
        if name in NEEDED:
            sound = content[at + HEADER_BYTES : at + HEADER_BYTES + size]
            body += name + struct.pack("<I", size) + sound + bytes(size % 2)
        at += HEADER_BYTES + size + size % 2
    return b"RIFF" + struct.pack("<I", len(body)) + bytes(body)
