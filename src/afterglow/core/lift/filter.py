"""The exact Kalman filter of many people at once, day by day, with plain numpy.

States: wobble, mood wobble, fast and slow lift, level, lifts of a sitting, course gain, mood level and
the score as recalled. A sitting lifts from the next day on and tops up what is left of earlier lifts.
"""

from dataclasses import dataclass
from math import lgamma
from typing import Final

import numpy as np

from afterglow.core.lift.steps import Array, Columns, Days, SharedColumns, Whole

U, M, F, S, LEVEL, FAST, SLOW, COURSE, MOOD, RECALLED = range(10)
SIZE: Final = 10
STATIC_STATES: Final = (LEVEL, FAST, SLOW, COURSE, MOOD)
# Rows of `Columns.mean`, which holds the static states only.
LEVEL_PLACE: Final = 0
LIFT_PLACES: Final = slice(1, 3)
# Six hundred columns keep the arithmetic ahead of the overhead and still fit a processor's cache.
COLUMNS_AT_ONCE: Final = 594
_LEAST_LEVEL: Final = 5.0
_ROOM_LEFT: Final = (0.25, 1.0)
# The share of the level that is usually left, at which the spread of the wobble is stated.
_USUAL_SHARE_LEFT: Final = 0.75


@dataclass
class Belief:
    """Mean (state, column) and covariance (state, state, column); changed in place day by day.

    `usual` (fast and slow, column) is the lift to be expected without any answer: it says how much room the
    wobble has.
    """

    mean: Array
    cov: Array
    usual: Array

    def part(self, which: slice | Whole) -> "Belief":
        """These columns: the same numbers for a slice, a copy for a list of places."""
        return Belief(self.mean[:, which], self.cov[:, :, which], self.usual[:, which])

    def copy(self) -> "Belief":
        return Belief(self.mean.copy(), self.cov.copy(), self.usual.copy())


@dataclass(frozen=True)
class Filtered:
    """Where each column stands on its last day, and how well the answers fitted.

    `surprise` is the sum of squared standardised errors, `log_det` the sum of the log variances.
    """

    belief: Belief
    surprise: Array
    log_det: Array
    answers: Whole

    def log_likelihood(self) -> Array:
        """Of the answers under the Gaussian model, a value per column."""
        fit: Array = -0.5 * (self.answers * np.log(2 * np.pi) + self.log_det + self.surprise)
        return fit

    def log_likelihood_wide(self, trust: float) -> Array:
        """The same when the person's own spread is unknown: a t with `trust` degrees of freedom."""
        dof = trust + self.answers
        constant = _log_gamma_ratio(trust, self.answers) - 0.5 * self.answers * np.log(
            np.pi * trust
        )
        fit: Array = constant - 0.5 * self.log_det - 0.5 * dof * np.log1p(self.surprise / trust)
        return fit

    def spread(self, trust: float) -> Array:
        """The person's own variance relative to the model's, learned from their errors."""
        return (trust + self.surprise) / (trust + self.answers)


def filter_days(days: Days, columns: Columns) -> Filtered:
    """Columns must be in the order of `days`; longest first is fastest, any order is right."""
    order = np.argsort(-days.length, kind="stable")
    back = np.argsort(order, kind="stable")
    run = _Run(days.part(order), columns.part(order))
    for day in range(int(days.length.max(initial=0))):
        run.day(day)
    return Filtered(
        belief=run.belief.part(back),
        surprise=run.surprise[back],
        log_det=run.log_det[back],
        answers=run.answers[back],
    )


class _Run:
    """One pass; people whose days are over drop out at the right end of the arrays."""

    def __init__(self, days: Days, columns: Columns) -> None:
        self.days, self.columns = days, columns
        self.belief = beginning(columns)
        people = len(days.length)
        self.surprise, self.log_det = np.zeros(people), np.zeros(people)
        self.answers = np.zeros(people, dtype=np.int64)

    def day(self, day: int) -> None:
        live = slice(0, int(np.searchsorted(-self.days.length, -day, side="left")))
        belief = self.belief.part(live)
        if day:
            overnight(belief, self.columns, self.days, day, live)
        shared, days = self.columns.shared, self.days
        asked = np.flatnonzero(days.score_count[day, live])
        if asked.size:
            row = _score_row(belief.cov, asked)
            expected = belief.mean[RECALLED, asked]
            noise = shared.phq9_var / days.score_count[day, asked]
            self._learn(
                belief, asked, row, row[RECALLED] + noise, days.score[day, asked] - expected
            )
        asked = np.flatnonzero(days.tap_count[day, live])
        if asked.size:
            part = belief.part(asked)
            course = course_at(self.columns, days.since_first[day, asked])
            room = room_of(part.usual, self.columns.mean[LEVEL_PLACE, asked])
            row = mood_row(part.cov, shared, course, room)
            expected = mood_row(part.mean, shared, course, room)
            variance = mood_row(row, shared, course, room)
            noise = shared.mood_var / days.tap_count[day, asked]
            self._learn(belief, asked, row, variance + noise, days.tap[day, asked] - expected)

    def _learn(
        self, belief: Belief, asked: Whole, row: Array, variance: Array, error: Array
    ) -> None:
        gain = row / variance
        belief.mean[:, asked] += gain * error
        belief.cov[:, :, asked] -= gain[:, None] * row[None]
        self.surprise[asked] += error**2 / variance
        self.log_det[asked] += np.log(variance)
        self.answers[asked] += 1


