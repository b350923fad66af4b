"""A grant: one person lets one other read some of their records until a day. Its key wraps the data
keys of those records and nothing else, reaches the other person by HPKE, and is signed by the owner.

What a grant is about is sealed text here; which records it covers is decided elsewhere.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from afterglow.core.crypto import hybrid
from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.envelope import (
    GRANT_OWNER_COPY_LABEL,
    GRANT_WRAP_LABEL,
    KEY_BYTES,
    Random,
    Wrap,
    exactly,
    expand,
    open_sealed,
    open_with,
    pad,
    seal,
    seal_with,
    unpad,
    unwrap_key,
    wrap_key,
)
from afterglow.core.crypto.errors import NotOpened
from afterglow.core.crypto.records import Place, cipher_of, open_part

GRANT_SUITE: Final = "afterglow/1/grant/mlkem768-x25519/hkdf-sha256/aes-256-gcm/ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """What a grant says in clear: who, to whom, its number among its own renewals, and from when until when.

    Times are whole seconds since 1970 in UTC. The marks are `identity_mark` of both people.
    """

    grant: UUID
    owner: UUID
    partner: UUID
    version: int
    starts: int
    ends: int
    owner_mark: bytes
    partner_mark: bytes

    def bound(self) -> bytes:
        times = (self.version, self.starts, self.ends)
        people = (self.owner, self.partner, self.owner_mark, self.partner_mark)
        return bind(GRANT_SUITE, self.grant, *people, *times)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedGrant:
    """A grant as it is stored. `terms` are sealed under the grant key; the signature is over all the rest."""

    terms: bytes
    to_partner: bytes
    owner_copy: Wrap
    commitment: bytes
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class OpenedGrant:
    """The grant key, 32 bytes, and what it was given for."""

    key: bytes = field(repr=False)
    terms: bytes


def new_grant_key(*, random: Random = os.urandom) -> bytes:
    return random(KEY_BYTES)


def make_grant(
    facts: GrantFacts,
    *,
    grant_key: bytes,
    terms: bytes,
    owner_wrap_key: bytes,
    owner_sign_private: bytes,
    partner_kem_public: bytes,
    random: Random = os.urandom,
) -> SealedGrant:
    """Seal the terms and the key, and sign. HPKE draws its own randomness from the operating system."""
    exactly(grant_key, KEY_BYTES)
    sealed_terms = seal(
        expand(grant_key, "grant/terms"), pad(terms), _about(facts, "terms"), random=random
    )
    unsigned = SealedGrant(
        terms=sealed_terms,
        to_partner=hybrid.encrypt(partner_kem_public, grant_key, info=_info(facts, sealed_terms)),
        owner_copy=owner_copy(facts, grant_key, owner_wrap_key, random=random),
        commitment=_commitment(facts, grant_key),
    )
    signer = Ed25519PrivateKey.from_private_bytes(owner_sign_private)
    return replace(unsigned, signature=signer.sign(_statement(facts, unsigned)))


def open_grant(
    facts: GrantFacts, sealed: SealedGrant, *, owner_sign_public: bytes, partner_kem_private: bytes
) -> OpenedGrant:
    """For the partner: the signature by the owner's known key comes first. Raises NotOpened."""
    check_grant(facts, sealed, owner_sign_public=owner_sign_public)
    info = _info(facts, sealed.terms)
    key = hybrid.decrypt(partner_kem_private, sealed.to_partner, info=info)
    return _opened(facts, sealed, key)


def open_owner_copy(
    facts: GrantFacts, sealed: SealedGrant, *, owner_wrap_key: bytes
) -> OpenedGrant:
    """For the owner: the grant key again, so that later records can be covered. Raises NotOpened."""
    kek = expand(owner_wrap_key, GRANT_OWNER_COPY_LABEL)
    key = unwrap_key(kek, sealed.owner_copy, context=_about(facts, "owner copy"))
    return _opened(facts, sealed, key)


def owner_copy(
    facts: GrantFacts, grant_key: bytes, owner_wrap_key: bytes, *, random: Random = os.urandom
) -> Wrap:
    """The grant key under the owner's wrap key; made anew when that one changes. It is not signed."""
    kek = expand(owner_wrap_key, GRANT_OWNER_COPY_LABEL)
    return wrap_key(kek, grant_key, context=_about(facts, "owner copy"), random=random)


def check_grant(facts: GrantFacts, sealed: SealedGrant, *, owner_sign_public: bytes) -> None:
    """NotOpened unless the holder of this signing key put exactly this grant together."""
    try:
        signer = Ed25519PublicKey.from_public_bytes(owner_sign_public)
        signer.verify(sealed.signature, _statement(facts, sealed))
    except (InvalidSignature, ValueError):
        raise NotOpened from None


def _opened(facts: GrantFacts, sealed: SealedGrant, key: bytes) -> OpenedGrant:
    """Only the key that was committed to, since one GCM text may open under several keys."""
    if len(key) != KEY_BYTES or not hmac.compare_digest(_commitment(facts, key), sealed.commitment):
        raise NotOpened
    terms = open_sealed(expand(key, "grant/terms"), sealed.terms, _about(facts, "terms"))
    return OpenedGrant(key, unpad(terms))


def _about(facts: GrantFacts, part: str) -> bytes:
    return bind("grant", part, facts.bound())


def _commitment(facts: GrantFacts, grant_key: bytes) -> bytes:
    return hmac.digest(expand(grant_key, "grant/commit"), _about(facts, "commitment"), "sha256")


def _info(facts: GrantFacts, sealed_terms: bytes) -> bytes:
    return bind("grant", "key", facts.bound(), hashlib.sha256(sealed_terms).digest())


def _statement(facts: GrantFacts, sealed: SealedGrant) -> bytes:
    hashes = (hashlib.sha256(part).digest() for part in (sealed.terms, sealed.to_partner))
    return bind("grant", "statement", facts.bound(), sealed.commitment, *hashes)


class GrantItems:
    """The data keys of granted records under one grant key. Each opens for this grant and revision only."""

    __slots__ = ("_before", "_cipher")

    def __init__(self, grant_key: bytes, *, grant: UUID, owner: UUID, partner: UUID) -> None:
        self._cipher = cipher_of(expand(grant_key, GRANT_WRAP_LABEL))
        self._before = bind("grant/item", GRANT_SUITE, grant, owner, partner)

    def wrap(self, place: Place, data_key: bytes, *, random: Random = os.urandom) -> bytes:
        """Always 60 bytes."""
        return seal_with(
            self._cipher, exactly(data_key, KEY_BYTES), self._aad(place), random=random
        )

    def data_key(self, place: Place, item: bytes) -> bytes:
        """The data key of this revision, or NotOpened."""
        key = open_with(self._cipher, item, self._aad(place))
        if len(key) != KEY_BYTES:
            raise NotOpened
        return key

    def open_head(self, place: Place, item: bytes, head: bytes) -> bytes:
        return open_part(self.data_key(place, item), place, "head", head)

    def open_body(self, place: Place, item: bytes, body: bytes) -> bytes:
        return open_part(self.data_key(place, item), place, "body", body)

    def media_key(self, place: Place, item: bytes) -> bytes:
        """The key of the media stream that belongs to this revision, or NotOpened."""
        context = bind(SUITE, place.owner, place.record)
        return expand(self.data_key(place, item), "record/media", context=context)

    def _aad(self, place: Place) -> bytes:
        return self._before + bind(place.owner, place.record, place.rev, place.epoch)
