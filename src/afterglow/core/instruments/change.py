"""How far a PHQ-9 total moved: baseline, response, remission, reliable and noticeable change.

Plain rules with their sources; leaves out scoring, the lift model and every word about it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

BASELINE_DAYS: Final = 14
SUSTAINED_DAYS: Final = 14
LEAST_BASELINE_FOR_RESPONSE: Final = 10
RESPONSE_SHARE: Final = 0.5
# McInnes 2022 (community ketamine, PHQ-9): remission is a total below 5.
REMISSION_BELOW: Final = 5
# 1.96·√2·SEM runs from 5.0 (SEM 1.8) over 6.7 (SD 6, retest .84) to 8.5 (SD 6, retest .74);
# six is the usual whole number. `reliable_points` shows the sum for other inputs.
RELIABLE_POINTS: Final = 6
# Five points is the usual noticeable difference; Kounali 2022 (PMC9340848) puts it near a fifth.
NOTICEABLE_POINTS: Final = 5
NOTICEABLE_SHARE: Final = 0.2
MOST_MISSING: Final = 2
_Z_95: Final = 1.96
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Check:
    """One total on one day of the person."""

    day: date
    total: float


@dataclass(frozen=True)
class Baseline:
    """The mean of the `n` totals in the 14 days before the first sitting; it never moves again."""

    mean: float
    n: int


@dataclass(frozen=True)
class ReliableChange:
    """The sum behind a reliable change, with its inputs, so that it can be shown."""

    sem: float
    points: float
    formula: str


@dataclass(frozen=True)
class Prorated:
    """A total when up to two answers are missing: the mean of the answered ones stands in."""

    total: int
    missing: int


@dataclass(frozen=True)
class Outcome:
    """What the latest total says against the baseline. `points` is latest minus baseline: below zero is lower."""

    latest: Check
    checks_since: int
    points: float
    response: bool | None
    response_sustained: bool | None
    remission: bool
    remission_sustained: bool
    reliable: bool
    noticeable: bool
    deteriorated: bool


def baseline_of(checks: Sequence[Check], first_sitting: date) -> Baseline | None:
    """The totals of the 14 days before the day of the first sitting; None without any."""
    earliest = first_sitting - timedelta(days=BASELINE_DAYS)
    totals = [check.total for check in checks if earliest <= check.day < first_sitting]
    return Baseline(mean=math.fsum(totals) / len(totals), n=len(totals)) if totals else None


def is_response(baseline: Baseline, total: float) -> bool | None:
    """At most half of the baseline, ties count; None when the baseline is below ten."""
    if baseline.mean < LEAST_BASELINE_FOR_RESPONSE:
        return None
    return total <= RESPONSE_SHARE * baseline.mean + _ROUNDING


def is_remission(total: float) -> bool:
    return total < REMISSION_BELOW


def is_sustained(checks: Sequence[Check], holds: Callable[[float], bool]) -> bool:
    """Whether `holds` for the latest check and one at least 14 days earlier, and all between."""
    ordered = sorted(checks, key=lambda check: check.day)
    for check in reversed(ordered):
        if not holds(check.total):
            return False
        if (ordered[-1].day - check.day).days >= SUSTAINED_DAYS:
            return True
    return False


def standard_error(sd: float, reliability: float) -> float:
    """Standard error of measurement from a standard deviation and a retest reliability."""
    if sd < 0 or not 0 <= reliability <= 1:
        raise ValueError("sd must not be below zero and reliability lies between 0 and 1")
    return sd * math.sqrt(1 - reliability)


def reliable_points(sem: float) -> ReliableChange:
    """Jacobson and Truax 1991: a change this large is rarely the noise of two measurements."""
    points = _Z_95 * math.sqrt(2) * sem
    return ReliableChange(sem=sem, points=points, formula=f"1.96 × √2 × {sem:g} = {points:.1f}")


def is_reliable(points: float, *, least: float = RELIABLE_POINTS) -> bool:
    """A reliable change in either direction."""
    return abs(points) >= least - _ROUNDING


def is_deterioration(points: float, *, least: float = RELIABLE_POINTS) -> bool:
    return points >= least - _ROUNDING


def is_noticeable(baseline: Baseline, points: float) -> bool:
    """Five points or a fifth of the baseline: a difference people notice, a claim of its own."""
    return (
        abs(points) >= min(NOTICEABLE_POINTS, NOTICEABLE_SHARE * baseline.mean) - _ROUNDING
        and points != 0
    )


def prorate(answers: Sequence[int | None]) -> Prorated | None:
    """The total over all items from the answered ones, rounded half up; None with over two missing."""
    given = [answer for answer in answers if answer is not None]
    missing = len(answers) - len(given)
    if missing > MOST_MISSING or not given:
        return None
    return Prorated(total=math.floor(sum(given) * len(answers) / len(given) + 0.5), missing=missing)


def outcome_of(checks: Sequence[Check], first_sitting: date, baseline: Baseline) -> Outcome | None:
    """The latest check after the day of the first sitting, read against the frozen baseline."""
    since = sorted((c for c in checks if c.day > first_sitting), key=lambda check: check.day)
    if not since:
        return None
    latest = since[-1]
    points = latest.total - baseline.mean
    response = is_response(baseline, latest.total)
    return Outcome(
        latest=latest,
        checks_since=len(since),
        points=points,
        response=response,
        response_sustained=None
        if response is None
        else is_sustained(since, lambda total: is_response(baseline, total) is True),
        remission=is_remission(latest.total),
        remission_sustained=is_sustained(since, is_remission),
        reliable=is_reliable(points),
        noticeable=is_noticeable(baseline, points),
        deteriorated=is_deterioration(points),
    )
