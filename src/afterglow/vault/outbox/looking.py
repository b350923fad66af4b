"""What arrived and asks for the person: read, saved as it came, or let go."""

import json
from uuid import UUID

from afterglow.vault.models import OutboxItem
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox.items import (
    BOTH,
    KEPT,
    LOOK,
    PART,
    WAITS,
    WORDS,
    CannotBeKept,
    Sent,
    ToLookAt,
    file_of,
    opened,
)
from afterglow.vault.outcomes import NotHere
from afterglow.vault.waiting import inbox_private

ASKING = frozenset({LOOK, BOTH, PART, WORDS})
# The head of a sealed copy, as `ui/waiting.js` writes it and takes it in again. The form is a promise.
COPY_MARK = "afterglow sealed item 1"


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
    row = OutboxItem.objects.filter(
        owner=vault.owner, item=item, state__in={LOOK, PART, WORDS}
    ).first()
    if row is None:
        raise NotHere
    private = inbox_private(vault)
    try:
        return file_of(vault, private, item, opened(vault, private, row).media[number])
    except (CannotBeKept, IndexError) as error:
        raise NotHere from error


def sealed_copy(vault: OpenVault, item: UUID) -> bytes:
    """The item and its files as they came, in one file that a browser of this person takes in again. Raises NotHere."""
    row = OutboxItem.objects.filter(owner=vault.owner, item=item, state__in=ASKING).first()
    if row is None:
        raise NotHere
    sent = _or_none(vault, inbox_private(vault), row)
    pieces = _pieces_of(row, sent)
    blobs = [bytes(each.blob) for each in (row, *pieces)]
    head = {
        "id": str(item),
        "owner": str(vault.owner),
        "kind": sent.kind if sent else "other",
        "at": (sent.at if sent else row.hour).isoformat(),
        "state": "waits",
        "pieces": [str(each.item) for each in pieces],
        "sizes": [len(blob) for blob in blobs],
    }
    return b"\n".join([COPY_MARK.encode(), json.dumps(head).encode(), b"".join(blobs)])


def _pieces_of(row: OutboxItem, sent: Sent | None) -> list[OutboxItem]:
    """Those that are here, in the order of its files where that is known."""
    named = [piece for each in sent.media for piece in each.pieces] if sent else []
    place = {piece: number for number, piece in enumerate(named)}
    rows = OutboxItem.objects.filter(owner=row.owner, part_of=row.item).order_by("pk")
    return sorted(rows, key=lambda each: place.get(each.item, len(place)))


def try_again(vault: OpenVault, item: UUID) -> None:
    """It waits to be opened once more, now that what it belongs to may be there. Raises NotHere."""
    rows = OutboxItem.objects.filter(owner=vault.owner, item=item, state=LOOK)
    if not rows.update(state=WAITS):
        raise NotHere


def words_kept(vault: OpenVault, ask: ToLookAt) -> None:
    """Its words are kept by now; what else it holds stays as it came. Raises NotHere."""
    if not ask.holds_more:
        return _ended(vault, ask.id, {LOOK})
    rows = OutboxItem.objects.filter(owner=vault.owner, item=ask.id, state=LOOK)
    if not rows.update(state=WORDS):
        raise NotHere
    return None


def let_go(vault: OpenVault, item: UUID) -> None:
    """It asks no more. Raises NotHere.

    Of one that became nothing no trace stays, so that a copy which somebody saved can be brought back; of any other
    the id stays, so that it does not come twice.
    """
    rows = OutboxItem.objects.filter(owner=vault.owner)
    if rows.filter(item=item, state=LOOK).delete()[0]:
        rows.filter(part_of=item).delete()
        return
    _ended(vault, item, {BOTH, PART, WORDS})


def _ended(vault: OpenVault, item: UUID, states: set[str]) -> None:
    rows = OutboxItem.objects.filter(owner=vault.owner)
    if not rows.filter(item=item, state__in=states).update(state=KEPT, blob=b""):
        raise NotHere
    rows.filter(part_of=item).delete()
