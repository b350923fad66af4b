"""Empirical Bayes: a cohort's own priors, learned from its answers and pulled gently to the shipped ones.

Damped Newton steps whose curvature comes from each person's slope (Berndt and others 1974), so about
ten rounds are enough. Uses numpy only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from afterglow.core.lift.filter import COLUMNS_AT_ONCE, Filtered, filter_days
from afterglow.core.lift.priors import Priors
from afterglow.core.lift.series import Series
from afterglow.core.lift.steps import Array, Days, columns_of, days_of, first_day_of
from afterglow.core.lift.vector import (
    is_trust,
    is_weight,
    priors_of,
    scales_of,
    settings_touched,
    vector_of,
)

ROUNDS: Final = 12
LEAST_PEOPLE: Final = 20
_STEP: Final = 1e-3
_ENOUGH: Final = 0.3
_DAMPING_START, _DAMPING_MOST = 0.1, 1e6


@dataclass(frozen=True)
class _Cohort:
    """The days of the people in pieces that fit the processor's cache."""

    pieces: tuple[Days, ...]
    like: Priors
    people: int

    def priors(self, vector: Array) -> Priors:
        return priors_of(vector, self.like, source=self.like.source, people=self.people)


@dataclass(frozen=True)
class _Fit:
    """Log likelihood parts: (setting, person) under each setting, and the joint per person."""

    wide: Array
    person: Array
    passes: tuple[tuple[Filtered, ...], ...]


@dataclass(frozen=True)
class _Place:
    """Where the search stands, and how good that is."""

    vector: Array
    fit: _Fit
    worth: float
    damping: float


@dataclass(frozen=True)
class _Search:
    """The cohort, the priors it is pulled to, and how firmly."""

    cohort: _Cohort
    anchor: Array
    pull: Array

    def place(self, vector: Array, damping: float) -> _Place:
        fit = _fit(self.cohort, vector)
        apart = 0.5 * (self.pull * (vector - self.anchor) ** 2).sum()
        return _Place(vector, fit, float(fit.person.sum() - apart), damping)


def learn(
    people: Sequence[tuple[Series, date]],
    start: Priors,
    *,
    source: str,
    rounds: int = ROUNDS,
    told: Callable[[int, float], None] | None = None,
) -> Priors:
    """Priors of these people. Raises ValueError for fewer than 20; `told` hears the fit of each round."""
    if len(people) < LEAST_PEOPLE:
        raise ValueError(f"{LEAST_PEOPLE} people are needed, {len(people)} are there")
    anchor = vector_of(start)
    search = _Search(
        _Cohort(_pieces(people), start, len(people)),
        anchor,
        1 / scales_of(len(start.settings)) ** 2,
    )
    at = search.place(anchor, _DAMPING_START)
    for number in range(rounds):
        before, at = at, _step(search, at, _slopes(search.cohort, at.vector, at.fit))
        if told is not None:
            told(number, at.worth)
        if at.worth - before.worth < _ENOUGH:
            break
    return priors_of(at.vector, start, source=source, people=len(people))


def _step(search: _Search, at: _Place, slopes: Array) -> _Place:
    """The longest step that helps: damped until it does, then doubled while it still does.

    Far from the goal the slopes overstate the curvature, and only doubling gets anywhere.
    """
    slope = slopes.sum(axis=0) - search.pull * (at.vector - search.anchor)
    curvature = slopes.T @ slopes + np.diag(search.pull)
    longest = 2 / np.sqrt(search.pull)
    damping = at.damping
    while damping < _DAMPING_MOST:
        bent = curvature + damping * np.diag(np.diag(curvature))
        step = np.linalg.solve(bent, slope)
        best = search.place(at.vector + np.clip(step, -longest, longest), damping / 5)
        if best.worth > at.worth:
            while True:
                step = 2 * step
                further = search.place(at.vector + np.clip(step, -longest, longest), damping / 5)
                if further.worth <= best.worth:
                    return best
                best = further
        damping *= 5
    return at


def _fit(cohort: _Cohort, vector: Array) -> _Fit:
    priors = cohort.priors(vector)
    passes = tuple(_filtered(cohort, priors, place) for place in range(len(priors.settings)))
    wide = np.array([_wide(one, priors.shared.trust_in_spread) for one in passes])
    return _Fit(wide=wide, person=_joint(wide, priors), passes=passes)


def _slopes(cohort: _Cohort, vector: Array, fit: _Fit) -> Array:
    """How each person's fit moves with each number, by forward differences: (person, number)."""
    slopes = np.empty((cohort.people, len(vector)))
    for place in range(len(vector)):
        moved = vector.copy()
        moved[place] += _STEP
        priors = cohort.priors(moved)
        wide = fit.wide.copy()
        if is_trust(place):
            wide = np.array([_wide(one, priors.shared.trust_in_spread) for one in fit.passes])
        elif not is_weight(place):
            for setting in settings_touched(place, len(priors.settings)):
                wide[setting] = _wide(
                    _filtered(cohort, priors, setting), priors.shared.trust_in_spread
                )
        slopes[:, place] = (_joint(wide, priors) - fit.person) / _STEP
    return slopes


def _filtered(cohort: _Cohort, priors: Priors, setting: int) -> tuple[Filtered, ...]:
    one = [priors.settings[setting]]
    return tuple(
        filter_days(piece, columns_of(priors.shared, one, len(piece.length)))
        for piece in cohort.pieces
    )


def _wide(passes: Sequence[Filtered], trust: float) -> Array:
    return np.concatenate([one.log_likelihood_wide(trust) for one in passes])


def _joint(wide: Array, priors: Priors) -> Array:
    weighted = wide + np.log([[setting.weight] for setting in priors.settings])
    top = weighted.max(axis=0)
    joint: Array = top + np.log(np.exp(weighted - top).sum(axis=0))
    return joint


def _pieces(people: Sequence[tuple[Series, date]]) -> tuple[Days, ...]:
    """Longest first, so that the people of a piece end at about the same day."""
    ordered = sorted(people, key=_length, reverse=True)
    return tuple(
        days_of(ordered[at : at + COLUMNS_AT_ONCE])
        for at in range(0, len(ordered), COLUMNS_AT_ONCE)
    )


def _length(person: tuple[Series, date]) -> int:
    series, today = person
    return (today - first_day_of(series, today)).days
