"""Names the place a ciphertext belongs to, as bytes that no other place shares. Sealing is elsewhere."""

import struct
from uuid import UUID

SUITE = "afterglow/1/aes-256-gcm/hkdf-sha256"

type_and_length = struct.Struct(">cI")
signed_64 = struct.Struct(">q")


def bind(*parts: bytes | str | int | UUID) -> bytes:
    """Join the parts so that two different tuples never give the same bytes.

    Each part is one type letter (b, s, i or u), its length as 4 bytes big-endian, and its bytes.
    Whole numbers are 8 bytes, signed; a number outside that range is a struct.error.
    """
    return b"".join([_bound(part) for part in parts])


def _bound(part: bytes | str | int | UUID) -> bytes:
    if isinstance(part, bytes):
        letter, raw = b"b", part
    elif isinstance(part, str):
        letter, raw = b"s", part.encode()
    elif isinstance(part, UUID):
        letter, raw = b"u", part.bytes
    elif isinstance(part, int) and not isinstance(part, bool):
        letter, raw = b"i", signed_64.pack(part)
    else:
        raise TypeError(f"a {type(part).__name__} cannot be bound")
    return type_and_length.pack(letter, len(raw)) + raw
