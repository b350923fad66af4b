"""Two people who mean to share: marks of their public keys, eight words to compare aloud, and signed
parcels from one to the other. Who has compared what is kept elsewhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.errors import NotOpened
from afterglow.core.crypto.identity import check_identity, open_inbox, seal_to_inbox

WORDS_COMPARED: Final = 8
SIGNATURE_BYTES: Final = 64
# Two lists of keys could be searched for one pair of equal words; a slow step makes each try cost.
_SLOW_MEMORY_KIB: Final = 65_536
_SLOW_ITERATIONS: Final = 3
_SALT: Final = b"afterglow words1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIdentity:
    """The public half of a person's keys, with their own signature over it."""

    person: UUID
    kem_public: bytes
    sign_public: bytes
    inbox_public: bytes
    signature: bytes

    def check(self) -> None:
        """NotOpened unless the keys were put together by the holder of the signing key."""
        check_identity(
            self.person,
            kem_public=self.kem_public,
            sign_public=self.sign_public,
            inbox_public=self.inbox_public,
            signature=self.signature,
        )


def identity_mark(identity: PublicIdentity) -> bytes:
    """32 bytes that stand for a person and all their public keys."""
    keys = (identity.kem_public, identity.sign_public, identity.inbox_public)
    return hashlib.sha256(bind("identity/mark", SUITE, identity.person, *keys)).digest()


def words_to_compare(one: bytes, other: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """Eight words, about 103 bits, from two identity marks; the same whichever comes first.

    They are stretched with Argon2id (64 MiB, 3 rounds), so that nobody can try many keys.
    """
    number = int.from_bytes(_stretched(*sorted((one, other))), "big")
    found = []
    for _ in range(WORDS_COMPARED):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return tuple(found)


def _stretched(*marks: bytes) -> bytes:
    kdf = Argon2id(
        salt=_SALT,
        length=32,
        iterations=_SLOW_ITERATIONS,
        lanes=1,
        memory_cost=_SLOW_MEMORY_KIB,
    )
    return kdf.derive(bind("words to compare", SUITE, *marks))


def seal_parcel(
    text: bytes, *, sender: UUID, sender_sign_private: bytes, to: PublicIdentity, item: UUID
) -> bytes:
    """Something for a person who may be locked: signed by its sender, sealed to the inbox key."""
    statement = _statement(text, sender=sender, to=to.person, inbox=to.inbox_public, item=item)
    signature = Ed25519PrivateKey.from_private_bytes(sender_sign_private).sign(statement)
    return seal_to_inbox(to.inbox_public, signature + text, owner=to.person, item=item)


def open_parcel(
    blob: bytes,
    *,
    sender: UUID,
    sender_sign_public: bytes,
    owner: UUID,
    inbox_private: bytes,
    inbox_public: bytes,
    item: UUID,
) -> bytes:
    """The text, if this sender signed it for this very person and place. Raises NotOpened."""
    opened = open_inbox(inbox_private, blob, owner=owner, item=item)
    signature, text = opened[:SIGNATURE_BYTES], opened[SIGNATURE_BYTES:]
    statement = _statement(text, sender=sender, to=owner, inbox=inbox_public, item=item)
    try:
        Ed25519PublicKey.from_public_bytes(sender_sign_public).verify(signature, statement)
    except (InvalidSignature, ValueError):
        raise NotOpened from None
    return text


def _statement(text: bytes, *, sender: UUID, to: UUID, inbox: bytes, item: UUID) -> bytes:
    return bind("parcel", SUITE, sender, to, inbox, item, text)