def beginning(columns: Columns) -> Belief:
    """What is believed before the first answer."""
    people, shared = columns.mean.shape[1], columns.shared
    mean, cov = np.zeros((SIZE, people)), np.zeros((SIZE, SIZE, people))
    static = np.array(STATIC_STATES)
    mean[static] = columns.mean
    cov[np.ix_(static, static)] = columns.cov
    mean[U], cov[U, U] = shared.start_mean, shared.start_var
    cov[M, M] = shared.mood_wobble_var
    room = room_of(usual := np.zeros((2, people)), columns.mean[LEVEL_PLACE])
    mean[RECALLED] = mean[LEVEL] + room * mean[U]
    cov[RECALLED] = cov[LEVEL] + room * cov[U]
    cov[:, RECALLED] = cov[:, LEVEL] + room * cov[:, U]
    return Belief(mean, cov, usual)


def overnight(belief: Belief, columns: Columns, days: Days, day: int, live: slice) -> None:
    """From the evening of `day - 1` to `day`: fading, last night's sitting, recall."""
    shared, yesterday = columns.shared, day - 1
    keep = np.empty((4, belief.mean.shape[1]))
    keep[U], keep[M], keep[F] = shared.keep_wobble, shared.keep_mood, columns.keep_fast[live]
    keep[S] = keep_slow(
        columns.fade_slow_days[live], shared.longer_each_sitting, days.sittings_before[day, live]
    )
    belief.mean[:4] *= keep
    belief.usual *= keep[F:]
    belief.cov[:4] *= keep[:, None]
    belief.cov[:, :4] *= keep
    belief.cov[U, U] += shared.wobble_var
    belief.cov[M, M] += shared.mood_wobble_var * (1 - shared.keep_mood**2)
    sat = np.flatnonzero(days.dose[yesterday, live])
    if sat.size:
        lifted = belief.part(sat)
        _sitting(lifted, columns, days.dose[yesterday, sat])
        lifted.usual[:] = topped_up(
            lifted.usual, shared, columns.mean[LIFT_PLACES, sat], days.dose[yesterday, sat]
        )
        belief.mean[:, sat], belief.cov[:, :, sat] = lifted.mean, lifted.cov
        belief.usual[:, sat] = lifted.usual
    room = room_of(belief.usual, columns.mean[LEVEL_PLACE, live])
    _recall(belief, shared.keep_recall, course_at(columns, days.since_first[day, live]), room)


def keep_slow(fade_days: Array, longer_each: Array, sittings: Array) -> Array:
    """The share of slow lift that stays for a day; it may fade more slowly after many sittings."""
    result: Array = np.exp(-1 / (fade_days * (1 + longer_each * np.maximum(sittings - 1, 0))))
    return result


def course_at(columns: Columns, since_first: Array) -> Array:
    """The share of the course gain reached so many days after the first sitting."""
    result: Array = -np.expm1(-since_first / columns.shared.course_days)
    return result


def room_of(usual: Array, level: Array) -> Array:
    """How far the wobble reaches: a lifted mood has less room for it, in proportion to what is left.

    `usual` is the expected lift (fast and slow, column), `level` the expected level. It rests on the sittings
    and the priors and on no answer, so the model stays linear and the filter exact. The research prototype
    scaled by each person's own lift (an extended Kalman filter), which gains as little as this does.
    """
    left = 1 - usual.sum(axis=0) / np.maximum(level, _LEAST_LEVEL)
    room: Array = np.clip(left, *_ROOM_LEFT) / _USUAL_SHARE_LEFT
    return room


def topped_up(usual: Array, shared: SharedColumns, lift: Array, dose: Array) -> Array:
    """The expected fast and slow lift after a sitting of this dose."""
    result: Array = (1 - shared.top_up[:, None]) * usual + dose * lift
    return result


def severity_row(rows: Array, course: Array, room: Array) -> Array:
    """Severity of the day out of the states along the first axis."""
    result: Array = rows[LEVEL] + room * rows[U] - rows[F] - rows[S] - course * rows[COURSE]
    return result


def mood_row(rows: Array, shared: SharedColumns, course: Array, room: Array) -> Array:
    """A mood tap without its noise, out of the states along the first axis."""
    result: Array = rows[MOOD] + rows[M] - shared.mood_per_point * severity_row(rows, course, room)
    return result


def _sitting(belief: Belief, columns: Columns, dose: Array) -> None:
    for state, lift, which in ((F, FAST, 0), (S, SLOW, 1)):
        left = 1 - columns.shared.top_up[which]
        belief.mean[state] = left * belief.mean[state] + dose * belief.mean[lift]
        belief.cov[state] = left * belief.cov[state] + dose * belief.cov[lift]
        belief.cov[:, state] = left * belief.cov[:, state] + dose * belief.cov[:, lift]
        belief.cov[state, state] += columns.shared.sitting_var[which]


def _recall(belief: Belief, keep: Array, course: Array, room: Array) -> None:
    belief.mean[RECALLED] = keep * belief.mean[RECALLED] + (1 - keep) * severity_row(
        belief.mean, course, room
    )
    row = keep * belief.cov[RECALLED] + (1 - keep) * severity_row(belief.cov, course, room)
    own = keep * row[RECALLED] + (1 - keep) * severity_row(row, course, room)
    belief.cov[RECALLED] = row
    belief.cov[:, RECALLED] = row
    belief.cov[RECALLED, RECALLED] = own


def _score_row(cov: Array, asked: Whole) -> Array:
    row: Array = cov[RECALLED][:, asked]
    return row


def _log_gamma_ratio(trust: float, answers: Whole) -> Array:
    """Log Γ((trust + n)/2) - log Γ(trust/2), without scipy."""
    half = trust / 2
    return np.array(
        [lgamma(half + n / 2) - lgamma(half) for n in np.ravel(answers).tolist()]
    ).reshape(answers.shape)
