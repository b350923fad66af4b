"""HPKE (RFC 9180) to a person's receiving key: ML-KEM-768 and X25519 together (X-Wing), so that it holds while either does.

Key pairs come as raw bytes, ML-KEM first, as `identity` makes them. HPKE draws its own randomness from the operating system.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from afterglow.core.crypto.envelope import exactly
from afterglow.core.crypto.errors import NotOpened
from afterglow.core.crypto.identity import KEM_PRIVATE_BYTES, MLKEM_SEED_BYTES

MLKEM_PUBLIC_BYTES: Final = 1184
_suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def encrypt(kem_public: bytes, plaintext: bytes, *, info: bytes) -> bytes:
    """1,120 bytes of encapsulated key, ciphertext, tag. Base mode does not say who sent it."""
    receiver = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(kem_public[:MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(kem_public[MLKEM_PUBLIC_BYTES:]),
    )
    return _suite.encrypt(plaintext, receiver, info=info)


def decrypt(kem_private: bytes, blob: bytes, *, info: bytes) -> bytes:
    """What was encrypted to this key with the same info, or NotOpened."""
    exactly(kem_private, KEM_PRIVATE_BYTES)
    receiver = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(kem_private[:MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(kem_private[MLKEM_SEED_BYTES:]),
    )
    try:
        return _suite.decrypt(blob, receiver, info=info)
    except (InvalidTag, ValueError):
        raise NotOpened from None
