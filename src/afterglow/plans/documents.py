"""What a plan is made of. Leaves out entries and sittings, which are only named here by their ids."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register

Repeats = Literal["", "daily", "weekly"]
GoalState = Literal["open", "done", "moved", "let_go"]


class Why(Document, frozen=True, kw_only=True):
    """What all of this is for, in the person's words; earlier words stay in the history."""

    kind: ClassVar[str] = "why"

    why: str = ""
    since: date | None = None

    def when(self) -> date | None:
        return self.since


class Insight(Document, frozen=True, kw_only=True):
    """Something seen, with where it comes from. `strengthen` marks one to come back to on purpose."""

    kind: ClassVar[str] = "insight"

    insight: str = ""
    sitting: UUID | None = None
    entry: UUID | None = None
    theme: str = ""
    strengthen: bool = False
    on: date | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return tuple(each for each in (self.sitting, self.entry) if each)


class Obstacle(Document, frozen=True, kw_only=True):
    """What gets in the way, with an if-then plan. `harm` says that another person does harm: no plan for that."""

    kind: ClassVar[str] = "obstacle"

    obstacle: str = ""
    if_words: str = ""
    then_words: str = ""
    harm: bool = False
    on: date | None = None
    insight: UUID | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.insight,) if self.insight else ()


class Purpose(Document, frozen=True, kw_only=True):
    """Where it may lead, with steps; `steps_done` holds the words of those that are done."""

    kind: ClassVar[str] = "purpose"

    purpose: str = ""
    steps: tuple[str, ...] = ()
    steps_done: tuple[str, ...] = ()
    on: date | None = None

    def when(self) -> date | None:
        return self.on


class Goal(Document, frozen=True, kw_only=True):
    """One small thing. A goal that repeats stays open; `done_on` has the days on which it was done.

    `clock` is HH:MM or empty. A moved goal is as open as one that never was. `let_go` is a choice, no failure.
    """

    kind: ClassVar[str] = "goal"

    text: str = ""
    tiny: str = ""
    day: date | None = None
    clock: str = ""
    place: str = ""
    repeats: Repeats = ""
    state: GoalState = "open"
    comes_from: UUID | None = None
    done_on: tuple[date, ...] = ()
    on: date | None = None

    def when(self) -> date | None:
        return self.day or self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.comes_from,) if self.comes_from else ()


class SelfCare(Document, frozen=True, kw_only=True):
    """A kindness with its time. `weekdays` counts from Monday = 0; empty means every day."""

    kind: ClassVar[str] = "self-care"

    text: str = ""
    clock: str = ""
    weekdays: tuple[int, ...] = ()


class Person(Document, frozen=True, kw_only=True):
    """Someone to turn to, and whether they may be told about all this."""

    kind: ClassVar[str] = "person"

    name: str = ""
    role: str = ""
    phone: str = ""
    may_be_told: bool = False
    helps: str = ""


class Appointment(Document, frozen=True, kw_only=True):
    """A meeting with someone who helps: what to bring up, what was said, what was agreed."""

    kind: ClassVar[str] = "appointment"
    in_body: ClassVar[frozenset[str]] = frozenset({"prepare", "notes"})

    day: date
    clock: str = ""
    who: str = ""
    place: str = ""
    agreed: tuple[str, ...] = ()
    held: bool = False

    prepare: str = ""
    notes: str = ""

    def when(self) -> date | None:
        return self.day


class Win(Document, frozen=True, kw_only=True):
    """Something that went well, however small."""

    kind: ClassVar[str] = "win"

    text: str = ""
    on: date
    comes_from: UUID | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.comes_from,) if self.comes_from else ()


class Letter(Document, frozen=True, kw_only=True):
    """A letter to oneself, to be read from `open_on`."""

    kind: ClassVar[str] = "letter"
    in_body: ClassVar[frozenset[str]] = frozenset({"text"})

    open_on: date
    written: Moment | None = None

    text: str = ""

    def when(self) -> date | None:
        return self.open_on


register(Why, Insight, Obstacle, Purpose, Goal, SelfCare, Person, Appointment, Win, Letter)
