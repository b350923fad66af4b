"""One medicine session and what is kept about it. Its number in the row of sittings is counted, never stored."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register

FELT = ("hard", "nothing", "good")
SEVERITIES = (0, 1, 2, 3)
LONGEST_EFFECT = 300
# What a cuff can read: a number outside was most likely mistyped.
PRESSURE_MMHG = range(20, 301)
# The two times at which blood pressure is usually taken, each with the names of its two fields, upper and lower.
TAKEN_AT = (("before", "before_high", "before_low"), ("40 min", "later_high", "later_low"))


class SideEffect(msgspec.Struct, frozen=True, kw_only=True):
    """Named in plain words; `severity` runs from 0 (gone or not at all) to 3 (a lot)."""

    name: str
    severity: int = 1


class BloodPressure(msgspec.Struct, frozen=True, kw_only=True):
    """As read from the cuff, in mmHg; `at` is free, such as *before* or *40 min*."""

    at: str = ""
    systolic: int
    diastolic: int


class Sitting(Document, frozen=True, kw_only=True):
    """A sitting on the person's day `day`; `clock` is HH:MM there, or empty where it was not noted.

    `route` is an id of the routes in the content files. `dose_mg` and `dose_words` are as recorded.
    `felt` is empty until the one tap afterwards; `felt_on` is the day on which it was asked and answered.
    `prepared` holds the ids of ticked points of the preparation list. `began` is when the person said that they
    are there, and `home` when they said that they are home and settled. `held_from` is where a hold counts from that
    was longer before `began` came to be known; None where there was none.
    """

    kind: ClassVar[str] = "sitting"
    in_body: ClassVar[frozenset[str]] = frozenset(
        {
            "images",
            "feelings",
            "body_felt",
            "messages",
            "people",
            "hard",
            "notes",
            "side_effects",
            "pressures",
        }
    )

    day: date
    clock: str = ""
    zone: str = "UTC"
    done: bool = False
    cancelled: bool = False
    series: str = ""
    route: str = ""
    place: str = ""
    dose_mg: float | None = None
    dose_words: str = ""
    who: str = ""
    lift_home: str = ""
    intention: str = ""
    prepared: tuple[str, ...] = ()
    felt: str = ""
    felt_on: date | None = None
    has_after: bool = False
    imported_from: str = ""
    began: Moment | None = None
    home: Moment | None = None
    held_from: Moment | None = None

    images: str = ""
    feelings: str = ""
    body_felt: str = ""
    messages: str = ""
    people: str = ""
    hard: str = ""
    notes: str = ""
    side_effects: tuple[SideEffect, ...] = ()
    pressures: tuple[BloodPressure, ...] = ()

    def when(self) -> date | None:
        return self.day

    def linked(self) -> tuple[UUID, ...]:
        return ()


register(Sitting)
