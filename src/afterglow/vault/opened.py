"""What one unlocked person has in memory: keys, opened heads and folded text; shared by their sessions here.

Leaves out who may have it (`vault.doors`) and every change (`vault.open_vault`).
"""

import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings

from afterglow.core.crypto import v1
from afterglow.vault import records
from afterglow.vault.documents import Document, Stored, read

T = TypeVar("T")
_opened: dict[UUID, "Opened"] = {}
_door = threading.Lock()


class Opened:
    """Heads of all current documents, kept fresh by change number; bodies are not kept."""

    def __init__(self, keys: records.Keys) -> None:
        self.keys = keys
        self.lock = threading.RLock()
        self.seen = -1
        self.heads: dict[UUID, Stored[Document]] = {}
        self.by_kind: dict[str, dict[UUID, Stored[Document]]] = defaultdict(dict)
        self.sessions: set[bytes] = set()
        self.memo: dict[str, object] = {}
        self.folded = FoldedText()

    def refresh(self) -> None:
        """Open the heads that changed since the last look."""
        with self.lock:
            for row in records.changed_heads(self.keys, self.seen):
                self._take(row)

    def _take(self, row: records.OpenedHead) -> None:
        self.forget(row.record)
        self.seen = max(self.seen, row.change)
        if row.deleted:
            return
        document = read(row.head)
        self.remember(Stored(row.record, row.rev, row.change, document, whole=not document.in_body))

    def remember(self, stored: Stored[Document]) -> None:
        self.heads[stored.id] = stored
        self.by_kind[stored.document.kind][stored.id] = stored

    def forget(self, record: UUID) -> None:
        known = self.heads.pop(record, None)
        if known is not None:
            self.by_kind[known.document.kind].pop(record, None)
            self.folded.drop(record)

    def computed(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made again after each change."""
        kept = self.memo.get(name)
        if isinstance(kept, tuple) and kept[0] == self.seen:
            return cast("T", kept[1])
        value = make()
        self.memo[name] = (self.seen, value)
        return value

    def forget_all(self) -> None:
        """As before the first look."""
        with self.lock:
            self.heads.clear()
            self.by_kind.clear()
            self.folded = FoldedText()
            self.memo.clear()
            self.seen = -1

    def start_over(self) -> None:
        """After a failed transaction nothing noted in memory may stay."""
        self.forget_all()
        # Rows under new keys do not open here any more; whoever comes next opens the door again.
        with suppress(v1.NotOpened):
            self.refresh()


class FoldedText:
    """Case-folded text of opened bodies for searching, in memory only and bounded in bytes."""

    def __init__(self) -> None:
        self.texts: dict[UUID, str] = {}
        self.bytes = 0

    def keep(self, record: UUID, text: str) -> None:
        size = len(text) if text.isascii() else 4 * len(text)
        if self.bytes + size <= settings.FOLDED_TEXT_BYTES:
            self.drop(record)
            self.texts[record] = text
            self.bytes += size

    def drop(self, record: UUID) -> None:
        text = self.texts.pop(record, None)
        if text is not None:
            self.bytes -= len(text) if text.isascii() else 4 * len(text)


def weakly(state: Opened, session: bytes) -> Callable[[], Opened | None]:
    """A way back to what is opened, while this session is; it keeps nothing open by itself."""
    reference = weakref.ref(state)

    def given() -> Opened | None:
        known = reference()
        return known if known is not None and session in known.sessions else None

    return given


def opened_for(keys: records.Keys, session: bytes) -> Opened:
    """The opened state of this owner in this process, made on first use and tied to the session."""
    with _door:
        state = _opened.get(keys.owner)
        if (
            state is None
            or state.keys.epoch != keys.epoch
            or state.keys.vault_key != keys.vault_key
        ):
            state = _opened[keys.owner] = Opened(keys)
        state.sessions.add(session)
        return state


def drop_session(owner: UUID, session: bytes) -> None:
    """Forget what is opened when its last session has gone."""
    with _door:
        state = _opened.get(owner)
        if state is None:
            return
        state.sessions.discard(session)
        if not state.sessions:
            del _opened[owner]


def drop_owner(owner: UUID) -> None:
    """Forget all that is opened of one person, whichever sessions hold it."""
    with _door:
        _opened.pop(owner, None)


def drop_all() -> None:
    with _door:
        _opened.clear()


def held_sessions() -> Iterable[tuple[UUID, bytes]]:
    """Every session for which something is open in this process."""
    with _door:
        return [(owner, session) for owner, state in _opened.items() for session in state.sessions]
