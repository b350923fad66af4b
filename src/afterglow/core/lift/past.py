"""What the days were like, looking back with everything known: the smoothed line, lifts, change.

Every quantity is a sum of the same independent unknowns (the person's numbers, each day's wobble, each
sitting's surprise), so conditioning on the answers is one dense Gaussian solve. Exact, and apart from
the filter: their likelihoods agree, which is tested.
"""

from dataclasses import dataclass

import numpy as np

from afterglow.core.lift.filter import (
    FAST,
    LEVEL,
    LEVEL_PLACE,
    LIFT_PLACES,
    RECALLED,
    SIZE,
    SLOW,
    STATIC_STATES,
    F,
    M,
    S,
    U,
    course_at,
    keep_slow,
    mood_row,
    room_of,
    severity_row,
    topped_up,
)
from afterglow.core.lift.steps import Array, Columns, Days

_PER_SITTING = 2


@dataclass(frozen=True)
class Past:
    """One setting's view, a value for each wanted quantity."""

    mean: Array
    variance: Array
    log_likelihood: float


@dataclass(frozen=True)
class Unknowns:
    """Every state on every day as a sum of independent unknowns: (day, state, unknown).

    `room` is how far the wobble reaches, a value per day.
    """

    states: Array
    room: Array
    gross: Array
    prior_mean: Array
    prior_cov: Array


def unknowns_of(days: Days, columns: Columns, column: int) -> Unknowns:
    """Walks through the days once; `gross` is (sitting, fast or slow, unknown)."""
    length, shared = int(days.length[column]), columns.shared
    dose = days.dose[:length, column]
    sittings = int(np.count_nonzero(dose[:length]))
    fixed = len(STATIC_STATES) + 2
    size = fixed + 2 * (length - 1) + _PER_SITTING * sittings
    mean, cov = _prior(columns, column, size, length, sittings)
    now = np.zeros((SIZE, size))
    for place, state in enumerate(STATIC_STATES):
        now[state, place] = 1
    now[U, fixed - 2] = now[M, fixed - 1] = 1
    room = rooms_of(days, columns, column)
    now[RECALLED] = now[LEVEL] + room[0] * now[U]
    states, gross = np.empty((length, SIZE, size)), np.zeros((sittings, 2, size))
    states[0] = now
    sat = 0
    course = course_at(columns, days.since_first[:length, column])
    for day in range(1, length):
        now = _a_day_later(now, days, columns, column, day)
        now[U, fixed + 2 * (day - 1)] = now[M, fixed + 2 * day - 1] = 1
        if dose[day - 1] > 0:
            _sit(
                now,
                gross[sat],
                dose[day - 1],
                shared.top_up,
                size - _PER_SITTING * (sittings - sat),
            )
            sat += 1
        now[RECALLED] = shared.keep_recall * now[RECALLED] + (
            1 - shared.keep_recall
        ) * severity_row(now, course[day], room[day])
        states[day] = now
    if sat < sittings:
        _sit(now.copy(), gross[sat], dose[length - 1], shared.top_up, size - _PER_SITTING)
    return Unknowns(states=states, room=room, gross=gross, prior_mean=mean, prior_cov=cov)


def rooms_of(days: Days, columns: Columns, column: int) -> Array:
    """The room of `filter.room_of` on each day."""
    shared, mean = columns.shared, columns.mean[:, column, None]
    usual, room = np.zeros((2, 1)), np.empty(int(days.length[column]))
    for day in range(len(room)):
        if day:
            usual = usual * _shares_kept(days, columns, column, day)[:, None]
            if (dose := days.dose[day - 1, column]) > 0:
                usual = topped_up(usual, shared, mean[LIFT_PLACES], dose)
        room[day] = room_of(usual, mean[LEVEL_PLACE])[0]
    return room


