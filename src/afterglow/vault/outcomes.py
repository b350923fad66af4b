"""What asking an open vault may lead to: a change, a conflict that keeps both, or nothing there."""

from dataclasses import dataclass
from uuid import UUID

from afterglow.vault.documents import Document, Stored


class NotHere(Exception):
    """No such document for this person."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The document had changed meanwhile: both revisions are kept, and the person is asked."""

    kept: Stored[Document]
    other: Stored[Document]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed document; `kind` is None for a deleted one."""

    id: UUID
    kind: str | None
    change: int
