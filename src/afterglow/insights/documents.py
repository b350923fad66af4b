"""What the person decided about themes, and the vectors they are found by. Themes are found anew, never kept."""

from typing import ClassVar
from uuid import UUID

from afterglow.vault.documents import Document, register


class ThemeDecision(Document, frozen=True, kw_only=True):
    """One decision on one theme: another name, put away, kept in front, and what it means to the person."""

    kind: ClassVar[str] = "theme-decision"
    in_body: ClassVar[frozenset[str]] = frozenset({"meaning"})

    theme: str
    found_as: str = ""
    renamed: str = ""
    dismissed: bool = False
    pinned: bool = False

    meaning: str = ""


class ThemeMark(Document, frozen=True, kw_only=True):
    """One passage that is, or is not, part of a theme."""

    kind: ClassVar[str] = "theme-mark"

    label: str
    entry: UUID
    start: int
    end: int
    belongs: bool

    def linked(self) -> tuple[UUID, ...]:
        return (self.entry,)


class EntryVectors(Document, frozen=True, kw_only=True):
    """The vectors of one entry's passages: made again when the entry or the model changes, gone with it.

    `spans` are start and end of each passage, one after the other; `rows` are 384 half floats a passage.
    """

    kind: ClassVar[str] = "entry-vectors"
    in_body: ClassVar[frozenset[str]] = frozenset({"spans", "rows"})
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    entry: UUID
    entry_rev: int
    model: str

    spans: tuple[int, ...] = ()
    rows: bytes = b""

    def linked(self) -> tuple[UUID, ...]:
        return (self.entry,)


register(ThemeDecision, ThemeMark, EntryVectors)
