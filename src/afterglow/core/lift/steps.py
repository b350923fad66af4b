"""Days of many people as arrays, one column for a person under one setting of the priors.

Leaves out the filter; a column begins on the person's first day and ends on today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from afterglow.core.lift.priors import Priors, Setting, Shared, ways_of
from afterglow.core.lift.series import Series

# Answers from long before the first sitting say little of the time around it, and years of them (an import) cost
# much; ten years are more than any course here, and keep a mistyped year from filling the memory.
DAYS_BEFORE_FIRST_SITTING: Final = 60
MOST_DAYS: Final = 3652

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Days:
    """Arrays of (days, people). Absent answers have count 0; `dose` is 0 on days without a sitting."""

    length: Whole
    score: Array
    score_count: Array
    tap: Array
    tap_count: Array
    dose: Array
    sittings_before: Array
    since_first: Array

    def tiled(self, times: int) -> "Days":
        """Every person `times` over, side by side: columns 0…n-1, then the same again."""
        return Days(
            **{name: np.tile(getattr(self, name), times) for name in self.__dataclass_fields__}
        )

    def part(self, which: Whole) -> "Days":
        """These columns."""
        return Days(**{name: getattr(self, name)[..., which] for name in self.__dataclass_fields__})


@dataclass(frozen=True)
class Columns:
    """The numbers of the model, a value for each column (or one value for all)."""

    mean: Array
    cov: Array
    keep_fast: Array
    fade_slow_days: Array
    shared: "SharedColumns"

    def part(self, which: Whole) -> "Columns":
        """These columns."""
        return Columns(
            mean=self.mean[:, which],
            cov=self.cov[:, :, which],
            keep_fast=self.keep_fast[which],
            fade_slow_days=self.fade_slow_days[which],
            shared=self.shared,
        )


@dataclass(frozen=True)
class SharedColumns:
    """`Shared` as it is used each day: what stays until the next day, and variances."""

    keep_wobble: Array
    wobble_var: Array
    start_mean: Array
    start_var: Array
    top_up: Array
    sitting_var: Array
    longer_each_sitting: Array
    course_days: Array
    keep_recall: Array
    phq9_var: Array
    mood_per_point: Array
    keep_mood: Array
    mood_wobble_var: Array
    mood_var: Array


def days_of(people: Sequence[tuple[Series, date]]) -> Days:
    """Arrays for people and their today; each needs at least one day with something on it."""
    firsts = [first_day_of(series, today) for series, today in people]
    length = np.array(
        [(today - first).days + 1 for (_, today), first in zip(people, firsts, strict=True)]
    )
    longest = int(length.max())
    blank = {
        name: np.zeros((longest, len(people)))
        for name in Days.__dataclass_fields__
        if name != "length"
    }
    days = Days(length=length, **blank)
    for column, ((series, today), first) in enumerate(zip(people, firsts, strict=True)):
        _fill(days, column, series.until(today), first)
    return days


def first_day_of(series: Series, today: date) -> date:
    """The day on which the person's column begins: that of the first answer or sitting that is used."""
    known = series.until(today)
    least = today - timedelta(days=MOST_DAYS)
    if known.first_sitting is not None:
        least = max(least, known.first_sitting - timedelta(days=DAYS_BEFORE_FIRST_SITTING))
    days = [sitting.day for sitting in known.sittings] + [score.day for score in known.scores]
    days += [tap.day for tap in known.taps]
    return min((day for day in days if day >= least), default=today)


def columns_of(shared: Shared, settings: Sequence[Setting], people: int) -> Columns:
    """Columns for `people` under each setting in turn: setting 0 for all, then setting 1 for all …"""
    each = [
        np.repeat(np.asarray(v, float), people) for v in zip(*map(_fades, settings), strict=True)
    ]
    return Columns(
        mean=np.repeat(np.array([s.mean for s in settings]).T, people, axis=1),
        cov=np.repeat(np.array([s.cov for s in settings]).transpose(1, 2, 0), people, axis=2),
        keep_fast=each[0],
        fade_slow_days=each[1],
        shared=shared_columns(shared),
    )


def columns_of_priors(priors: Priors, people: int) -> Columns:
    return columns_of(priors.shared, ways_of(priors), people)


def shared_columns(shared: Shared) -> SharedColumns:
    """One value for all columns."""
    keep_wobble, keep_mood = np.exp(-1 / shared.wobble_days), np.exp(-1 / shared.mood_wobble_days)

    def one(value: Any) -> Array:
        return np.asarray(value, float)

    return SharedColumns(
        keep_wobble=one(keep_wobble),
        wobble_var=one(shared.wobble_sd**2 * (1 - keep_wobble**2)),
        start_mean=one(shared.start_mean),
        start_var=one(shared.start_sd**2),
        top_up=one([shared.top_up_fast, shared.top_up_slow]),
        sitting_var=one([shared.sitting_fast_sd**2, shared.sitting_slow_sd**2]),
        longer_each_sitting=one(shared.longer_each_sitting),
        course_days=one(shared.course_days),
        keep_recall=one(np.exp(-1 / shared.recall_days)),
        phq9_var=one(shared.phq9_sd**2),
        mood_per_point=one(shared.mood_per_point),
        keep_mood=one(keep_mood),
        mood_wobble_var=one(shared.mood_wobble_sd**2),
        mood_var=one(shared.mood_sd**2),
    )


def _fades(setting: Setting) -> tuple[float, float]:
    return float(np.exp(-1 / setting.fade_fast_days)), setting.fade_slow_days


def _fill(days: Days, column: int, series: Series, first: date) -> None:
    for check in series.scores:
        if check.day >= first:
            row = (check.day - first).days
            days.score[row, column] += check.total
            days.score_count[row, column] += 1
    for tap in series.taps:
        if tap.day >= first:
            row = (tap.day - first).days
            days.tap[row, column] += tap.level
            days.tap_count[row, column] += 1
    for sitting in series.sittings:
        if sitting.day >= first:
            days.dose[(sitting.day - first).days, column] += sitting.dose_relative
    _means(days, column)
    _count(days, column, series, first)


def _count(days: Days, column: int, series: Series, first: date) -> None:
    """How many sittings were before each day, and how long ago the course began."""
    had = days.dose[:, column] > 0
    earlier = len({sitting.day for sitting in series.sittings if sitting.day < first})
    days.sittings_before[:, column] = earlier + np.cumsum(had) - had
    began = series.course_began or series.first_sitting
    if began is not None:
        days.since_first[:, column] = np.maximum(np.arange(len(had)) - (began - first).days, 0)


def _means(days: Days, column: int) -> None:
    for total, count in ((days.score, days.score_count), (days.tap, days.tap_count)):
        total[:, column] /= np.maximum(count[:, column], 1)
