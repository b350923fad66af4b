"""What arrives while a vault is locked, format 2: sealed to the hybrid receiving key instead of X25519 alone.

Format 1 (`identity`, `meeting`) opens for ever, and is what a browser goes on sealing: WebCrypto has no ML-KEM.
"""

from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from afterglow.core.crypto import hybrid
from afterglow.core.crypto.binding import bind
from afterglow.core.crypto.envelope import pad, unpad
from afterglow.core.crypto.errors import NotOpened
from afterglow.core.crypto.identity import Identity
from afterglow.core.crypto.identity import open_inbox as open_inbox1
from afterglow.core.crypto.meeting import SIGNATURE_BYTES, PublicIdentity, identity_mark
from afterglow.core.crypto.meeting import open_parcel as open_parcel1

INBOX_SUITE: Final = "afterglow/2/inbox/mlkem768-x25519/hkdf-sha256/aes-256-gcm/ed25519"
# The first byte of an item. One of format 1 begins with a random key, so it may have this byte by chance.
VERSION: Final = b"\x02"


def seal_to_inbox(kem_public: bytes, plaintext: bytes, *, owner: UUID, item: UUID) -> bytes:
    """Seal something to a locked vault. It does not say who sent it."""
    return VERSION + hybrid.encrypt(kem_public, pad(plaintext), info=_info(owner, item))


def open_inbox(identity: Identity, blob: bytes, *, owner: UUID, item: UUID) -> bytes:
    """What waited, of either format, or NotOpened."""
    if blob.startswith(VERSION):
        try:
            return _open(identity, blob, owner, item)
        except NotOpened:
            pass  # Perhaps one of format 1 that begins with the same byte.
    return open_inbox1(identity.inbox_private, blob, owner=owner, item=item)


def seal_parcel(
    text: bytes, *, sender: UUID, sender_sign_private: bytes, to: PublicIdentity, item: UUID
) -> bytes:
    """Something for a person who may be locked: signed by its sender for this receiver and all their keys."""
    statement = _statement(text, sender=sender, to=to, item=item)
    signature = Ed25519PrivateKey.from_private_bytes(sender_sign_private).sign(statement)
    return seal_to_inbox(to.kem_public, signature + text, owner=to.person, item=item)


def open_parcel(
    identity: Identity,
    blob: bytes,
    *,
    sender: UUID,
    sender_sign_public: bytes,
    owner: UUID,
    item: UUID,
) -> bytes:
    """The text of a parcel of either format, if this sender signed it for this very person. Raises NotOpened."""
    if blob.startswith(VERSION):
        try:
            opened = _open(identity, blob, owner, item)
        except NotOpened:
            pass  # As above; what opened and was signed otherwise is refused below, and not tried again.
        else:
            return _signed(identity, opened, sender, sender_sign_public, owner, item)
    return open_parcel1(
        blob,
        sender=sender,
        sender_sign_public=sender_sign_public,
        owner=owner,
        inbox_private=identity.inbox_private,
        inbox_public=identity.inbox_public,
        item=item,
    )


def _open(identity: Identity, blob: bytes, owner: UUID, item: UUID) -> bytes:
    sealed = blob[len(VERSION) :]
    return unpad(hybrid.decrypt(identity.kem_private, sealed, info=_info(owner, item)))


def _signed(
    identity: Identity, opened: bytes, sender: UUID, sign_public: bytes, owner: UUID, item: UUID
) -> bytes:
    signature, text = opened[:SIGNATURE_BYTES], opened[SIGNATURE_BYTES:]
    own = PublicIdentity(
        person=owner,
        kem_public=identity.kem_public,
        sign_public=identity.sign_public,
        inbox_public=identity.inbox_public,
        signature=identity.signature,
    )
    statement = _statement(text, sender=sender, to=own, item=item)
    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, statement)
    except (InvalidSignature, ValueError):
        raise NotOpened from None
    return text


def _info(owner: UUID, item: UUID) -> bytes:
    return bind("inbox", INBOX_SUITE, owner, item)


def _statement(text: bytes, *, sender: UUID, to: PublicIdentity, item: UUID) -> bytes:
    return bind("parcel", INBOX_SUITE, sender, to.person, identity_mark(to), item, text)
