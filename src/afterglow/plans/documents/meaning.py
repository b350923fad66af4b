"""What it is for and what came of it: why, insight, obstacle, purpose, values."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from afterglow.vault.documents import Document

Way = Literal["", "slow"]


def _named(*ids: UUID | None) -> tuple[UUID, ...]:
    return tuple(each for each in ids if each)


class Why(Document, frozen=True, kw_only=True):
    """What all of this is for, in the person's words; earlier words stay in the history."""

    kind: ClassVar[str] = "why"

    why: str = ""
    since: date | None = None

    def when(self) -> date | None:
        return self.since


class Insight(Document, frozen=True, kw_only=True):
    """Something seen, what it means, and where it comes from.

    `strengthen` marks one to come back to on purpose: `practise` is a way to do so, `practised_on` the days,
    `practice` the id of a practice of the content files that goes with it.
    `theme` is the id or the name of a theme.
    """

    kind: ClassVar[str] = "insight"

    insight: str = ""
    sitting: UUID | None = None
    entry: UUID | None = None
    theme: str = ""
    strengthen: bool = False
    on: date | None = None
    means: str = ""
    practise: str = ""
    practised_on: tuple[date, ...] = ()
    practice: str = ""

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return _named(self.sitting, self.entry)


class Obstacle(Document, frozen=True, kw_only=True):
    """What gets in the way, with an if-then plan, or with a slow path where `way` is `slow`.

    `harm` says that another person does harm: no plan for that. The five fields from `noticed` on are the
    lines of the slow path: how one is afterwards, what one would miss, less of it, what instead, who knows.
    """

    kind: ClassVar[str] = "obstacle"

    obstacle: str = ""
    if_words: str = ""
    then_words: str = ""
    harm: bool = False
    on: date | None = None
    insight: UUID | None = None
    theme: str = ""
    wish: str = ""
    outcome: str = ""
    way: Way = ""
    noticed: str = ""
    would_miss: str = ""
    less: str = ""
    instead: str = ""
    who_knows: str = ""

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return _named(self.insight)


class Purpose(Document, frozen=True, kw_only=True):
    """Where it may lead, with steps; `steps_done` holds the words of those that are done.

    `value` is the word on the value card that it began with.
    """

    kind: ClassVar[str] = "purpose"

    purpose: str = ""
    steps: tuple[str, ...] = ()
    steps_done: tuple[str, ...] = ()
    on: date | None = None
    insight: UUID | None = None
    value: str = ""
    theme: str = ""

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return _named(self.insight)


class ValueCard(msgspec.Struct, frozen=True, kw_only=True):
    """A value that was chosen: `id` of its card, or empty for one of the person's own, and what it means to them."""

    id: str = ""
    word: str
    words: str = ""


class Values(Document, frozen=True, kw_only=True):
    """The values a person chose, dearest first. There is one such document for each person."""

    kind: ClassVar[str] = "values"

    cards: tuple[ValueCard, ...] = ()
    on: date | None = None

    def when(self) -> date | None:
        return self.on
