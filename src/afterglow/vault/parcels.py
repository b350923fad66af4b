"""What one person sends to another who may be locked: signed by the sender, sealed to their hybrid key, kept until opened.

Leaves out what a parcel means; its kind and words are inside the seal.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from django.utils import timezone

from afterglow.core.crypto import inbox2, v1
from afterglow.vault.grants import people
from afterglow.vault.models import Parcel
from afterglow.vault.open_vault import OpenVault

# Of one sender; a person who is away for months loses nothing, and nobody can fill the disk.
MOST_FROM_ONE = 2000


class Inside(msgspec.Struct, frozen=True):
    """What the seal holds."""

    kind: str
    payload: bytes
    sent: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """One parcel of a known sender, opened and found to be theirs."""

    id: UUID
    sender: UUID
    kind: str
    payload: bytes
    sent: datetime


class TooMany(Exception):
    """The other person has so many parcels waiting that no more are taken."""


def send(
    vault: OpenVault, to: UUID, *, kind: str, payload: bytes, item: UUID | None = None
) -> UUID | None:
    """Seal something to a person whose keys this vault knows; gives its id.

    With an `item` of the caller's own it is sent once: None where such a parcel waits already.
    Raises people.NotMet, people.KeyChanged, TooMany.
    """
    receiver = people.known(vault, to, compared=False)
    item_id = item or uuid4()
    if Parcel.objects.filter(id=item_id).exists():
        return None
    if Parcel.objects.filter(owner=to, sender=vault.owner).count() >= MOST_FROM_ONE:
        raise TooMany
    now = timezone.now()
    text = msgspec.msgpack.encode(Inside(kind, payload, now))
    Parcel.objects.create(
        id=item_id,
        owner=to,
        sender=vault.owner,
        blob=_sealed(vault, receiver, text, item_id),
        hour=now.replace(minute=0, second=0, microsecond=0),
    )
    return item_id


def _sealed(vault: OpenVault, to: v1.PublicIdentity, text: bytes, item: UUID) -> bytes:
    identity = people.own_identity(vault.keys)
    return inbox2.seal_parcel(
        text, sender=vault.owner, sender_sign_private=identity.sign_private, to=to, item=item
    )


def arrived(vault: OpenVault) -> list[Arrived]:
    """What came from people whose keys are known, oldest first; all else is left where it is."""
    found = list(Parcel.objects.filter(owner=vault.owner).order_by("hour", "id"))
    if not found:
        return []
    identity = people.own_identity(vault.keys)
    opened = [_arrived(vault, identity, row) for row in found]
    return sorted((each for each in opened if each), key=lambda each: each.sent)


def _arrived(vault: OpenVault, identity: v1.Identity, row: Parcel) -> Arrived | None:
    try:
        text = _opened(vault, identity, row)
        inside = msgspec.msgpack.decode(text, type=Inside)
    except (v1.NotOpened, msgspec.DecodeError, people.NotMet, people.KeyChanged):
        return None
    return Arrived(row.id, row.sender, inside.kind, inside.payload, inside.sent)


def _opened(vault: OpenVault, identity: v1.Identity, row: Parcel) -> bytes:
    sender = people.known(vault, row.sender, compared=False)
    return inbox2.open_parcel(
        identity,
        bytes(row.blob),
        sender=row.sender,
        sender_sign_public=sender.sign_public,
        owner=vault.owner,
        item=row.id,
    )


def count(vault: OpenVault) -> int:
    return Parcel.objects.filter(owner=vault.owner).count()


def let_go(vault: OpenVault, item: UUID) -> None:
    Parcel.objects.filter(owner=vault.owner, id=item).delete()


def let_go_all_of(vault: OpenVault, sender: UUID) -> None:
    Parcel.objects.filter(owner=vault.owner, sender=sender).delete()


class NotForThisVault(Exception):
    """It was sealed for somebody else, or changed on the way."""


def inbox_key(vault: OpenVault) -> bytes:
    """The public key to which a browser may seal something from outside."""
    return people.own_public(vault).inbox_public


def open_unsigned(vault: OpenVault, item: UUID, blob: bytes) -> bytes:
    """What was sealed to the inbox key by whoever had it. Raises NotForThisVault."""
    private = people.own_identity(vault.keys).inbox_private
    try:
        return v1.open_inbox(private, blob, owner=vault.owner, item=item)
    except v1.NotOpened as error:
        raise NotForThisVault from error
