"""What the person decided about themes. The themes themselves are found anew and never kept."""

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


register(ThemeDecision, ThemeMark)
