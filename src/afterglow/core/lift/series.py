"""A person's days as the model sees them: sittings, PHQ-9 totals and mood taps up to today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeVar

from afterglow.core.instruments.change import Check

PHQ9_MOST: Final = 27
MOOD_MOST: Final = 10
LEAST_SCORES_SINCE: Final = 4
LONGEST_GAP_DAYS: Final = 21


@dataclass(frozen=True)
class SittingDay:
    """One medicine session; `dose_relative` is 1 for the person's usual dose."""

    day: date
    dose_relative: float = 1.0


@dataclass(frozen=True)
class Tap:
    """One mood tap, 0 (lowest) to 10."""

    day: date
    level: float


Part = TypeVar("Part", SittingDay, Check, Tap)


@dataclass(frozen=True)
class Series:
    """Everything about one person; the order inside is of no account.

    A course of treatment counts from the first sitting, or from `course_began` (a new therapy, say).
    """

    sittings: tuple[SittingDay, ...]
    scores: tuple[Check, ...]
    taps: tuple[Tap, ...] = ()
    course_began: date | None = None

    def until(self, today: date) -> "Series":
        """Only what was known at the end of `today`."""
        return Series(
            sittings=_sorted_until(self.sittings, today),
            scores=_sorted_until(self.scores, today),
            taps=_sorted_until(self.taps, today),
            course_began=self.course_began,
        )

    @property
    def first_sitting(self) -> date | None:
        return min((sitting.day for sitting in self.sittings), default=None)

    def scores_since_first_sitting(self) -> tuple[Check, ...]:
        """Totals given after the day of the first sitting."""
        first = self.first_sitting
        return () if first is None else tuple(s for s in self.scores if s.day > first)


@dataclass(frozen=True)
class NotEnough:
    """Why nothing is said: the key of a sentence, and its numbers."""

    key: str
    have: int
    need: int


@dataclass(frozen=True)
class Gap:
    """Days strictly between two answers (or an answer and today) that are left blank."""

    first: date
    last: date


def not_enough(series: Series, today: date) -> NotEnough | None:
    """None when a forecast may be given; otherwise the first reason against it."""
    if series.first_sitting is None:
        return NotEnough("no_sitting", 0, 1)
    since = len(series.scores_since_first_sitting())
    if since < LEAST_SCORES_SINCE:
        return NotEnough("few_scores", since, LEAST_SCORES_SINCE)
    quiet_days = (today - max(answer_days(series))).days
    if quiet_days > LONGEST_GAP_DAYS:
        return NotEnough("gap", quiet_days, LONGEST_GAP_DAYS)
    return None


def answer_days(series: Series) -> tuple[date, ...]:
    """The days with a total or a tap, each once, in order."""
    return tuple(sorted({s.day for s in series.scores} | {tap.day for tap in series.taps}))


def gaps_of(series: Series, today: date) -> tuple[Gap, ...]:
    """Stretches of more than 21 days without any answer; one that reaches today takes today in."""
    marks = answer_days(series)
    one = timedelta(days=1)
    gaps = [
        Gap(before + one, after - one)
        for before, after in pairwise(marks)
        if _is_long(before, after)
    ]
    if marks and _is_long(marks[-1], today):
        gaps.append(Gap(marks[-1] + one, today))
    return tuple(gaps)


def _is_long(before: date, after: date) -> bool:
    return (after - before).days > LONGEST_GAP_DAYS


def _sorted_until(parts: Iterable[Part], today: date) -> tuple[Part, ...]:
    known = [part for part in parts if part.day <= today]
    return tuple(sorted(known, key=_place))


def _place(part: SittingDay | Check | Tap) -> tuple[date, float]:
    if isinstance(part, SittingDay):
        return part.day, part.dose_relative
    return part.day, part.total if isinstance(part, Check) else part.level
