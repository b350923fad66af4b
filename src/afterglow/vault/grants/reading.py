"""Opens the rows that a grant covers, and keeps their heads fresh by serial number."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from afterglow.core.crypto import v1
from afterglow.vault.documents import Document, Stored, Unread, read, with_body
from afterglow.vault.grants import rows
from afterglow.vault.grants.documents import Projection
from afterglow.vault.models import GrantItem, GrantRow

MOST_BY_NAME = 300
_SELECT = """
SELECT i.record, i.rev, i.epoch, i.sealed, r.change, r.head, {body}, r.tags
FROM vault_grantitem i JOIN vault_record r
ON r.owner = %s AND r.record = i.record AND r.rev = i.rev AND r.epoch = i.epoch
WHERE i.grant_id = %s AND i.serial > %s{named}
"""


@dataclass(frozen=True, slots=True)
class _Row:
    place: v1.Place
    item: bytes
    change: int
    head: bytes
    body: bytes


class State:
    """Opened heads of one grant in one process. A narrowed document stands under the id of what it was made from."""

    def __init__(self, row: GrantRow, key: bytes) -> None:
        self.key = key
        self.grant, self.owner = row.id, row.owner
        self.seen = -1
        self.heads: dict[UUID, Stored[Document]] = {}
        self.memo: dict[str, object] = {}
        self._items = rows.items(key, row)
        self._shown_as: dict[UUID, UUID] = {}
        self._narrowed: dict[UUID, Projection] = {}
        self._lock = threading.RLock()

    def refresh(self, serial: int) -> None:
        """Take in what joined, changed or left since the last look."""
        with self._lock:
            if serial == self.seen:
                return
            self.heads = dict(self.heads)
            for record in self._left():
                self._forget(record)
            for row in self._rows(since=self.seen):
                self._take(row)
            self.seen = serial

    def _left(self) -> list[UUID]:
        changed = GrantItem.objects.filter(grant=self.grant, serial__gt=self.seen)
        return list(changed.values_list("record", flat=True))

    def _take(self, row: _Row) -> None:
        self._forget(row.place.record)
        document = read(self._head(row))
        shown = row.place.record
        if isinstance(document, Projection):
            shown = document.of
            self._narrowed[row.place.record] = document
            document = read(document.head)
        self._shown_as[row.place.record] = shown
        self.heads[shown] = Stored(
            shown, row.place.rev, row.change, document, whole=not document.in_body
        )

    def _forget(self, record: UUID) -> None:
        shown = self._shown_as.pop(record, None)
        self._narrowed.pop(record, None)
        if shown is not None and shown not in self._shown_as.values():
            self.heads.pop(shown, None)

    def bodies(self, shown: set[UUID]) -> dict[UUID, Stored[Document]]:
        """The whole documents that are shown under these ids."""
        with self._lock:
            wanted = {record for record, name in self._shown_as.items() if name in shown}
            found = {}
            for row in self._rows(records=wanted, bodies=True):
                stored = self._whole(row)
                found[stored.id] = stored
            return found

    def media_key(self, record: UUID) -> bytes:
        """What opens the key of a granted file. Raises NotOpened."""
        for row in self._rows(records={record}):
            return self._items.media_key(row.place, row.item)
        raise v1.NotOpened

    def _whole(self, row: _Row) -> Stored[Document]:
        name, body = self._shown_as[row.place.record], self._body(row)
        narrowed = self._narrowed.get(row.place.record)
        if narrowed is not None:
            document = read(narrowed.head, with_body(narrowed, body).body)
        else:
            document = self._joined(row, body)
        return Stored(name, row.place.rev, row.change, document)

    def _joined(self, row: _Row, body: bytes) -> Document:
        """Most bodies belong to the head that is already open; any other is read with its own head."""
        known = self.heads[row.place.record].document
        if type(known).upcasters or isinstance(known, Unread):
            return read(self._head(row), body)
        return with_body(known, body)

    def _head(self, row: _Row) -> bytes:
        return self._items.open_head(row.place, row.item, row.head)

    def _body(self, row: _Row) -> bytes:
        return self._items.open_body(row.place, row.item, row.body)

    def _rows(
        self, *, since: int = -1, records: set[UUID] | None = None, bodies: bool = False
    ) -> Iterator[_Row]:
        """Covered rows in their newest revision, read without the ORM: there may be ten thousand."""
        values: list[str | int | UUID] = [_id(self.owner), _id(self.grant), since]
        named = ""
        if records is not None and len(records) <= MOST_BY_NAME:
            named = f" AND i.record IN ({', '.join(['%s'] * len(records)) or 'NULL'})"
            values += [_id(record) for record in records]
        with connection.cursor() as cursor:
            body = "r.body" if bodies else "r.tags"
            cursor.execute(_SELECT.format(body=body, named=named), values)
            for record, rev, epoch, item, change, head, text, tags in cursor:
                name = record if isinstance(record, UUID) else UUID(hex=record)
                if item and tags and (records is None or name in records):
                    place = v1.Place(self.owner, name, rev, epoch)
                    yield _Row(place, bytes(item), change, bytes(head), bytes(text))


def _id(value: UUID) -> str | UUID:
    return value if connection.vendor == "postgresql" else value.hex
