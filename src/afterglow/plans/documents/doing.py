"""What is done: goals, habits, self-care, wins."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from afterglow.vault.documents import Document

Repeats = Literal["", "daily", "weekly"]
GoalState = Literal["open", "done", "moved", "let_go"]


class Goal(Document, frozen=True, kw_only=True):
    """One small thing. A goal that repeats stays open; `done_on` has the days on which it was done.

    `clock` is HH:MM or empty. A weekly goal with `weekdays` (Monday = 0) is for those days.
    A moved goal is as open as one that never was. `let_go` is a choice, no failure.
    `theme` is the id or the name of the theme that it was made from, `what_for` what it has to do with what
    matters, and `if_not` what the person does when it does not happen. `practice` is the id of a practice of the
    content files, where it is one.
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
    weekdays: tuple[int, ...] = ()
    theme: str = ""
    what_for: str = ""
    if_not: str = ""
    practice: str = ""

    def when(self) -> date | None:
        return self.day or self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.comes_from,) if self.comes_from else ()


class Habit(Document, frozen=True, kw_only=True):
    """Something the person would like in their days. `area` is an id of the habit areas in the content files.

    `weekdays` counts from Monday = 0; empty means any day. A `resting` habit is put aside for now.
    `practice` is the id of a practice of the content files, where it is one.
    """

    kind: ClassVar[str] = "habit"
    keeps_history: ClassVar[bool] = False

    text: str = ""
    tiny: str = ""
    area: str = ""
    clock: str = ""
    weekdays: tuple[int, ...] = ()
    since: date | None = None
    done_on: tuple[date, ...] = ()
    resting: bool = False
    comes_from: UUID | None = None
    practice: str = ""

    def when(self) -> date | None:
        return self.since

    def linked(self) -> tuple[UUID, ...]:
        return (self.comes_from,) if self.comes_from else ()


class SelfCare(Document, frozen=True, kw_only=True):
    """A kindness with its time. `weekdays` counts from Monday = 0; empty means every day."""

    kind: ClassVar[str] = "self-care"
    keeps_history: ClassVar[bool] = False

    text: str = ""
    clock: str = ""
    weekdays: tuple[int, ...] = ()
    done_on: tuple[date, ...] = ()


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
