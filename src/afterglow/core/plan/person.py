"""What is known of a person on a day when something is chosen for them. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PartOfDay = Literal["", "morning", "afternoon", "evening", "night"]
Kind = Literal[
    "appointment",
    "programme",
    "measure",
    "goal",
    "habit",
    "self-care",
    "insight",
    "review",
    "stale",
    "step",
    "draft",
    "voice",
    "practice",
]

LOW = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one practice or question: days of each word, and whether it is never wanted again."""

    done: tuple[date, ...] = ()
    helped: tuple[date, ...] = ()
    no_help: tuple[date, ...] = ()
    put_off: tuple[date, ...] = ()
    never: bool = False


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is offered: a code, for which the page has the words, and what the words need."""

    code: str
    day: date | None = None
    minutes: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is for today anyway, such as a goal; `id` is its own."""

    kind: Kind
    id: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Person:
    """The inputs of a choice. `handled` is how many small things were done or put off today.

    `level` is today's mood tap. `put_off` holds what was put off today, `answered` the last day on which
    each question was answered. `programme_question` and `programme_practice` are today's part of a programme.
    """

    practices: Mapping[str, Said] = field(default_factory=dict)
    questions: Mapping[str, Said] = field(default_factory=dict)
    answered: Mapping[str, date] = field(default_factory=dict)
    unsuitable: frozenset[str] = frozenset()
    put_off: frozenset[str] = frozenset()
    handled: int = 0
    hardest: PartOfDay = ""
    now: PartOfDay = ""
    level: int | None = None
    tired: bool = False
    own_images: bool = False
    meeting_on: date | None = None
    nothing_lifted: bool = False
    low_energy: bool = False
    programme: str = ""
    programme_question: str = ""
    programme_practice: str = ""

    @property
    def is_low(self) -> bool:
        return self.tired or (self.level is not None and self.level <= LOW)

    def said_of(self, practice: str) -> Said:
        return self.practices.get(practice, NOTHING_SAID)


def part_of_day(hour: int) -> PartOfDay:
    """Of a wall-clock hour; the night ends with the day, at four."""
    if 4 <= hour < 11:
        return "morning"
    if 11 <= hour < 17:
        return "afternoon"
    return "evening" if 17 <= hour < 22 else "night"
