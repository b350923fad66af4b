"""What arrived and asks for the person: read, saved as it came, or let go."""

from uuid import UUID

from afterglow.vault.models import OutboxItem
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox.items import (
    BOTH,
    KEPT,
    LOOK,
    PART,
    WAITS,
    CannotBeKept,
    Sent,
    ToLookAt,
    file_of,
    opened,
)
from afterglow.vault.outcomes import NotHere
from afterglow.vault.waiting import inbox_private

ASKING = frozenset({LOOK, BOTH, PART})


def asks(vault: OpenVault) -> bool:
    """Whether anything asks for the person."""
    return OutboxItem.objects.filter(owner=vault.owner, state__in=ASKING).exists()


def to_look_at(vault: OpenVault) -> list[ToLookAt]:
    """What asks for the person, oldest first."""
    rows = OutboxItem.objects.filter(owner=vault.owner, state__in=ASKING)
    private = inbox_private(vault)
    return [_asking(vault, private, row) for row in rows.order_by("pk")]


def _asking(vault: OpenVault, private: bytes, row: OutboxItem) -> ToLookAt:
    sent = _or_none(vault, private, row)
    return ToLookAt(row.item, row.hour, row.state, sent, _files_here(row, sent))


def _files_here(row: OutboxItem, sent: Sent | None) -> tuple[int, ...]:
    """Of an item that was kept in part, only what was refused is still here."""
    pieces = OutboxItem.objects.filter(owner=row.owner, part_of=row.item)
    here = set(pieces.values_list("item", flat=True))
    media = sent.media if sent else []
    return tuple(place for place, each in enumerate(media) if here.issuperset(each.pieces))


def _or_none(vault: OpenVault, private: bytes, row: OutboxItem) -> Sent | None:
    try:
        return opened(vault, private, row)
    except CannotBeKept:
        return None


def file_with(vault: OpenVault, item: UUID, number: int) -> bytes:
    """A file that came with an item that asks to be looked at. Raises NotHere."""
    row = OutboxItem.objects.filter(owner=vault.owner, item=item, state__in={LOOK, PART}).first()
    if row is None:
        raise NotHere
    private = inbox_private(vault)
    try:
        return file_of(vault, private, item, opened(vault, private, row).media[number])
    except (CannotBeKept, IndexError) as error:
        raise NotHere from error


def sealed_copy(vault: OpenVault, item: UUID) -> bytes:
    """The item as it came. Raises NotHere."""
    row = OutboxItem.objects.filter(owner=vault.owner, item=item, state__in=ASKING).first()
    if row is None:
        raise NotHere
    return bytes(row.blob)


def try_again(vault: OpenVault, item: UUID) -> None:
    """It waits to be opened once more, now that what it belongs to may be there. Raises NotHere."""
    rows = OutboxItem.objects.filter(owner=vault.owner, item=item, state=LOOK)
    if not rows.update(state=WAITS):
        raise NotHere


def let_go(vault: OpenVault, item: UUID) -> None:
    """It asks no more; its id stays, so that a copy that is sent again is known. Raises NotHere."""
    rows = OutboxItem.objects.filter(owner=vault.owner)
    if not rows.filter(item=item, state__in=ASKING).update(state=KEPT, blob=b""):
        raise NotHere
    rows.filter(part_of=item).delete()
