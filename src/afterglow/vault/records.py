"""Sealed rows and the manifest over them: the one place that writes the record table.

Leaves out documents (it sees bytes) and who may ask (`vault.open_vault` is given only to its owner).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from afterglow.core.crypto import v1
from afterglow.vault.models import Manifest, Record

TAG_BYTES = 16
_Raw = bytes | memoryview  # as the database gives it: PostgreSQL has memoryviews
# Beyond this many, reading all rows costs less than naming them.
MOST_BY_NAME = 500
_CHANGED = (
    "SELECT record, rev, change, epoch, dek_wrap, head, tags FROM vault_record"
    " WHERE owner = %s AND change > %s AND current ORDER BY change"
)


class VaultDamaged(Exception):
    """Rows are missing, replayed, planted or altered."""


class StaleKeys(VaultDamaged):
    """The vault was given new keys meanwhile, and this session still has the old ones."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The opened keys of one person. Kept only in memory."""

    owner: UUID
    epoch: int
    vault_key: bytes
    wrap: bytes
    manifest: bytes
    tag: bytes
    identity: bytes
    index: bytes

    @classmethod
    def of(cls, owner: UUID, epoch: int, vault_key: bytes) -> "Keys":
        keys = v1.vault_keys(vault_key)
        return cls(
            owner, epoch, vault_key, keys.wrap, keys.manifest, keys.tag, keys.identity, keys.index
        )

    def place(self, record: UUID, rev: int, epoch: int | None = None) -> v1.Place:
        return v1.Place(self.owner, record, rev, self.epoch if epoch is None else epoch)


@dataclass(frozen=True, slots=True)
class OpenedHead:
    record: UUID
    rev: int
    change: int
    deleted: bool
    head: bytes


@dataclass(frozen=True, slots=True)
class OpenedBody:
    rev: int
    body: bytes


def seal_row(keys: Keys, record: UUID, rev: int, change: int, head: bytes, body: bytes) -> Record:
    """A new current row, not yet written."""
    place = keys.place(record, rev)
    sealed = v1.seal_record(keys.wrap, place, head=head, body=body)
    return Record(
        owner=keys.owner,
        record=record,
        rev=rev,
        change=change,
        epoch=keys.epoch,
        dek_wrap=sealed.dek_wrap,
        head=sealed.head,
        body=sealed.body,
        tags=sealed.head[-TAG_BYTES:] + sealed.body[-TAG_BYTES:],
    )


def open_head(keys: Keys, row: Record) -> bytes:
    head = bytes(row.head)
    if head[-TAG_BYTES:] != bytes(row.tags)[:TAG_BYTES]:
        raise v1.NotOpened
    return v1.open_head(
        keys.wrap, keys.place(row.record, row.rev, row.epoch), bytes(row.dek_wrap), head
    )


def open_body(keys: Keys, row: Record) -> bytes:
    body = bytes(row.body)
    if body[-TAG_BYTES:] != bytes(row.tags)[TAG_BYTES:]:
        raise v1.NotOpened
    return v1.open_body(
        keys.wrap, keys.place(row.record, row.rev, row.epoch), bytes(row.dek_wrap), body
    )


def mark_of(keys: Keys, row: Record) -> int:
    """The row's share of the manifest's sum."""
    tags = bytes(row.tags)
    place = keys.place(row.record, row.rev, row.epoch)
    return v1.row_mark(
        keys.manifest, place, bytes(row.dek_wrap), tags[:TAG_BYTES], tags[TAG_BYTES:]
    )


def bodies(keys: Keys, wanted: set[UUID]) -> dict[UUID, OpenedBody]:
    """The current bodies of these records. Heads are not read again: they are already open."""
    rows = Record.objects.filter(owner=keys.owner, current=True)
    if len(wanted) <= MOST_BY_NAME:
        rows = rows.filter(record__in=wanted)
    columns = rows.values_list("record", "rev", "epoch", "dek_wrap", "body", "tags")
    sealed = v1.RecordKeys(keys.wrap)
    opened = {}
    for record, rev, epoch, dek_wrap, body, tags in columns.iterator(chunk_size=500):
        if record in wanted and tags:
            place = keys.place(record, rev, epoch)
            opened[record] = OpenedBody(rev, _body(sealed, place, dek_wrap, body, tags))
    return opened


def _body(sealed: v1.RecordKeys, place: v1.Place, dek_wrap: _Raw, body: _Raw, tags: _Raw) -> bytes:
    if bytes(body[-TAG_BYTES:]) != bytes(tags[TAG_BYTES:]):
        raise v1.NotOpened
    return sealed.open_body(place, bytes(dek_wrap), bytes(body))


