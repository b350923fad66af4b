"""New keys for what was shared: after it, an old grant with an old copy of its rows opens nothing of now.

Works in steps, so that a long one shows how far it is and goes on after a break.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from afterglow.core.crypto import v1
from afterglow.vault.grants import giving, rows
from afterglow.vault.media import resealing
from afterglow.vault.models import GrantItem, GrantRow, Record
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import TAG_BYTES, Ledger, mark_of

RECORDS_AT_ONCE = 500
_UPDATE = "UPDATE vault_record SET dek_wrap = %s, head = %s, body = %s, tags = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Left:
    """How many records still wait for new keys, of how many rows there were to do in this step."""

    done: int
    left: int


def waiting(vault: OpenVault) -> int:
    """How many records wait for new keys."""
    return _waiting(vault.owner).values("record").distinct().count()


def rekey_some(vault: OpenVault, *, most: int | None = None) -> Left:
    """New data keys for the next few records that were shared and are no longer, in one transaction."""
    found = _waiting(vault.owner).values_list("record", flat=True).distinct().order_by("record")
    records = list(found[: most or RECORDS_AT_ONCE])
    if records:
        with transaction.atomic():
            reseal(vault, records)
            _waiting(vault.owner).filter(record__in=records).delete()
            _wrap_again(vault, set(records))
    return Left(len(records), waiting(vault))


def rekey_all(vault: OpenVault) -> int:
    """All that wait, step by step; gives how many."""
    done = 0
    while (step := rekey_some(vault)).done:
        done += step.done
    return done


def _waiting(owner: UUID) -> QuerySet[GrantItem]:
    own = GrantRow.objects.filter(owner=owner).values("id")
    return GrantItem.objects.filter(grant__in=own, sealed=b"")


def _wrap_again(vault: OpenVault, records: set[UUID]) -> None:
    """Others who may still read these records get the new data keys under their own grant."""
    for row in rows.open_rows(vault.owner):
        theirs = GrantItem.objects.filter(grant=row.id, record__in=records).exclude(sealed=b"")
        covered = set(theirs.values_list("record", flat=True))
        if covered:
            giving.cover_also(vault, row.id, covered)


def reseal(vault: OpenVault, records: list[UUID]) -> int:
    """Every revision of these records under new data keys, in one transaction; gives how many rows."""
    keys = vault.keys
    own = v1.RecordKeys(keys.wrap)
    with transaction.atomic():
        ledger = Ledger(keys)
        found = list(Record.objects.filter(owner=keys.owner, record__in=records))
        media = resealing.rows_of(keys.owner, records)
        values: list[tuple[Any, ...]] = []
        for row in found:
            if not row.tags:
                continue
            ledger.mark ^= mark_of(keys, row)
            before = bytes(row.dek_wrap)
            _reseal_row(own, vault, row)
            if row.current and row.record in media:
                place = keys.place(row.record, row.rev, row.epoch)
                old_key, new_key = (
                    own.media_key(place, bytes(wrap)) for wrap in (before, row.dek_wrap)
                )
                resealing.reseal_media(vault, media[row.record], old_key, new_key)
            ledger.mark ^= mark_of(keys, row)
            values.append((row.dek_wrap, row.head, row.body, row.tags, row.pk))
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, values)
        ledger.close()
    return len(values)


def _reseal_row(own: v1.RecordKeys, vault: OpenVault, row: Record) -> None:
    place = vault.keys.place(row.record, row.rev, row.epoch)
    old = v1.SealedRecord(bytes(row.dek_wrap), bytes(row.head), bytes(row.body))
    new = v1.reseal_record(own, own, place, old, new_epoch=row.epoch)
    row.dek_wrap, row.head, row.body = new.dek_wrap, new.head, new.body
    row.tags = new.head[-TAG_BYTES:] + new.body[-TAG_BYTES:]
