"""What a person kept where this program could not be reached: sealed there to their inbox key, taken in open or
locked, and opened into documents, each once. What a kind of item becomes is its capability's to say.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.module_loading import import_string

from afterglow.core.crypto import v1
from afterglow.core.days import Moment, is_zone, moment
from afterglow.vault.models import IdentityRow, OutboxItem
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outcomes import NotHere
from afterglow.vault.waiting import inbox_private

MOST_WAITING = 1000
MOST_WAITING_BYTES = 96 * 1024 * 1024
LARGEST_ITEM_BYTES = 9 * 1024 * 1024
WAITS, KEPT, LOOK, BOTH = "waits", "kept", "look", "both"
log = logging.getLogger("afterglow.vault")


class TooLarge(Exception):
    """One item that is larger than anything a form here can hold."""


class Full(Exception):
    """So much waits for this person already that the sender has to keep its copy until they open."""


class CannotBeKept(Exception):
    """The item does not open, or its capability cannot make a document of it."""


class Sent(msgspec.Struct, frozen=True):
    """One form as it was kept on a phone. `at` and `zone` are the moment of writing, as the phone saw it."""

    kind: str
    at: datetime
    zone: str = "UTC"
    fields: list[tuple[str, str]] = []
    media: list["SentMedia"] = []
    language: str = "en"
    v: int = 1

    def text(self, name: str) -> str:
        """The last value of a field, as a form has it; empty where it is missing."""
        return next((value for key, value in reversed(self.fields) if key == name), "")

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def written(self) -> Moment:
        """When it was written; a clock that runs ahead is brought back to now."""
        at = self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)
        return moment(min(at, timezone.now()), self.zone if is_zone(self.zone) else "UTC")


class SentMedia(msgspec.Struct, frozen=True):
    """A recording, a drawing or a photo, in pieces that were sealed one by one under these ids."""

    type: str
    length: int
    pieces: list[UUID]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an item: the page that shows it, and whether the person is to choose between two."""

    page: str = "companion:today"
    arguments: tuple[object, ...] = ()
    query: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """An item that asks for the person. `sent` is None where it did not open."""

    id: UUID
    arrived: datetime
    state: str
    sent: Sent | None

    @property
    def changed(self) -> UUID | None:
        """The document that was changed in two places."""
        return UUID(self.sent.text("entry")) if self.state == BOTH and self.sent else None


def take_in(owner: UUID, item: UUID, blob: bytes, *, part_of: UUID | None = None) -> bool:
    """Keep the sealed bytes. False where they are here already. Raises TooLarge and Full, keeping nothing."""
    if len(blob) > LARGEST_ITEM_BYTES:
        raise TooLarge
    known = OutboxItem.objects.filter(owner=owner)
    if known.filter(item=item).exists() or (part_of and _is_settled(owner, part_of)):
        return False
    waiting = known.exclude(state=KEPT)
    held = waiting.aggregate(bytes=Sum(Length("blob")))["bytes"] or 0
    if waiting.count() >= MOST_WAITING or held + len(blob) > MOST_WAITING_BYTES:
        raise Full
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            OutboxItem.objects.create(owner=owner, item=item, part_of=part_of, blob=blob, hour=hour)
    except IntegrityError:
        return False
    return True


def _is_settled(owner: UUID, item: UUID) -> bool:
    return OutboxItem.objects.filter(owner=owner, item=item).exclude(state=WAITS).exists()


def public_key(vault: OpenVault) -> bytes:
    """The key to which a page may seal; it opens nothing. Held in memory, since every page names it."""
    held = vault.held("inbox")
    if isinstance(held, bytes):
        return held
    key = bytes(IdentityRow.objects.get(owner=vault.owner).inbox_public)
    vault.hold("inbox", key)
    return key


