"""What the finding of themes is given and what it gives back: plain frozen values.

Leaves out all computing, and numpy, so that pages may import it for nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["theme", "symbol", "person", "feeling", "insight", "obstacle"]
Course = Literal["new", "growing", "steady", "fading", "returned", "changed"]
KINDS: tuple[Kind, ...] = ("theme", "symbol", "person", "feeling", "insight", "obstacle")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the person wrote, as the finding sees it."""

    id: str
    text: str
    written_on: date
    kind: str = "entry"
    sitting: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An exact quote: `quote == text[start:end]` of its entry."""

    entry: str
    start: int
    end: int
    quote: str
    strength: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What the person said about one passage: part of this theme, or not."""

    theme_label: str
    entry: str
    start: int
    end: int
    belongs: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """Passages that may belong together. `why` holds message keys, never sentences."""

    id: str
    type: Kind
    label: str
    terms: tuple[str, ...]
    mentions: tuple[Mention, ...]  # most telling first
    entries: tuple[str, ...]  # in order of time
    by_sitting: dict[str, int]
    first: date
    last: date
    course: Course
    course_evidence: tuple[Mention, Mention] | None
    why: tuple[str, ...] = ()
    # What was near but not sure enough to show: where the next question to the person comes from.
    uncertain: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two themes that occur together more often than they would by chance."""

    one: str
    other: str
    entries_together: int
    strength: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the person decided about themes, by theme id; it holds for ever."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)  # from id -> into id
    split: Mapping[str, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The passages of one entry and their vectors (a numpy array, one row per passage)."""

    spans: tuple[tuple[int, int], ...]
    rows: Any
    model: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found, and what is needed to go on from it when an entry is added."""

    themes: tuple[Theme, ...]
    entry_feelings: dict[str, dict[str, float]]
    entry_themes: dict[str, tuple[str, ...]]
    links: tuple[Link, ...]
    model: str | None
    vectors: dict[str, PassageVectors] = field(default_factory=dict)
    centre: Any = None  # the mean of all passages in context, as one more entry needs it

    def theme(self, theme_id: str) -> Theme | None:
        """The theme with this id, if it was found."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)
