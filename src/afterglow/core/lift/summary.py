"""The past of one person over all settings: the smoothed line, each sitting's lift, the change.

Turns the exact posterior of `past` into ranges; leaves out words and pictures.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from afterglow.core.instruments.change import BASELINE_DAYS, baseline_of
from afterglow.core.lift.filter import FAST, RECALLED, SLOW, F, S, keep_slow
from afterglow.core.lift.forecast import Standing
from afterglow.core.lift.past import BEFORE, LIFTED_FAST, LIFTED_SLOW, Past, moves_of, past_of
from afterglow.core.lift.priors import Priors
from afterglow.core.lift.series import Series
from afterglow.core.lift.steps import Array

Z_50: Final = 0.6745
Z_80: Final = 1.2816


@dataclass(frozen=True)
class Span:
    """A value with its 80 % range, in PHQ-9 points."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Lift:
    """What one sitting brought, and what of it is left today; above zero is a lower score."""

    day: date
    lift: Span
    left_today: Span


@dataclass(frozen=True)
class Looking:
    """Means and standard deviations of the line, a value per day from `first_day` on."""

    first_day: date
    line: Array
    line_sd: Array
    lifts: tuple[Lift, ...]
    left_in_all: Span
    change: Span | None


def look_back(series: Series, first_day: date, standing: Standing, priors: Priors) -> Looking:
    """`change` is now minus the 14 days before the first sitting: below zero is lower now."""
    window = _baseline_rows(series, first_day)
    days = standing.days
    past = past_of(moves_of(days, standing.columns, before=window))
    line, line_sd = _joined(*past.line(), standing)
    sat = np.flatnonzero(days.dose[:, 0]).tolist()
    shares = _shares_left(standing)
    last = len(line) - 1
    lifts = []
    for place, day in enumerate(sat):
        lift, left = np.zeros((2, *past.pull[0].shape))
        if day < last:
            lift[:, [LIFTED_FAST, LIFTED_SLOW]] = 1
            left[:, [LIFTED_FAST, LIFTED_SLOW]] = shares[place]
            values = [past.of(day + 1, row) for row in (lift, left)]
        else:
            values = [_to_come(past, standing, lift)] * 2
        spans = [_span(*_joined(*value, standing), priors.lift_spread) for value in values]
        lifts.append(Lift(first_day + timedelta(days=day), *spans))
    return Looking(
        first_day=first_day,
        line=line,
        line_sd=line_sd,
        lifts=tuple(lifts),
        left_in_all=_span(*_joined(*_left_in_all(past, standing), standing), priors.lift_spread),
        change=None if window is None else _span(*_joined(*_change(past), standing)),
    )


def _change(past: Past) -> tuple[Array, Array]:
    row = np.zeros(past.pull[0].shape)
    row[:, RECALLED], row[:, BEFORE] = 1, -1
    return past.of(-1, row)


def _left_in_all(past: Past, standing: Standing) -> tuple[Array, Array]:
    """All that is left today, with the whole of a sitting of today."""
    row = np.zeros(past.pull[0].shape)
    row[:, [F, S]] = 1
    return _to_come(past, standing, row)


def _to_come(past: Past, standing: Standing, row: Array) -> tuple[Array, Array]:
    """A sum of today's states, and the lift that today's sitting is going to bring."""
    dose = standing.days.dose[-1, 0]
    row[:, [FAST, SLOW]] = dose
    mean, variance = past.of(-1, row)
    surprise = standing.columns.shared.sitting_var.sum()
    return mean, variance + (surprise if dose else 0)


def _shares_left(standing: Standing) -> Array:
    """What is left today of each sitting's fast and slow lift: (sitting, way, 2).

    A lift fades from the day it begins, and each later sitting replaces a part of it.
    """
    days, columns = standing.days, standing.columns
    slow = keep_slow(
        columns.fade_slow_days, columns.shared.longer_each_sitting, days.sittings_before
    )
    sat = np.flatnonzero(days.dose[:, 0])
    shares = np.zeros((len(sat), slow.shape[1], 2))
    for day in range(1, len(slow)):
        shares *= np.stack([columns.keep_fast, slow[day]], axis=1)
        if days.dose[day - 1, 0]:
            shares *= 1 - columns.shared.top_up
            shares[np.searchsorted(sat, day - 1)] = 1
    return shares


def _joined(means: Array, variances: Array, standing: Standing) -> tuple[Array, Array]:
    """Mean and standard deviation over the ways, the last axis, by their weight."""
    weight = standing.weight
    mean = means @ weight
    spread = variances * standing.spread + (means - mean[..., None]) ** 2
    return mean, np.sqrt(np.maximum(spread @ weight, 0))


def _baseline_rows(series: Series, first_day: date) -> slice | None:
    """The days before the first sitting that the change is counted from; None without a score from them."""
    first = series.first_sitting
    if first is None or baseline_of(series.scores, first) is None or first <= first_day:
        return None
    start = max((first - timedelta(days=BASELINE_DAYS) - first_day).days, 0)
    return slice(start, (first - first_day).days)


def _span(mean: Array, sd: Array, wider: float = 1.0) -> Span:
    half = Z_80 * wider * float(sd)
    return Span(mean=float(mean), low=float(mean) - half, high=float(mean) + half)
