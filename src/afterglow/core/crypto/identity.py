"""A person's key pairs, made at sign-up: one to receive shares, one to sign, one for what arrives
while the vault is locked. Grants themselves are not here yet; the keys they need are.
"""

import os
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.envelope import (
    Random,
    exactly,
    open_sealed,
    pad,
    seal,
    unpad,
)
from afterglow.core.crypto.errors import NotOpened

MLKEM_SEED_BYTES: Final = 64
CURVE_KEY_BYTES: Final = 32
KEM_PRIVATE_BYTES: Final = MLKEM_SEED_BYTES + CURVE_KEY_BYTES
PRIVATE_BYTES: Final = KEM_PRIVATE_BYTES + 2 * CURVE_KEY_BYTES
_inbox_suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Identity:
    """Raw keys. kem_* are ML-KEM-768 (64-byte seed, or 1,184-byte public key) then X25519 (32).

    The signature is the person's own, over owner and public keys.
    """

    kem_private: bytes = field(repr=False)
    kem_public: bytes
    sign_private: bytes = field(repr=False)
    sign_public: bytes
    inbox_private: bytes = field(repr=False)
    inbox_public: bytes
    signature: bytes


def new_identity(owner: UUID, *, random: Random = os.urandom) -> Identity:
    """Fresh key pairs for one person."""
    return _identity(owner, random(PRIVATE_BYTES))


def check_identity(
    owner: UUID,
    *,
    kem_public: bytes,
    sign_public: bytes,
    inbox_public: bytes,
    signature: bytes,
) -> None:
    """NotOpened unless the public keys were put together by the holder of the signing key."""
    statement = _statement(owner, kem_public, sign_public, inbox_public)
    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, statement)
    except (InvalidSignature, ValueError):
        raise NotOpened from None


def seal_private_identity(
    identity_key: bytes, owner: UUID, identity: Identity, *, random: Random = os.urandom
) -> bytes:
    """Seal the private keys: always 188 bytes. Public keys and signature follow from them."""
    private = identity.kem_private + identity.sign_private + identity.inbox_private
    aad = bind("identity/private", SUITE, owner)
    return seal(identity_key, exactly(private, PRIVATE_BYTES), aad, random=random)


def open_private_identity(identity_key: bytes, owner: UUID, blob: bytes) -> Identity:
    """The whole identity from its sealed private keys, or NotOpened."""
    private = open_sealed(identity_key, blob, bind("identity/private", SUITE, owner))
    if len(private) != PRIVATE_BYTES:
        raise NotOpened
    return _identity(owner, private)


def seal_to_inbox(inbox_public: bytes, plaintext: bytes, *, owner: UUID, item: UUID) -> bytes:
    """Seal something to a locked vault (HPKE base mode, RFC 9180): public key, ciphertext, tag.

    HPKE draws its own randomness from the operating system. Base mode does not say who sent it.
    """
    receiver = X25519PublicKey.from_public_bytes(inbox_public)
    return _inbox_suite.encrypt(pad(plaintext), receiver, info=_inbox_info(owner, item))


def open_inbox(inbox_private: bytes, blob: bytes, *, owner: UUID, item: UUID) -> bytes:
    """What waited in the inbox, or NotOpened."""
    receiver = X25519PrivateKey.from_private_bytes(inbox_private)
    try:
        padded = _inbox_suite.decrypt(blob, receiver, info=_inbox_info(owner, item))
    except (InvalidTag, ValueError):
        raise NotOpened from None
    return unpad(padded)


def _identity(owner: UUID, private: bytes) -> Identity:
    seed = private[:MLKEM_SEED_BYTES]
    curve = private[MLKEM_SEED_BYTES:KEM_PRIVATE_BYTES]
    sign_private = private[KEM_PRIVATE_BYTES : KEM_PRIVATE_BYTES + CURVE_KEY_BYTES]
    inbox_private = private[KEM_PRIVATE_BYTES + CURVE_KEY_BYTES :]
    kem_public = (
        MLKEM768PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()
        + X25519PrivateKey.from_private_bytes(curve).public_key().public_bytes_raw()
    )
    signer = Ed25519PrivateKey.from_private_bytes(sign_private)
    sign_public = signer.public_key().public_bytes_raw()
    inbox_public = X25519PrivateKey.from_private_bytes(inbox_private).public_key()
    statement = _statement(owner, kem_public, sign_public, inbox_public.public_bytes_raw())
    return Identity(
        kem_private=seed + curve,
        kem_public=kem_public,
        sign_private=sign_private,
        sign_public=sign_public,
        inbox_private=inbox_private,
        inbox_public=inbox_public.public_bytes_raw(),
        signature=signer.sign(statement),
    )


def _statement(owner: UUID, kem_public: bytes, sign_public: bytes, inbox_public: bytes) -> bytes:
    return bind("identity/public", SUITE, owner, kem_public, sign_public, inbox_public)


def _inbox_info(owner: UUID, item: UUID) -> bytes:
    return bind("inbox", SUITE, owner, item)