def _a_day_later(now: Array, days: Days, columns: Columns, column: int, day: int) -> Array:
    """What is left of each state on the next day, before anything new comes to it."""
    shared, now = columns.shared, now.copy()
    now[U] *= shared.keep_wobble
    now[M] *= shared.keep_mood
    now[[F, S]] *= _shares_kept(days, columns, column, day)[:, None]
    return now


def _shares_kept(days: Days, columns: Columns, column: int, day: int) -> Array:
    """What stays overnight of the fast and of the slow lift."""
    slow = keep_slow(
        columns.fade_slow_days[column],
        columns.shared.longer_each_sitting,
        days.sittings_before[day, column],
    )
    return np.array([columns.keep_fast[column], slow])


def past_of(unknowns: Unknowns, wanted: Array, days: Days, columns: Columns, column: int) -> Past:
    """`wanted` is (quantity, unknown); gives their mean and variance given all answers."""
    design, noise, seen = answers_of(unknowns, days, columns, column)
    spread = spread_of(design, unknowns.prior_cov)
    total = spread @ design.T + np.diag(noise)
    root = np.linalg.cholesky(total)
    error = np.linalg.solve(root, seen - design @ unknowns.prior_mean)
    pull = np.linalg.solve(root, spread @ wanted.T)
    return Past(
        mean=wanted @ unknowns.prior_mean + pull.T @ error,
        variance=(spread_of(wanted, unknowns.prior_cov) * wanted).sum(axis=1)
        - (pull**2).sum(axis=0),
        log_likelihood=float(
            -0.5 * (len(seen) * np.log(2 * np.pi) + error @ error) - np.log(np.diag(root)).sum()
        ),
    )


def spread_of(rows: Array, prior_cov: Array) -> Array:
    """`rows @ prior_cov`, where only the person's own numbers come first and hang together."""
    static = len(STATIC_STATES)
    spread = rows * np.diag(prior_cov)
    spread[:, :static] = rows[:, :static] @ prior_cov[:static, :static]
    return spread


def _prior(
    columns: Columns, column: int, size: int, length: int, sittings: int
) -> tuple[Array, Array]:
    shared, static = columns.shared, len(STATIC_STATES)
    mean, variance = np.zeros(size), np.zeros(size)
    mean[:static], mean[static] = columns.mean[:, column], shared.start_mean
    variance[static], variance[static + 1] = shared.start_var, shared.mood_wobble_var
    daily = slice(static + 2, static + 2 * length)
    variance[daily] = np.tile(
        [shared.wobble_var, shared.mood_wobble_var * (1 - shared.keep_mood**2)], length - 1
    )
    if sittings:
        variance[-_PER_SITTING * sittings :] = np.tile(shared.sitting_var, sittings)
    cov = np.diag(variance)
    cov[:static, :static] = columns.cov[:, :, column]
    return mean, cov


def _sit(now: Array, gross: Array, dose: float, top_up: Array, noise_at: int) -> None:
    for which, (state, lift) in enumerate(((F, FAST), (S, SLOW))):
        gross[which] = dose * now[lift]
        gross[which, noise_at + which] = 1
        now[state] = (1 - top_up[which]) * now[state] + gross[which]


def answers_of(
    unknowns: Unknowns, days: Days, columns: Columns, column: int
) -> tuple[Array, Array, Array]:
    shared = columns.shared
    scored = np.flatnonzero(days.score_count[:, column])
    tapped = np.flatnonzero(days.tap_count[:, column])
    course = course_at(columns, days.since_first[tapped, column])
    states = unknowns.states[tapped].transpose(1, 0, 2)
    mood = mood_row(states, shared, course[:, None], unknowns.room[tapped, None])
    design = np.concatenate([unknowns.states[scored, RECALLED], mood])
    noise = np.concatenate(
        [
            shared.phq9_var / days.score_count[scored, column],
            shared.mood_var / days.tap_count[tapped, column],
        ]
    )
    return design, noise, np.concatenate([days.score[scored, column], days.tap[tapped, column]])
