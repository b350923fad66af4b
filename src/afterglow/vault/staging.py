"""Rows of an import that is being looked at: sealed until they are kept or dropped. Leaves out what a row means."""

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from afterglow.core.crypto import v1
from afterglow.vault.models import StagedRow
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import Keys

ROWS_AT_ONCE = 500


def stage(vault: OpenVault, rows: Iterable[bytes]) -> UUID:
    """Seal the rows of a new import. An earlier one that was left lying goes, so that none gathers."""
    batch = uuid4()
    with transaction.atomic():
        drop(vault)
        sealed = (_row(vault.keys, batch, place, row) for place, row in enumerate(rows))
        StagedRow.objects.bulk_create(sealed, batch_size=ROWS_AT_ONCE)
    return batch


def staged(
    vault: OpenVault, batch: UUID, *, start: int = 0, most: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """The rows of one import from a position on, in their order, each with its position."""
    rows = _rows(vault, batch).filter(position__gte=start).order_by("position")
    for row in rows if most is None else rows[:most]:
        yield row.position, _opened(vault.keys, row)


def count(vault: OpenVault, batch: UUID, *, start: int = 0) -> int:
    """How many rows there are from a position on; opens none."""
    return _rows(vault, batch).filter(position__gte=start).count()


def drop_rows(vault: OpenVault, batch: UUID, *, start: int, last: int) -> None:
    """Let go of the rows between two positions, both included."""
    _rows(vault, batch).filter(position__gte=start, position__lte=last).delete()


def _rows(vault: OpenVault, batch: UUID) -> QuerySet[StagedRow]:
    return StagedRow.objects.filter(owner=vault.owner, batch=batch)


def newest(vault: OpenVault) -> UUID | None:
    """The import that waits to be kept, if there is one."""
    row = StagedRow.objects.filter(owner=vault.owner).order_by("-pk").first()
    return row.batch if row else None


def drop(vault: OpenVault) -> int:
    """Let go of everything staged; gives how many rows."""
    return StagedRow.objects.filter(owner=vault.owner).delete()[0]


def seal_anew(keys: Keys, new: Keys) -> None:
    """What is staged, under new keys."""
    rows = StagedRow.objects.filter(owner=keys.owner)
    anew = [_row(new, row.batch, row.position, _opened(keys, row)) for row in rows]
    rows.delete()
    StagedRow.objects.bulk_create(anew, batch_size=ROWS_AT_ONCE)


def _row(keys: Keys, batch: UUID, position: int, text: bytes) -> StagedRow:
    sealed = v1.seal(_key(keys), v1.pad(text), _context(keys, batch, position))
    return StagedRow(owner=keys.owner, batch=batch, position=position, sealed=sealed)


def _opened(keys: Keys, row: StagedRow) -> bytes:
    sealed = bytes(row.sealed)
    return v1.unpad(v1.open_sealed(_key(keys), sealed, _context(keys, row.batch, row.position)))


def _key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "staged")


def _context(keys: Keys, batch: UUID, position: int) -> bytes:
    return v1.bind("staged", keys.owner, batch, position, keys.epoch)