class Ledger:
    """The manifest inside one transaction: rows come and go, the sum follows, one number counts changes."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        row = Manifest.objects.select_for_update().get(owner=keys.owner)
        if row.epoch != keys.epoch:
            raise StaleKeys("this session belongs to an earlier key; please unlock again")
        state = v1.open_manifest(keys.manifest, keys.owner, bytes(row.sealed))
        if state.counter != row.counter:
            raise VaultDamaged("the change number was altered")
        self.counter, self.rows, self.mark = state.counter, state.rows, state.mark

    def next_change(self) -> int:
        self.counter += 1
        return self.counter

    def add(self, row: Record) -> None:
        row.save(force_insert=True)
        self.rows += 1
        self.mark ^= mark_of(self.keys, row)

    def remove(self, rows: Iterable[Record]) -> None:
        for row in rows:
            self.rows -= 1
            self.mark ^= mark_of(self.keys, row)
            row.delete()

    def close(self) -> None:
        state = v1.ManifestState(counter=self.counter, rows=self.rows, mark=self.mark)
        sealed = v1.seal_manifest(self.keys.manifest, self.keys.owner, state)
        Manifest.objects.filter(owner=self.keys.owner).update(counter=self.counter, sealed=sealed)


def start_ledger(keys: Keys) -> None:
    """An empty manifest for a new vault."""
    state = v1.ManifestState(counter=0, rows=0, mark=0)
    sealed = v1.seal_manifest(keys.manifest, keys.owner, state)
    Manifest.objects.create(owner=keys.owner, counter=0, epoch=keys.epoch, sealed=sealed)


def changed_heads(keys: Keys, since: int) -> Iterator[OpenedHead]:
    """Heads of all current rows changed after `since`, in order of change. Without the ORM: an unlock opens all of them."""
    sealed, on_postgres = v1.RecordKeys(keys.wrap), connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [keys.owner if on_postgres else keys.owner.hex, since])
        for record, rev, change, epoch, dek_wrap, head, tags in cursor:
            name = record if on_postgres else UUID(int=int(record, 16))
            deleted = not bytes(tags)
            text = (
                b""
                if deleted
                else _head(sealed, keys.place(name, rev, epoch), dek_wrap, head, tags)
            )
            yield OpenedHead(name, rev, change, deleted, text)


def _head(sealed: v1.RecordKeys, place: v1.Place, dek_wrap: _Raw, head: _Raw, tags: _Raw) -> bytes:
    if bytes(head[-TAG_BYTES:]) != bytes(tags[:TAG_BYTES]):
        raise v1.NotOpened
    return sealed.open_head(place, bytes(dek_wrap), bytes(head))


def check_manifest(keys: Keys) -> int:
    """Compare every row with the sealed sum; gives the change number. Raises VaultDamaged.

    To be called in a transaction: a change that is kept meanwhile waits, or is seen whole.
    """
    manifest = Manifest.objects.select_for_update().get(owner=keys.owner)
    try:
        state = v1.open_manifest(keys.manifest, keys.owner, bytes(manifest.sealed))
    except v1.NotOpened as error:
        raise VaultDamaged("the manifest does not open") from error
    rows, mark, marks = 0, 0, v1.RowMarks(keys.manifest)
    newest: dict[UUID, int] = {}
    current: dict[UUID, int] = {}
    for record, rev, epoch, is_current, dek_wrap, tags in _marks(keys.owner):
        place = keys.place(record, rev, epoch)
        mark ^= marks.mark(place, dek_wrap, tags[:TAG_BYTES], tags[TAG_BYTES:])
        rows += 1
        newest[record] = max(rev, newest.get(record, 0))
        if is_current:
            current[record] = rev
    if (rows, mark) != (state.rows, state.mark) or state.counter != manifest.counter:
        raise VaultDamaged(f"{rows} rows found, {state.rows} expected, or one of them was altered")
    if newest != current:
        raise VaultDamaged("an older revision was made to look like the newest")
    return state.counter


def _marks(owner: UUID) -> Iterator[tuple[UUID, int, int, bool, bytes, bytes]]:
    """Every row's mark fields, read without the ORM: an unlock looks at all of them."""
    on_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record, rev, epoch, current, dek_wrap, tags FROM vault_record WHERE owner = %s",
            [owner if on_postgres else owner.hex],
        )
        for record, rev, epoch, current, dek_wrap, tags in cursor:
            name = record if on_postgres else UUID(int=int(record, 16))
            yield name, rev, epoch, bool(current), bytes(dek_wrap), bytes(tags)
