"""Seals bytes under one key: subkeys, AES-256-GCM, padding, and wraps that commit to their key."""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.errors import NotOpened

Random = Callable[[int], bytes]

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
HASH_BYTES: Final = 32
LENGTH_BYTES: Final = 4
SHORTEST_PADDED: Final = 64
INFO_PREFIX: Final = b"afterglow/v1/"

# Reserved for sharing, so that no key of today can ever serve a grant by accident.
GRANT_WRAP_LABEL: Final = "grant/wrap"
GRANT_OWNER_COPY_LABEL: Final = "grant/owner-copy"
# Reserved for a clinic's per-person shred key, which is mixed into every key-encryption key.
SHRED_KEY_BYTES: Final = 32


def expand(key: bytes, label: str, *, length: int = KEY_BYTES, context: bytes = b"") -> bytes:
    """HKDF-Expand with SHA-256 (RFC 5869, 2.3); the key must already be uniform (3.3).

    The info is "afterglow/v1/", the label, a zero byte and the context; labels hold no zero byte.
    """
    if not 0 < length <= 255 * HASH_BYTES:
        raise ValueError("length must be between 1 and 8160 bytes")
    info = INFO_PREFIX + label.encode() + b"\x00" + context
    block = hmac.digest(key, info + b"\x01", "sha256")
    if length == HASH_BYTES:
        return block
    output = block
    for counter in range(2, -(-length // HASH_BYTES) + 1):
        block = hmac.digest(key, block + info + bytes((counter,)), "sha256")
        output += block
    return output[:length]


def extract_and_expand(*secrets: bytes, label: str, context: bytes = b"") -> bytes:
    """Full HKDF-SHA256 without salt, over several secrets joined by `bind`: 32 bytes."""
    uniform = hmac.digest(bytes(HASH_BYTES), bind(*secrets), "sha256")
    return expand(uniform, label, context=context)


def seal(key: bytes, plaintext: bytes, aad: bytes, *, random: Random = os.urandom) -> bytes:
    """Nonce (12 bytes), then AES-256-GCM ciphertext and tag. The key is 32 bytes."""
    return seal_with(AESGCM(exactly(key, KEY_BYTES)), plaintext, aad, random=random)


def open_sealed(key: bytes, blob: bytes, aad: bytes) -> bytes:
    """The plaintext of `seal`, or NotOpened."""
    return open_with(AESGCM(exactly(key, KEY_BYTES)), blob, aad)


def seal_with(cipher: AESGCM, plaintext: bytes, aad: bytes, *, random: Random) -> bytes:
    """As `seal`, for a cipher that is kept because it seals or opens many small things."""
    nonce = random(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, aad)


def open_with(cipher: AESGCM, blob: bytes, aad: bytes) -> bytes:
    """As `open_sealed`, for a cipher that is kept."""
    if len(blob) < NONCE_BYTES + TAG_BYTES:
        raise NotOpened
    try:
        return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], aad)
    except InvalidTag:
        raise NotOpened from None


def pad(plaintext: bytes) -> bytes:
    """Length (4 bytes), plaintext, zeros up to the Padmé length, at least 64 bytes in all.

    Padmé (Nikitin et al., PETS 2019) lets a size tell O(log log length) bits, for at most 12 % more.
    """
    used = LENGTH_BYTES + len(plaintext)
    prefix = len(plaintext).to_bytes(LENGTH_BYTES, "big")
    return prefix + plaintext + bytes(padded_length(used) - used)


def unpad(padded: bytes) -> bytes:
    """What was padded, or NotOpened for anything `pad` could not have made."""
    if len(padded) < SHORTEST_PADDED:
        raise NotOpened
    end = LENGTH_BYTES + int.from_bytes(padded[:LENGTH_BYTES], "big")
    if len(padded) != padded_length(end) or padded[end:].strip(b"\x00"):
        raise NotOpened
    return padded[LENGTH_BYTES:end]


def padded_length(length: int) -> int:
    """The Padmé length of at least 64: only the first few bits of a length may differ from zero."""
    if length <= SHORTEST_PADDED:
        return SHORTEST_PADDED
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


@dataclass(frozen=True, slots=True)
class Wrap:
    """A key sealed under a key-encryption key, and the commitment that is checked before it."""

    sealed: bytes
    commitment: bytes


def wrap_key(kek: bytes, key: bytes, *, context: bytes, random: Random = os.urandom) -> Wrap:
    """Seal a 32-byte key. The context must name everything the wrap belongs to."""
    aad = bind("wrap", SUITE, context)
    sealed = seal(expand(kek, "wrap/seal"), exactly(key, KEY_BYTES), aad, random=random)
    return Wrap(sealed=sealed, commitment=_commitment(kek, context, sealed))


def unwrap_key(kek: bytes, wrap: Wrap, *, context: bytes) -> bytes:
    """The wrapped key, or NotOpened.

    GCM alone lets one ciphertext open under several keys (Len, Grubbs, Ristenpart, USENIX Security
    2021), which would let a planted wrap test many passphrases at once; the commitment forbids it.
    """
    expected = _commitment(kek, context, wrap.sealed)
    if not hmac.compare_digest(expected, wrap.commitment):
        raise NotOpened
    return open_sealed(expand(kek, "wrap/seal"), wrap.sealed, bind("wrap", SUITE, context))


def _commitment(kek: bytes, context: bytes, sealed: bytes) -> bytes:
    message = bind("commit", SUITE, context, sealed)
    return hmac.digest(expand(kek, "wrap/commit"), message, "sha256")


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """The working keys under one vault key, 32 bytes each. They never appear in a repr."""

    wrap: bytes = field(repr=False)
    manifest: bytes = field(repr=False)
    tag: bytes = field(repr=False)
    identity: bytes = field(repr=False)
    # Reserved for a search index on disk; nothing uses it today.
    index: bytes = field(repr=False)


def vault_keys(vault_key: bytes) -> VaultKeys:
    """Derive the working keys from the 32-byte vault key."""
    exactly(vault_key, KEY_BYTES)
    return VaultKeys(
        wrap=expand(vault_key, "vault/wrap"),
        manifest=expand(vault_key, "vault/manifest"),
        tag=expand(vault_key, "vault/tag"),
        identity=expand(vault_key, "vault/identity"),
        index=expand(vault_key, "vault/index"),
    )


def exactly(key: bytes, length: int) -> bytes:
    """The key itself if it has the right length; a wrong length is a fault of the caller."""
    if len(key) != length:
        raise ValueError(f"expected {length} bytes, got {len(key)}")
    return key
