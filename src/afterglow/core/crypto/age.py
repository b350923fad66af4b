"""Locks a stream of bytes with a passphrase in the age format (age-encryption.org/v1), chunk by chunk. Opens nothing:
any age program does. Reference: C2SP, age.md.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from afterglow.core.crypto.envelope import Random

VERSION: Final = b"age-encryption.org/v1"
FILE_KEY_BYTES: Final = 16
SALT_BYTES: Final = 16
CHUNK_BYTES: Final = 65_536
# 2^17 rounds over blocks of 1 KiB hold 128 MiB for a moment.
LOG2_ROUNDS: Final = 17
_BLOCK: Final = 8


def lock(
    pieces: Iterable[bytes],
    passphrase: str,
    *,
    log2_rounds: int = LOG2_ROUNDS,
    random: Random = os.urandom,
) -> Iterator[bytes]:
    """Header, then the sealed chunks of pieces of any size."""
    file_key = random(FILE_KEY_BYTES)
    yield _header(file_key, passphrase, random(SALT_BYTES), log2_rounds)
    nonce = random(SALT_BYTES)
    yield nonce
    cipher = ChaCha20Poly1305(_derived(file_key, salt=nonce, info=b"payload"))
    waiting = bytearray()
    number = 0
    for piece in pieces:
        waiting += piece
        # A full chunk is held back until more follows, because only then is it not the last.
        while len(waiting) > CHUNK_BYTES:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK_BYTES]), None)
            del waiting[:CHUNK_BYTES]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), None)


def _header(file_key: bytes, passphrase: str, salt: bytes, log2_rounds: int) -> bytes:
    wrap_key = hashlib.scrypt(
        passphrase.encode(),
        salt=VERSION + b"/scrypt" + salt,
        n=2**log2_rounds,
        r=_BLOCK,
        p=1,
        maxmem=2 * 128 * _BLOCK * 2**log2_rounds,
        dklen=32,
    )
    wrapped = ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_base64(salt), log2_rounds, _base64(wrapped))
    header = VERSION + b"\n" + stanza + b"---"
    mac = hmac.digest(_derived(file_key, salt=b"", info=b"header"), header, "sha256")
    return header + b" " + _base64(mac) + b"\n"


def _derived(file_key: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _base64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
