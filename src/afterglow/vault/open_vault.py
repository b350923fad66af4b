"""OpenVault: the value that lets its holder read and change one person's documents. There is no other way in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast, overload
from uuid import UUID, uuid4

from django.db import transaction

from afterglow.vault import drafts, hooks, records
from afterglow.vault.documents import (
    D,
    Document,
    Stored,
    Unread,
    as_body,
    as_head,
    head_only,
    read,
    with_body,
)
from afterglow.vault.models import Record
from afterglow.vault.opened import Opened, weakly
from afterglow.vault.outcomes import Change, Conflict, NotHere

T = TypeVar("T")


__all__ = ["Change", "Conflict", "NotHere", "OpenVault"]


class OpenVault:
    """One person's documents, while they are unlocked."""

    def __init__(self, opened: Opened, session: bytes = b"") -> None:
        self._opened = opened
        self._session = session
        self._batch: list[Change] | None = None
        self._work = hooks.Work()

    @property
    def owner(self) -> UUID:
        return self._opened.keys.owner

    @property
    def keys(self) -> records.Keys:
        """For the vault's own rooms only; capabilities never need a key."""
        return self._opened.keys

    @property
    def session(self) -> bytes:
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether this session is still unlocked here; work in a thread stops when it is not."""
        return self._session in self._opened.sessions

    def reference(self) -> Callable[[], "OpenVault | None"]:
        """For work that waits: the vault while this session is unlocked, and nothing kept open meanwhile."""
        given, session = weakly(self._opened, self._session), self._session
        return lambda: OpenVault(state, session) if (state := given()) else None

    @property
    def seen(self) -> int:
        """The newest change number that this process has opened."""
        return self._opened.seen

    # Reading

    def get(self, kind: type[D], record: UUID) -> Stored[D]:
        """The whole document. Raises NotHere."""
        head = self.head(kind, record)
        return head if head.whole else self._with_body(head)

    def head(self, kind: type[D], record: UUID) -> Stored[D]:
        """The document without its body. Raises NotHere."""
        stored = self._opened.heads.get(record)
        if stored is None or not isinstance(stored.document, kind):
            raise NotHere
        return cast("Stored[D]", stored)

    def heads(self, kind: type[D]) -> list[Stored[D]]:
        """All documents of a kind without their bodies, oldest change first."""
        with self._opened.lock:
            return cast("list[Stored[D]]", list(self._opened.by_kind[kind.kind].values()))

    def all(self, kind: type[D]) -> list[Stored[D]]:
        """All documents of a kind, bodies opened."""
        heads = self.heads(kind)
        return self.whole(heads) if kind.in_body else heads

    def whole(self, heads: list[Stored[D]]) -> list[Stored[D]]:
        """The same documents with their bodies, read in one query."""
        bodies = records.bodies(self.keys, {head.id for head in heads})
        return [self._joined(head, bodies[head.id]) for head in heads if head.id in bodies]

    def _joined(self, head: Stored[D], body: records.OpenedBody) -> Stored[D]:
        """Most bodies belong to the head that is already open; any other is read with its own head."""
        if (
            body.rev != head.rev
            or type(head.document).upcasters
            or isinstance(head.document, Unread)
        ):
            return self._with_body(head)
        return Stored(head.id, head.rev, head.change, with_body(head.document, body.body))

    def _with_body(self, head: Stored[D]) -> Stored[D]:
        row = Record.objects.filter(owner=self.owner, record=head.id, current=True).first()
        if row is None or not row.tags:
            raise NotHere
        return cast("Stored[D]", self._open_row(row))

    def _open_row(self, row: Record) -> Stored[Document]:
        document = read(records.open_head(self.keys, row), records.open_body(self.keys, row))
        return Stored(row.record, row.rev, row.change, document)

    def history(self, kind: type[D], record: UUID) -> list[Stored[D]]:
        """Every kept revision, newest first. Raises NotHere."""
        self.head(kind, record)
        rows = Record.objects.filter(owner=self.owner, record=record).order_by("-rev")
        return [cast("Stored[D]", self._open_row(row)) for row in rows if row.tags]

    def unread(self) -> list[Stored[Unread]]:
        """Documents of unknown kinds or newer versions."""
        return self.heads(Unread)

    def changes_since(self, change: int) -> list[Change]:
        """What changed after a change number, oldest first, deletions included."""
        rows = (
            Record.objects.filter(owner=self.owner, change__gt=change, current=True)
            .order_by("change")
            .values_list("record", "change")
        )
        return [Change(record, self._kind(record), number) for record, number in rows]

    def _kind(self, record: UUID) -> str | None:
        stored = self._opened.heads.get(record)
        return stored.document.kind if stored else None

    def folded(self, kind: type[D], text_of: Callable[[D], str]) -> dict[UUID, str]:
        """Folded text of every document of a kind, for searching; made on first use, kept while unlocked."""
        texts = self._opened.folded.texts
        missing = [head for head in self.heads(kind) if head.id not in texts]
        found = {}
        for stored in self.whole(missing):
            found[stored.id] = text_of(stored.document)
            self._opened.folded.keep(stored.id, found[stored.id])
        ids = (head.id for head in self.heads(kind))
        return {record: texts.get(record) or found.get(record, "") for record in ids}

    def held(self, name: str) -> object | None:
        """Something computed from the documents and kept only in memory, until the lock."""
        return self._opened.memo.get(name)

    def hold(self, name: str, value: object) -> None:
        self._opened.memo[name] = value

    def memo(self, name: str, make: Callable[[], T]) -> T:
        """A value computed from the documents, held until the next change or lock."""
        return self._opened.computed(name, make)

    # Changing

    @overload
    def put(
        self, document: D, *, record: UUID | None = None, draft: str | None = None
    ) -> Stored[D]: ...
    @overload
    def put(
        self,
        document: D,
        *,
        record: UUID | None = None,
        base_rev: int | None,
        draft: str | None = None,
    ) -> Stored[D] | Conflict: ...
    def put(
        self,
        document: D,
        *,
        record: UUID | None = None,
        base_rev: int | None = None,
        draft: str | None = None,
    ) -> Stored[D] | Conflict:
        """Keep a new document, or a new revision of `record` that was read at `base_rev`.

        `draft` names the form whose draft this completes; it goes in the same transaction.
        """
        with self._changing() as ledger:
            stored, conflict = self._put_row(ledger, document, record or uuid4(), base_rev)
            if draft is not None:
                drafts.drop(self.keys, draft)
        return conflict or stored

    def put_all(self, documents: list[tuple[UUID, D]]) -> list[Stored[D]]:
        """Keep many new documents in one transaction."""
        with self._changing() as ledger:
            return [
                self._put_row(ledger, document, record, None)[0] for record, document in documents
            ]

    def _put_row(
        self, ledger: records.Ledger, document: D, record: UUID, base_rev: int | None
    ) -> tuple[Stored[D], Conflict | None]:
        before = Record.objects.filter(owner=self.owner, record=record, current=True).first()
        rev = before.rev + 1 if before else 1
        change = ledger.next_change()
        row = records.seal_row(self.keys, record, rev, change, as_head(document), as_body(document))
        conflict = None
        stored = Stored(record, rev, change, document)
        if before is not None:
            if base_rev is not None and before.rev != base_rev and before.tags:
                conflict = Conflict(
                    kept=cast("Stored[Document]", stored), other=self._open_row(before)
                )
            self._retire(ledger, before, keep=document.keeps_history or conflict is not None)
        ledger.add(row)
        self._note(Change(record, document.kind, change), cast("Stored[Document]", stored))
        return stored, conflict

    def _retire(self, ledger: records.Ledger, row: Record, *, keep: bool) -> None:
        if keep and row.tags:
            Record.objects.filter(pk=row.pk).update(current=False)
        else:
            ledger.remove([row])

    def delete(self, record: UUID) -> None:
        """Remove every revision; a row without content stays so that other devices learn of it."""
        if record not in self._opened.heads:
            raise NotHere
        with self._changing() as ledger:
            rows = list(Record.objects.filter(owner=self.owner, record=record))
            ledger.remove(rows)
            change = ledger.next_change()
            rev = max(row.rev for row in rows) + 1
            ledger.add(
                Record(
                    owner=self.owner, record=record, rev=rev, change=change, epoch=self.keys.epoch
                )
            )
            self._note(Change(record, None, change), None)

    def clear_history(self, record: UUID) -> int:
        """Remove the earlier revisions of a document; gives how many."""
        if record not in self._opened.heads:
            raise NotHere
        with self._changing() as ledger:
            rows = list(Record.objects.filter(owner=self.owner, record=record, current=False))
            ledger.remove(rows)
        return len(rows)

    # Drafts

    def draft(self, form: str) -> dict[str, str]:
        """The fields kept while typing, or nothing."""
        return drafts.read(self.keys, form)

    def keep_draft(self, form: str, fields: dict[str, str]) -> None:
        drafts.keep(self.keys, form, fields)

    def drop_draft(self, form: str) -> None:
        drafts.drop(self.keys, form)

    # One transaction

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several changes in one transaction; work that follows runs once, after it."""
        if self._batch is not None:
            yield
            return
        self._batch = []
        try:
            # The lock first, as every single change takes it: two requests never wait for each other crosswise.
            with self._opened.lock, transaction.atomic():
                yield
        except BaseException:
            self._batch = None
            self._opened.start_over()
            raise
        changes, self._batch = self._batch, None
        self._work.follows(self, changes)

    @contextmanager
    def _changing(self) -> Iterator[records.Ledger]:
        with self._opened.lock, self.together(), transaction.atomic():
            ledger = records.Ledger(self.keys)
            yield ledger
            ledger.close()

    def _note(self, change: Change, stored: Stored[Document] | None) -> None:
        """Let this process see the change; other processes learn of it by change number."""
        self._opened.forget(change.id)
        if stored is not None:
            self._opened.remember(head_only(stored))
        self._opened.seen = max(self._opened.seen, change.change)
        if self._batch is not None:
            self._batch.append(change)
