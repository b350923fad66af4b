"""What the person decided about themes, the vectors they are found by, and the experiments they try.

Themes, lifts and findings are found anew and never kept.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from afterglow.core.themes.themes import Kind
from afterglow.vault.documents import Document, register


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of an entry, or of what was kept after a sitting, with its words: by them it is found again."""

    entry: UUID
    start: int
    end: int
    quote: str = ""


class ThemeDecision(Document, frozen=True, kw_only=True):
    """All that was decided on one theme: its name, whether it matters or is put away, and what it means.

    `theme` is its id and `found_as` the label of its marks; neither ever changes. `passages` were in it
    when it was last decided on: by them it is known again. `split_off` are passages taken out into
    another theme. `started` says that the person made it, from a sentence or by splitting.
    """

    kind: ClassVar[str] = "theme-decision"
    in_body: ClassVar[frozenset[str]] = frozenset({"meaning", "passages", "split_off"})

    theme: str
    found_as: str = ""
    renamed: str = ""
    dismissed: bool = False
    pinned: bool = False
    kind_of: Kind = "theme"
    merged_into: str = ""
    started: bool = False
    tender: bool = False

    meaning: str = ""
    passages: tuple[Passage, ...] = ()
    split_off: tuple[Passage, ...] = ()

    def linked(self) -> tuple[UUID, ...]:
        return tuple({passage.entry: None for passage in self.passages})


class ThemeMark(Document, frozen=True, kw_only=True):
    """One passage that is, or is not, part of a theme. Of two marks on one passage the later one holds."""

    kind: ClassVar[str] = "theme-mark"

    label: str
    entry: UUID
    start: int
    end: int
    belongs: bool
    quote: str = ""

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


class Experiment(Document, frozen=True, kw_only=True):
    """A randomised self-experiment as it was drawn; it never changes, except that it can be stopped.

    `blocks` says for each block whether it is with the practice, drawn with `seed` while `sittings` were known.
    `practice` is the goal or habit it is about, where there is one.
    """

    kind: ClassVar[str] = "experiment"

    name: str
    first_day: date
    block_days: int
    weeks: int
    seed: int
    blocks: tuple[bool, ...]
    sittings: tuple[date, ...] = ()
    practice: UUID | None = None
    begun_on: date | None = None
    stopped_on: date | None = None

    def when(self) -> date | None:
        return self.first_day

    def linked(self) -> tuple[UUID, ...]:
        return (self.practice,) if self.practice else ()


class ExperimentDay(Document, frozen=True, kw_only=True):
    """Whether the practice was done on one day of an experiment; a day without one was simply not noted."""

    kind: ClassVar[str] = "experiment-day"
    keeps_history: ClassVar[bool] = False

    experiment: UUID
    day: date
    done: bool = True

    def when(self) -> date | None:
        return self.day

    def linked(self) -> tuple[UUID, ...]:
        return (self.experiment,)


register(ThemeDecision, ThemeMark, EntryVectors, Experiment, ExperimentDay)
