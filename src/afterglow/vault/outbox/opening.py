"""Items become what they were meant to be, each in one transaction with its end, so that it comes once."""

import logging
from dataclasses import replace
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from afterglow.vault.media.refusals import FOR_NOW, Refused
from afterglow.vault.media.services import keep_media
from afterglow.vault.models import OutboxItem
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox.items import (
    BOTH,
    KEPT,
    LOOK,
    PART,
    WAITS,
    CannotBeKept,
    NoRoomNow,
    Received,
    Sent,
    SentMedia,
    file_of,
    opened,
)
from afterglow.vault.outcomes import NotHere
from afterglow.vault.waiting import inbox_private

log = logging.getLogger("afterglow.vault")


def open_one(vault: OpenVault, item: UUID) -> Received | None:
    """Turn one item into what it was meant to be; None where that is done already. Raises CannotBeKept.

    The document and the end of the item are one transaction, so that it comes once. Raises NoRoomNow where the disk is
    full: then it waits as it is.
    """
    private = inbox_private(vault)
    with vault.together():
        rows = OutboxItem.objects.select_for_update()
        row = rows.filter(owner=vault.owner, item=item, part_of=None, state=WAITS).first()
        if row is None:
            return None
        sent = _with_media(vault, private, row, opened(vault, private, row))
        received = replace(_receive(vault, row.item, sent), partly=bool(sent.refused))
        _settle(row, sent, received)
    return received


def _with_media(vault: OpenVault, private: bytes, row: OutboxItem, sent: Sent) -> Sent:
    """Keep the files that came with an item; of several, one that is refused costs no other.

    Raises CannotBeKept, keeping none of them, where one is not whole or all are refused, and NoRoomNow.
    """
    kept: dict[int, UUID] = {}
    refused: list[str] = []
    for place, each in enumerate(sent.media):
        content = file_of(vault, private, row.item, each)
        try:
            kept[place] = _kept(vault, content, each, settings.OUTBOX_FILES.get(sent.kind, ""))
        except Refused as error:
            if error.why in FOR_NOW:
                raise NoRoomNow from error
            refused.append(error.why)
    if refused and not kept:
        raise CannotBeKept
    return msgspec.structs.replace(
        sent, kept_media=tuple(kept.values()), kept_places=tuple(kept), refused=tuple(refused)
    )


def _kept(vault: OpenVault, content: bytes, sent: SentMedia, wanted: str) -> UUID:
    stored = keep_media(
        vault,
        content,
        name=sent.name,
        content_type=sent.type,
        seconds=sent.seconds,
        waveform=sent.waveform,
        wanted=wanted,
    )
    return stored.id


def _receive(vault: OpenVault, item: UUID, sent: Sent) -> Received:
    name = settings.OUTBOX.get(sent.kind)
    if name is None:
        raise CannotBeKept
    try:
        received: Received = import_string(name)(vault=vault, item=item, sent=sent)
    except (ValueError, LookupError, TypeError, NotHere) as error:
        raise _why_not(error) from error
    return received


def _why_not(error: Exception) -> Exception:
    """A capability that keeps files itself names the refusal of the disk as its cause."""
    refused = error.__cause__
    full = isinstance(refused, Refused) and refused.why in FOR_NOW
    return NoRoomNow() if full else CannotBeKept()


def _settle(row: OutboxItem, sent: Sent, received: Received) -> None:
    """Only the id stays, so that a copy that is sent again is known. Of two versions the page stays, sealed; of an item
    that was kept in part, the page and the files that were refused.
    """
    rows, pieces = OutboxItem.objects.filter(pk=row.pk), _pieces_of(row)
    if received.partly:
        rows.update(state=PART)
        done = [each for place in sent.kept_places for each in sent.media[place].pieces]
        pieces = pieces.filter(item__in=done)
    elif received.both:
        rows.update(state=BOTH)
    else:
        rows.update(state=KEPT, blob=b"")
    pieces.delete()


def _pieces_of(row: OutboxItem) -> QuerySet[OutboxItem]:
    return OutboxItem.objects.filter(owner=row.owner, part_of=row.item)


def open_all(vault: OpenVault) -> int:
    """Open everything that waits, oldest first; gives how many. What cannot be kept asks to be looked at."""
    if import_string(settings.RECOVERY_IS_DUE)(vault):
        return 0
    rows = OutboxItem.objects.filter(owner=vault.owner, part_of=None, state=WAITS)
    waiting = list(rows.order_by("pk").values_list("item", flat=True))
    return sum(_open_or_set_aside(vault, item) for item in waiting)


def _open_or_set_aside(vault: OpenVault, item: UUID) -> bool:
    try:
        return open_one(vault, item) is not None
    except (OperationalError, NoRoomNow) as error:
        # The database is busy, or the disk is full: it stays as it is and is tried at the next unlock.
        log.warning("an item of the outbox waits longer", extra={"error": type(error).__name__})
        return False
    except Exception as error:  # noqa: BLE001 - one bad item never blocks the rest
        log.warning("an item of the outbox needs a look", extra={"error": type(error).__name__})
        set_aside(vault, item)
        return False


def set_aside(vault: OpenVault, item: UUID) -> None:
    OutboxItem.objects.filter(owner=vault.owner, item=item, state=WAITS).update(state=LOOK)
