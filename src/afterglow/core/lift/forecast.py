"""What scores may come: a mixture over the settings, on 0 to 27, for the days ahead of today.

Leaves out the path back above a threshold (`back_at`) and the past (`past`).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import erf, sqrt
from typing import Final

import numpy as np

from afterglow.core.lift.filter import RECALLED, Belief, Filtered, filter_days, overnight
from afterglow.core.lift.priors import Priors, ways_of
from afterglow.core.lift.series import PHQ9_MOST, Series
from afterglow.core.lift.steps import Array, Columns, Days, columns_of_priors, days_of

LEVELS: Final = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
DAYS_AHEAD: Final = 14
_GRID: Final = np.arange(-8, PHQ9_MOST + 8.01, 0.25)


@dataclass(frozen=True)
class Standing:
    """A person today under each setting: belief, weight, own spread, and the days it rests on."""

    belief: Belief
    weight: Array
    spread: Array
    columns: Columns
    days: Days
    begun: bool


@dataclass(frozen=True)
class Mixture:
    """Weights, means and standard deviations of a coming score, before it is cut to 0…27."""

    weight: Array
    mean: Array
    sd: Array

    @cached_property
    def _cdf(self) -> Array:
        z = (_GRID[:, None] - self.mean) / self.sd
        return normal_cdf(z) @ self.weight

    def quantile(self, level: float) -> float:
        """Between 0 and 27."""
        return float(np.clip(np.interp(level, self._cdf, _GRID), 0, PHQ9_MOST))

    def expected(self) -> float:
        return float(np.clip(self.weight @ self.mean, 0, PHQ9_MOST))

    def at_most(self) -> Array:
        """The chance of a whole score of at most 0, 1, … 27."""
        edges = np.arange(PHQ9_MOST + 1) + 0.5
        chance = normal_cdf((edges[:, None] - self.mean) / self.sd) @ self.weight
        chance[-1] = 1.0
        return chance


def standing_of(series: Series, today: date, priors: Priors) -> Standing:
    """Uses nothing after `today`."""
    days = days_of([(series, today)]).tiled(len(ways_of(priors)))
    columns = columns_of_priors(priors, 1)
    filtered = filter_days(days, columns)
    began = series.course_began or series.first_sitting
    return Standing(
        belief=filtered.belief,
        weight=weights_of(filtered, priors)[:, 0],
        spread=filtered.spread(priors.shared.trust_in_spread),
        columns=columns,
        days=days,
        begun=began is not None and began <= today,
    )


def weights_of(filtered: Filtered, priors: Priors) -> Array:
    """How well each way of `ways_of` fits each person: (way, person), columns add to one."""
    fit = filtered.log_likelihood_wide(priors.shared.trust_in_spread).reshape(
        len(ways_of(priors)), -1
    )
    log_weight = fit + np.log([[way.weight] for way in ways_of(priors)])
    weight = np.exp(log_weight - log_weight.max(axis=0))
    result: Array = weight / weight.sum(axis=0)
    return result


def forecast(standing: Standing, days_ahead: int = DAYS_AHEAD) -> tuple[Mixture, ...]:
    """A mixture for each day from tomorrow on, with no further sitting."""
    belief = standing.belief.copy()
    blank = days_ahead_of(standing, days_ahead)
    ahead = []
    for day in range(1, days_ahead + 1):
        overnight(belief, standing.columns, blank, day, slice(None))
        variance = belief.cov[RECALLED, RECALLED] + standing.columns.shared.phq9_var
        ahead.append(
            Mixture(
                standing.weight, belief.mean[RECALLED].copy(), np.sqrt(variance * standing.spread)
            )
        )
    return tuple(ahead)


def days_ahead_of(standing: Standing, days_ahead: int) -> Days:
    """Days from today (row 0) on without answers; today's own sitting still counts."""
    last = int(standing.days.length[0]) - 1
    people = len(standing.days.length)
    blank = {
        name: np.zeros((days_ahead + 1, people))
        for name in Days.__dataclass_fields__
        if name != "length"
    }
    days = Days(length=np.full(people, days_ahead + 1), **blank)
    dose = standing.days.dose[last]
    days.dose[0] = dose
    days.sittings_before[0] = standing.days.sittings_before[last]
    days.sittings_before[1:] = standing.days.sittings_before[last] + (dose > 0)
    days.since_first[:] = np.where(
        standing.begun, standing.days.since_first[last] + np.arange(days_ahead + 1)[:, None], 0
    )
    return days


def normal_cdf(z: Array) -> Array:
    """Through the standard library, so that a page need not load scipy."""
    flat = [0.5 * (1 + erf(value / sqrt(2))) for value in np.ravel(z).tolist()]
    return np.array(flat).reshape(np.shape(z))
