"""Sealed bytes come in, open or locked, each once and not without limit. Nothing is opened here."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone

from afterglow.vault.models import IdentityRow, OutboxItem
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox.items import KEPT, WAITS

MOST_WAITING = 1000
MOST_WAITING_BYTES = 96 * 1024 * 1024
LARGEST_ITEM_BYTES = 9 * 1024 * 1024


class TooLarge(Exception):
    """One item that is larger than anything a form here can hold."""


class Full(Exception):
    """So much waits for this person already that the sender has to keep its copy until they open."""


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


def forget(vault: OpenVault, item: UUID) -> None:
    """As if it had never come: its sender still has it on the screen."""
    rows = OutboxItem.objects.filter(owner=vault.owner)
    rows.filter(item=item, state=WAITS).delete()
    rows.filter(part_of=item).delete()