def open_one(vault: OpenVault, item: UUID) -> Received | None:
    """Turn one item into what it was meant to be; None where that is done already. Raises CannotBeKept.

    The document and the end of the item are one transaction, so that it comes once.
    """
    private = inbox_private(vault)
    with vault.together():
        rows = OutboxItem.objects.select_for_update()
        row = rows.filter(owner=vault.owner, item=item, part_of=None, state=WAITS).first()
        if row is None:
            return None
        sent = opened(vault, private, row)
        received = _receive(vault, row.item, sent)
        _settle(row, received)
    return received


def opened(vault: OpenVault, private: bytes, row: OutboxItem) -> Sent:
    """What the phone had sealed. Raises CannotBeKept."""
    try:
        return msgspec.json.decode(unsealed(vault, private, row), type=Sent)
    except (v1.NotOpened, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CannotBeKept from error


def unsealed(vault: OpenVault, private: bytes, row: OutboxItem) -> bytes:
    return v1.open_inbox(private, bytes(row.blob), owner=vault.owner, item=row.item)


def _receive(vault: OpenVault, item: UUID, sent: Sent) -> Received:
    name = settings.OUTBOX.get(sent.kind)
    if name is None:
        raise CannotBeKept
    try:
        received: Received = import_string(name)(vault=vault, item=item, sent=sent)
    except (ValueError, LookupError, TypeError, NotHere) as error:
        raise CannotBeKept from error
    return received


def _settle(row: OutboxItem, received: Received) -> None:
    """Only the id stays, so that a copy that is sent again is known. Of two versions the page stays, sealed."""
    if received.both:
        OutboxItem.objects.filter(pk=row.pk).update(state=BOTH)
    else:
        OutboxItem.objects.filter(pk=row.pk).update(state=KEPT, blob=b"")
    OutboxItem.objects.filter(owner=row.owner, part_of=row.item).delete()


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
    except OperationalError as error:
        # The database is busy: it stays as it is and is tried at the next unlock.
        log.warning("an item of the outbox waits longer", extra={"error": type(error).__name__})
        return False
    except Exception as error:  # noqa: BLE001 - one bad item never blocks the rest
        log.warning("an item of the outbox needs a look", extra={"error": type(error).__name__})
        set_aside(vault, item)
        return False


def set_aside(vault: OpenVault, item: UUID) -> None:
    OutboxItem.objects.filter(owner=vault.owner, item=item, state=WAITS).update(state=LOOK)


def asks(vault: OpenVault) -> bool:
    """Whether anything asks for the person."""
    return OutboxItem.objects.filter(owner=vault.owner, state__in={LOOK, BOTH}).exists()


def to_look_at(vault: OpenVault) -> list[ToLookAt]:
    """What asks for the person, oldest first."""
    rows = OutboxItem.objects.filter(owner=vault.owner, state__in={LOOK, BOTH})
    private = inbox_private(vault)
    return [
        ToLookAt(row.item, row.hour, row.state, _or_none(vault, private, row))
        for row in rows.order_by("pk")
    ]


def _or_none(vault: OpenVault, private: bytes, row: OutboxItem) -> Sent | None:
    try:
        return opened(vault, private, row)
    except CannotBeKept:
        return None


def sealed_copy(vault: OpenVault, item: UUID) -> bytes:
    """The item as it came. Raises NotHere."""
    row = OutboxItem.objects.filter(owner=vault.owner, item=item, state__in={LOOK, BOTH}).first()
    if row is None:
        raise NotHere
    return bytes(row.blob)


def let_go(vault: OpenVault, item: UUID) -> None:
    """It asks no more; its id stays, so that a copy that is sent again is known. Raises NotHere."""
    rows = OutboxItem.objects.filter(owner=vault.owner)
    if not rows.filter(item=item, state__in={LOOK, BOTH}).update(state=KEPT, blob=b""):
        raise NotHere
    rows.filter(part_of=item).delete()


def forget(vault: OpenVault, item: UUID) -> None:
    """As if it had never come: its sender still has it on the screen."""
    rows = OutboxItem.objects.filter(owner=vault.owner)
    rows.filter(item=item, state=WAITS).delete()
    rows.filter(part_of=item).delete()
