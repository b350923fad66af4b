"""Seals media piece by piece (the STREAM construction), so that it can be played from the middle and
never lies in clear. Files, sizes and uploads are somebody else's.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.envelope import KEY_BYTES, TAG_BYTES, Random, exactly
from afterglow.core.crypto.errors import NotOpened

CHUNK_BYTES: Final = 65_536
PREFIX_BYTES: Final = 7
SEALED_CHUNK_BYTES: Final = PREFIX_BYTES + CHUNK_BYTES + TAG_BYTES
MOST_CHUNKS: Final = 2**32
_AAD = bind("stream", SUITE)


def seal_chunk(
    key: bytes, index: int, plaintext: bytes, *, last: bool, random: Random = os.urandom
) -> bytes:
    """Prefix (7 bytes), ciphertext, tag. The nonce is prefix, index (4 bytes) and last flag (1).

    One key belongs to one stream (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). The prefix is
    drawn for every chunk, so a piece that is uploaded again with other bytes repeats no nonce.
    """
    if not _fits(index, len(plaintext), last=last):
        raise ValueError("every chunk but the last is full, and only a lone chunk may be empty")
    prefix = random(PREFIX_BYTES)
    nonce = _nonce(prefix, index, last=last)
    return prefix + AESGCM(exactly(key, KEY_BYTES)).encrypt(nonce, plaintext, _AAD)


def open_chunk(key: bytes, index: int, sealed: bytes, *, last: bool) -> bytes:
    """The chunk's plaintext, or NotOpened when it is not chunk `index` of this stream."""
    if not _fits(index, len(sealed) - PREFIX_BYTES - TAG_BYTES, last=last):
        raise NotOpened
    nonce = _nonce(sealed[:PREFIX_BYTES], index, last=last)
    try:
        return AESGCM(exactly(key, KEY_BYTES)).decrypt(nonce, sealed[PREFIX_BYTES:], _AAD)
    except InvalidTag:
        raise NotOpened from None


def seal_stream(
    key: bytes, pieces: Iterable[bytes], *, random: Random = os.urandom
) -> Iterator[bytes]:
    """Sealed chunks of pieces of any size. Nothing at all still gives one chunk."""
    waiting = bytearray()
    index = 0
    for piece in pieces:
        waiting += piece
        # A full chunk is held back until more follows, because only then is it not the last.
        while len(waiting) > CHUNK_BYTES:
            yield seal_chunk(key, index, bytes(waiting[:CHUNK_BYTES]), last=False, random=random)
            del waiting[:CHUNK_BYTES]
            index += 1
    yield seal_chunk(key, index, bytes(waiting), last=True, random=random)


def open_stream(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The plaintext of each chunk in turn.

    NotOpened comes as soon as a chunk is wrong, and at the end if the stream was cut or has more
    after its last chunk; whoever keeps what was given so far must throw it away then.
    """
    index = 0
    held: bytes | None = None
    for chunk in chunks:
        if held is not None:
            yield open_chunk(key, index, held, last=False)
            index += 1
        held = chunk
    if held is None:
        raise NotOpened
    yield open_chunk(key, index, held, last=True)


def _fits(index: int, length: int, *, last: bool) -> bool:
    if not 0 <= index < MOST_CHUNKS:
        return False
    if not last:
        return length == CHUNK_BYTES
    return (0 if index == 0 else 1) <= length <= CHUNK_BYTES


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + index.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
