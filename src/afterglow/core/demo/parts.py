"""What the demo person is made of: sittings, entries, days, plan and decisions, as frozen values.

Leaves out where they are read from (`loading`) and how they become documents of a vault.
"""

from datetime import time
from typing import Literal

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of the demo. `day` counts from the day the demo starts: 0 is that day, -1 the day before."""


class Person(Part, frozen=True, kw_only=True):
    name: str
    age: int
    work: str
    town: str
    country: str
    zone: str
    language: str
    about: str


class Why(Part, frozen=True, kw_only=True):
    id: str
    day: int
    text: str


class Someone(Part, frozen=True, kw_only=True):
    id: str
    name: str
    called: tuple[str, ...] = ()
    kin: str = ""
    role: str
    phone: str = ""
    may_be_told: str
    in_plan: bool = False


class SideEffect(Part, frozen=True, kw_only=True):
    what: str
    severity: Literal[0, 1, 2, 3]


class Pressure(Part, frozen=True, kw_only=True):
    minute: int
    upper_mmhg: int
    lower_mmhg: int


class Sitting(Part, frozen=True, kw_only=True):
    id: str
    day: int
    at: time
    state: Literal["done", "planned"]
    series: Literal["six", "booster"]
    route: Literal["infusion", "injection", "nasal", "lozenge"]
    dose: str
    place: str
    with_me: tuple[str, ...]
    intention: str
    prepared: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    body: str = ""
    messages: tuple[str, ...] = ()
    who_came: tuple[str, ...] = ()
    hard: str = ""
    side_effects: tuple[SideEffect, ...] = ()
    felt: Literal["", "hard", "nothing", "good"] = ""
    pressure: tuple[Pressure, ...] = ()


class Entry(Part, frozen=True, kw_only=True):
    id: str
    day: int
    at: time
    kind: Literal["free", "guided", "spoken", "list", "dream", "after", "appointment", "made"]
    text: str
    question: str = ""
    sitting: str = ""
    tags: tuple[str, ...] = ()
    tender: bool = False


class CheckIn(Part, frozen=True, kw_only=True):
    day: int
    at: time
    level: Literal[1, 3, 5, 7, 9]
    feelings: tuple[str, ...] = ()
    words: str = ""


class Measure(Part, frozen=True, kw_only=True):
    day: int
    at: time
    instrument: Literal["phq-9", "gad-7"]
    answers: tuple[Literal[0, 1, 2, 3], ...]


class Insight(Part, frozen=True, kw_only=True):
    id: str
    day: int
    text: str
    means: str
    entry: str = ""
    sitting: str = ""
    theme: str = ""
    strengthen: bool = False


class Obstacle(Part, frozen=True, kw_only=True):
    id: str
    day: int
    text: str
    wish: str
    if_this: str
    then_that: str
    entry: str = ""
    insight: str = ""


class Step(Part, frozen=True, kw_only=True):
    text: str
    done_on: int | None = None


class Purpose(Part, frozen=True, kw_only=True):
    id: str
    day: int
    text: str
    insight: str = ""
    steps: tuple[Step, ...]


class Goal(Part, frozen=True, kw_only=True):
    """`day` is when it was set, `on_day` when it is for; `moved_to` and `done_on` are what became of it."""

    id: str
    day: int
    text: str
    on_day: int
    at: time
    every: Literal["once", "day", "week"] = "once"
    place: str = ""
    state: Literal["done", "open", "moved", "let go"]
    moved_to: int | None = None
    done_on: tuple[int, ...] = ()
    comes_from: str = ""
    held_with: str = ""


class Win(Part, frozen=True, kw_only=True):
    id: str
    day: int
    text: str
    goal: str = ""


class SelfCare(Part, frozen=True, kw_only=True):
    id: str
    text: str
    at: time
    every: Literal["day", "week"]


class Habit(Part, frozen=True, kw_only=True):
    id: str
    area: Literal["sleep", "food", "movement", "screens", "alcohol and drugs", "nature", "people"]
    text: str
    first_tiny: str
    since: int
    done_on: tuple[int, ...]


class PracticeDone(Part, frozen=True, kw_only=True):
    id: str
    day: int
    at: time
    text: str
    group: str
    form: Literal["talk", "journal", "create", "lifestyle"]
    minutes: int
    helpful: bool
    comes_from: str = ""
    entry: str = ""


class Appointment(Part, frozen=True, kw_only=True):
    id: str
    day: int
    at: time
    who: str
    place: str
    came_up: str
    changed: str
    to_ask: tuple[str, ...]
    notes: str = ""
    agreed: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


class Review(Part, frozen=True, kw_only=True):
    id: str
    day: int
    helped: str
    got_in_the_way: str
    change_one_thing: str


class Letter(Part, frozen=True, kw_only=True):
    id: str
    day: int
    opens_on: int
    opened: bool
    text: str


class Mark(Part, frozen=True, kw_only=True):
    """`quote` stands word for word, once, in the text of `entry`."""

    entry: str
    quote: str
    belongs: bool = True


class ThemeDecision(Part, frozen=True, kw_only=True):
    id: str
    kind: Literal["theme", "symbol", "person", "feeling", "insight", "obstacle"]
    found_as: str
    decision: Literal["renamed", "kept", "dismissed"]
    name: str
    meaning: str = ""
    matters: bool = False
    marks: tuple[Mark, ...] = ()


class SideNote(Part, frozen=True, kw_only=True):
    id: str
    day: int
    asked_about: str
    asked: str
    text: str


class SafetyPlan(Part, frozen=True, kw_only=True):
    day: int
    changed_on: int
    signs: tuple[str, ...]
    alone: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    professionals: tuple[str, ...]
    around_me: tuple[str, ...]
    reasons: tuple[str, ...]


class PracticeNote(Part, frozen=True, kw_only=True):
    """A practice of the library, by its id, and the days on which it was done or helped."""

    practice: str
    done_on: tuple[int, ...]
    helped_on: tuple[int, ...] = ()
    no_help_on: tuple[int, ...] = ()


class OwnCheck(Part, frozen=True, kw_only=True):
    point: str
    sitting: str
    day: int
    answers: tuple[str, ...]


class Value(Part, frozen=True, kw_only=True):
    word: str
    words: str
    id: str = ""


class Programme(Part, frozen=True, kw_only=True):
    programme: str
    day: int
    at_day: int


class Experiment(Part, frozen=True, kw_only=True):
    name: str
    first_day: int
    block_days: int
    weeks: int
    seed: int
    done_on: tuple[int, ...]
