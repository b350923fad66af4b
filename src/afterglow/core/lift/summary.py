"""The past of one person over all settings: the smoothed line, each sitting's lift, the change.

Turns the exact posterior of `past` into ranges; leaves out words and pictures.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from afterglow.core.instruments.change import BASELINE_DAYS, baseline_of
from afterglow.core.lift.filter import RECALLED, keep_slow
from afterglow.core.lift.forecast import Standing
from afterglow.core.lift.past import Past, Unknowns, past_of, unknowns_of
from afterglow.core.lift.priors import Priors
from afterglow.core.lift.series import Series
from afterglow.core.lift.steps import Array, Whole

NEARLY_ALL: Final = 0.9
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
    sittings = sorted({sitting.day for sitting in series.sittings})
    window = _baseline_rows(series, first_day)
    views, lengths = [], int(standing.days.length[0])
    ways = _likely(standing.weight)
    for column in ways.tolist():
        unknowns = unknowns_of(standing.days, standing.columns, column)
        wanted = _wanted(unknowns, standing, column, window)
        views.append(past_of(unknowns, wanted, standing.days, standing.columns, column))
    mean, sd = _joined(views, ways, standing)
    count = len(sittings)
    line, lift, left = slice(0, lengths), lengths, lengths + count
    lifts = tuple(
        Lift(
            day=day,
            lift=_span(mean[lift + i], sd[lift + i] * priors.lift_spread),
            left_today=_span(mean[left + i], sd[left + i] * priors.lift_spread),
        )
        for i, day in enumerate(sittings)
    )
    change = _span(mean[-1], sd[-1]) if window is not None else None
    in_all = _span(mean[-2], sd[-2] * priors.lift_spread)
    return Looking(
        first_day=first_day,
        line=mean[line],
        line_sd=sd[line],
        lifts=lifts,
        left_in_all=in_all,
        change=change,
    )


def _wanted(unknowns: Unknowns, standing: Standing, column: int, window: slice | None) -> Array:
    """Rows: the recalled score of each day, each lift, what is left of each and in all, the change."""
    recalled = unknowns.states[:, RECALLED]
    before = recalled[window].mean(axis=0) if window is not None else recalled[-1]
    left = _shares_left(standing, column)
    gross = unknowns.gross
    remains = np.einsum("sk,sku->su", left, gross)
    return np.concatenate(
        [
            recalled,
            gross.sum(axis=1),
            remains,
            remains.sum(axis=0)[None],
            (recalled[-1] - before)[None],
        ]
    )


def _shares_left(standing: Standing, column: int) -> Array:
    """What is left today of each sitting's fast and slow lift: (sitting, 2).

    A lift fades from the day it begins, and each later sitting replaces a part of it.
    """
    days, columns = standing.days, standing.columns
    length, top_up = int(days.length[column]), columns.shared.top_up
    sat = np.flatnonzero(days.dose[:length, column])
    shares = np.zeros((len(sat), 2))
    for day in range(1, length):
        slow = keep_slow(
            columns.fade_slow_days[column],
            columns.shared.longer_each_sitting,
            days.sittings_before[day, column],
        )
        shares *= np.array([columns.keep_fast[column], slow])
        if days.dose[day - 1, column] > 0:
            shares *= 1 - top_up
            shares[np.searchsorted(sat, day - 1)] = 1
    shares[sat == length - 1] = 1
    return shares


def _likely(weight: Array) -> Whole:
    """The ways that hold nearly all of the weight, the likeliest first: the rest would change no picture."""
    order = np.argsort(-weight, kind="stable")
    enough = int(np.searchsorted(np.cumsum(weight[order]), NEARLY_ALL)) + 1
    return order[:enough]


def _joined(views: list[Past], ways: Whole, standing: Standing) -> tuple[Array, Array]:
    """Mean and standard deviation over the ways by their weight."""
    weight = (standing.weight[ways] / standing.weight[ways].sum())[:, None]
    means = np.array([view.mean for view in views])
    variances = np.array([view.variance for view in views]) * standing.spread[ways, None]
    mean = (weight * means).sum(axis=0)
    variance = (weight * (variances + (means - mean) ** 2)).sum(axis=0)
    return mean, np.sqrt(np.maximum(variance, 0))


def _baseline_rows(series: Series, first_day: date) -> slice | None:
    """The days before the first sitting that the change is counted from; None without a score from them."""
    first = series.first_sitting
    if first is None or baseline_of(series.scores, first) is None or first <= first_day:
        return None
    start = max((first - timedelta(days=BASELINE_DAYS) - first_day).days, 0)
    return slice(start, (first - first_day).days)


def _span(mean: float, sd: float) -> Span:
    return Span(mean=float(mean), low=float(mean - Z_80 * sd), high=float(mean + Z_80 * sd))
