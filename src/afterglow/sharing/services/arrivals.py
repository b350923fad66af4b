"""What people send each other while one of them may be locked, and what becomes of it at the next opening.

A kind of parcel is taken in by one function, named in RECEIVERS; what nobody takes in stays sealed.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from afterglow.core.days import moment
from afterglow.sharing.documents import Opening
from afterglow.sharing.queries.people import partner_of
from afterglow.vault import parcels
from afterglow.vault.grants import people
from afterglow.vault.open_vault import NotHere, OpenVault

OPENINGS = UUID("0a1f6f2e-3c6b-4d5f-9a57-6f0f1c2d7b21")
OPENED = "opened"


class Opened(msgspec.Struct, frozen=True):
    """The payload of *opened*: which grant, and which parts of it were on the page."""

    grant: UUID
    parts: tuple[str, ...] = ()


Receiver = Callable[[OpenVault, parcels.Arrived], None]
RECEIVERS: dict[str, Receiver] = {}


def deliver(
    to_owner: UUID,
    from_partner_vault: OpenVault,
    kind: str,
    payload: bytes,
    *,
    item: UUID | None = None,
) -> UUID | None:
    """Send something to the other person, signed and sealed; it waits while they are locked.

    Raises people.NotMet, people.KeyChanged, parcels.TooMany.
    """
    return parcels.send(from_partner_vault, to_owner, kind=kind, payload=payload, item=item)


def receive(vault: OpenVault) -> int:
    """Take in what waits and is known here; gives how many parcels became documents."""
    taken = 0
    for parcel in parcels.arrived(vault):
        receiver = RECEIVERS.get(parcel.kind)
        if receiver is not None:
            taken += _taken(vault, receiver, parcel)
    return taken


def _taken(vault: OpenVault, receiver: Receiver, parcel: parcels.Arrived) -> int:
    """One parcel; what its sender did not put together rightly is let go, and holds up nothing behind it."""
    try:
        with vault.together():
            receiver(vault, parcel)
            parcels.let_go(vault, parcel.id)
    except (msgspec.MsgspecError, ValueError, NotHere):
        parcels.let_go(vault, parcel.id)
        return 0
    return 1


def note_opening(
    *, vault: OpenVault, owner: UUID, grant: UUID, parts: tuple[str, ...], now: datetime
) -> None:
    """Tell the owner that what they gave was looked at: once for each grant and hour."""
    hour = now.strftime("%Y-%m-%d %H")
    item = uuid5(OPENINGS, f"{grant.hex} {hour}")
    payload = msgspec.msgpack.encode(Opened(grant, parts))
    try:
        deliver(owner, vault, OPENED, payload, item=item)
    except (people.NotMet, people.KeyChanged, parcels.TooMany):
        return


def _take_in_opening(vault: OpenVault, parcel: parcels.Arrived) -> None:
    """Kept once, and only of somebody who helps here."""
    if partner_of(vault, parcel.sender) is None or _is_kept(vault, parcel.id):
        return
    opened = msgspec.msgpack.decode(parcel.payload, type=Opened)
    at = moment(parcel.sent, "UTC")
    vault.put(Opening(grant=opened.grant, at=at, parts=opened.parts), record=parcel.id)


def _is_kept(vault: OpenVault, record: UUID) -> bool:
    try:
        vault.head(Opening, record)
    except NotHere:
        return False
    return True


RECEIVERS[OPENED] = _take_in_opening
