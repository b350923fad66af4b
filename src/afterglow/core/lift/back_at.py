"""The chance that mood is back at ten or more by a day, out of simulated paths; never a single date."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from afterglow.core.lift.filter import (
    FAST,
    LEVEL_PLACE,
    SLOW,
    F,
    S,
    U,
    course_at,
    keep_slow,
    overnight,
    room_of,
    severity_row,
)
from afterglow.core.lift.forecast import Standing, days_ahead_of
from afterglow.core.lift.steps import Array, Days

THRESHOLD: Final = 10.0
RUN_DAYS: Final = 3
HORIZON_DAYS: Final = 56
PATHS: Final = 500


@dataclass(frozen=True)
class BackAt:
    """`by_day[d]` is the chance of being back within d days, d from 0 to 56."""

    by_day: tuple[float, ...]

    def day_of(self, chance: float) -> int | None:
        """The first day by which the chance is reached; None when not within the horizon."""
        return next((day for day, by in enumerate(self.by_day) if by >= chance), None)


def back_at_ten(standing: Standing, rng: np.random.Generator) -> BackAt:
    """The last day of the first three days in a row whose mean severity is at least ten."""
    severity = _paths(standing, rng)
    sums = np.cumsum(severity, axis=0)
    means = np.concatenate([sums[2:3], sums[3:] - sums[:-3]]) / RUN_DAYS
    back = np.maximum.accumulate(means >= THRESHOLD, axis=0).mean(axis=1)
    return BackAt(by_day=(*([0.0] * RUN_DAYS), *map(float, back)))


def _paths(standing: Standing, rng: np.random.Generator) -> Array:
    """Severity (day, path) for days 1…56 under settings drawn by their weight."""
    counts = np.round(np.cumsum(standing.weight) * PATHS).astype(int)
    which = np.searchsorted(counts, np.arange(PATHS), side="right").clip(max=len(counts) - 1)
    state = _drawn(standing, which, rng)
    shared, columns = standing.columns.shared, standing.columns
    days = days_ahead_of(standing, HORIZON_DAYS)
    spread = np.sqrt(standing.spread[which])
    shocks = rng.standard_normal((HORIZON_DAYS, PATHS)) * spread * np.sqrt(shared.wobble_var)
    slow = keep_slow(columns.fade_slow_days, shared.longer_each_sitting, days.sittings_before[1])[
        which
    ]
    fast = columns.keep_fast[which]
    course = course_at(columns, days.since_first[:, 0])
    severity = np.empty((HORIZON_DAYS, PATHS))
    rooms = _rooms(standing, days)
    for day in range(HORIZON_DAYS):
        state[U] = shared.keep_wobble * state[U] + shocks[day]
        state[F] *= fast
        state[S] *= slow
        if day == 0 and days.dose[0, 0] > 0:
            _lift(state, standing, float(days.dose[0, 0]), rng.standard_normal((2, PATHS)) * spread)
        severity[day] = severity_row(state, course[day + 1], rooms[day, which])
    return severity


def _rooms(standing: Standing, days: Days) -> Array:
    """How far the wobble reaches under each way on days 1…56: (day, way)."""
    belief, rooms = standing.belief.copy(), []
    for day in range(1, HORIZON_DAYS + 1):
        overnight(belief, standing.columns, days, day, slice(None))
        rooms.append(room_of(belief.usual, standing.columns.mean[LEVEL_PLACE]))
    return np.array(rooms)


def _drawn(standing: Standing, which: Array, rng: np.random.Generator) -> Array:
    normal = rng.standard_normal((len(standing.belief.mean), PATHS))
    roots = _roots(standing.belief.cov * standing.spread)
    state: Array = standing.belief.mean[:, which] + np.einsum("kij,jk->ik", roots[which], normal)
    return state


def _roots(cov: Array) -> Array:
    """A square root of each covariance; eigenvalues a hair below zero count as zero."""
    values, vectors = np.linalg.eigh(cov.transpose(2, 0, 1))
    roots: Array = vectors * np.sqrt(np.maximum(values, 0))[:, None]
    return roots


def _lift(state: Array, standing: Standing, dose: float, normal: Array) -> None:
    shared = standing.columns.shared
    for place, lift, which in ((F, FAST, 0), (S, SLOW, 1)):
        noise = normal[which] * np.sqrt(shared.sitting_var[which])
        state[place] = (1 - shared.top_up[which]) * state[place] + dose * state[lift] + noise
