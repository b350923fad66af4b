"""What the days were like, looking back with everything known: one walk there and one back.

The walk there is the filter again, with three things carried along that a look back asks for: the fast and slow
lift of the latest sitting, and the mean of the days before the first. The walk back brings to each day what later
answers say of it (de Jong 1989). Exact, with no matrix that grows with the days; a dense Gaussian agrees, which
is tested.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from afterglow.core.lift.filter import (
    COURSE,
    FAST,
    LEVEL,
    LEVEL_PLACE,
    LIFT_PLACES,
    MOOD,
    RECALLED,
    SIZE,
    SLOW,
    F,
    M,
    S,
    U,
    beginning,
    course_at,
    keep_slow,
    room_of,
    topped_up,
)
from afterglow.core.lift.steps import Array, Columns, Days, SharedColumns

LIFTED_FAST, LIFTED_SLOW, BEFORE = SIZE, SIZE + 1, SIZE + 2
_SIZE: Final = SIZE + 3
# What comes in anew each day: wobble, mood wobble, and the surprise of a sitting's fast and slow lift.
_NEWS: Final = 4


@dataclass(frozen=True)
class Answer:
    """A total or a tap: `row` (way, state) gives what is expected of it."""

    day: int
    row: Array
    noise: float
    value: float
    is_tap: bool


@dataclass(frozen=True)
class Moves:
    """States of a day are `move` of the day before plus Gaussian `noise`: (day, way, state, state)."""

    mean: Array
    cov: Array
    move: Array
    noise: Array
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Learned:
    """What one answer taught: `gain` (way, state), and its error with its variance (way)."""

    answer: Answer
    gain: Array
    variance: Array
    error: Array


@dataclass(frozen=True)
class Known:
    """Each evening with what was known by then: mean (day, way, state), cov, and the answers in order."""

    mean: Array
    cov: Array
    learned: tuple[Learned, ...]

    def log_likelihood(self) -> Array:
        fit = np.zeros(self.mean.shape[1])
        for each in self.learned:
            fit -= 0.5 * (np.log(2 * np.pi * each.variance) + each.error**2 / each.variance)
        return fit


@dataclass(frozen=True)
class Past:
    """`Known`, with what later answers say: `pull` (day, way, state) and `surety` (day, way, state, state)."""

    known: Known
    pull: Array
    surety: Array

    def line(self) -> tuple[Array, Array]:
        """Mean and variance of the recalled score: (day, way)."""
        reach = self.known.cov[:, :, RECALLED]
        mean = self.known.mean[:, :, RECALLED] + (reach * self.pull).sum(axis=2)
        sure = np.einsum("dwi,dwij,dwj->dw", reach, self.surety, reach)
        return mean, self.known.cov[:, :, RECALLED, RECALLED] - sure

    def of(self, day: int, row: Array) -> tuple[Array, Array]:
        """Mean and variance of a sum of the states of one day: (way)."""
        reach = np.einsum("wij,wj->wi", self.known.cov[day], row)
        mean = (self.known.mean[day] * row).sum(axis=1) + (reach * self.pull[day]).sum(axis=1)
        sure = np.einsum("wi,wij,wj->w", reach, self.surety[day], reach)
        return mean, (reach * row).sum(axis=1) - sure


def past_of(moves: Moves) -> Past:
    """Everything known, on each day."""
    known = known_of(moves)
    waiting = defaultdict(list)
    for each in known.learned:
        waiting[each.answer.day].append(each)
    length, ways = known.mean.shape[:2]
    pull, surety = np.zeros((length, ways, _SIZE)), np.zeros((length, ways, _SIZE, _SIZE))
    r, n = np.zeros((ways, _SIZE)), np.zeros((ways, _SIZE, _SIZE))
    for day in range(length - 1, -1, -1):
        pull[day], surety[day] = r, n
        for each in reversed(waiting[day]):
            r, n = _before(each, r, n)
        move = moves.move[day]
        r = (r[:, None] @ move)[:, 0]
        n = move.transpose(0, 2, 1) @ n @ move
    return Past(known=known, pull=pull, surety=surety)


def known_of(moves: Moves) -> Known:
    """The walk there. One answer at a time, so that nothing has to be inverted."""
    length, ways = moves.move.shape[:2]
    means, covs = np.empty((length, ways, _SIZE)), np.empty((length, ways, _SIZE, _SIZE))
    waiting = defaultdict(list)
    for answer in moves.answers:
        waiting[answer.day].append(answer)
    mean, cov, learned = moves.mean, moves.cov, []
    for day in range(length):
        move = moves.move[day]
        mean = (move @ mean[..., None])[..., 0]
        cov = move @ cov @ move.transpose(0, 2, 1) + moves.noise[day]
        for answer in waiting[day]:
            towards = (cov @ answer.row[..., None])[..., 0]
            variance = (answer.row * towards).sum(axis=1) + answer.noise
            error = answer.value - (answer.row * mean).sum(axis=1)
            gain = towards / variance[:, None]
            mean = mean + gain * error[:, None]
            cov = cov - gain[..., None] * towards[:, None]
            learned.append(Learned(answer, gain, variance, error))
        means[day], covs[day] = mean, cov
    return Known(mean=means, cov=covs, learned=tuple(learned))


def _before(each: Learned, r: Array, n: Array) -> tuple[Array, Array]:
    """The pull and the surety just before an answer, from those just after it."""
    row, gain = each.answer.row, each.gain
    pulled = (gain * r).sum(axis=1) - each.error / each.variance
    towards = (n @ gain[..., None])[..., 0]
    own = (gain * towards).sum(axis=1) + 1 / each.variance
    crossed = row[..., None] * towards[:, None]
    outer = row[..., None] * row[:, None]
    return (
        r - row * pulled[:, None],
        n - crossed - crossed.transpose(0, 2, 1) + own[:, None, None] * outer,
    )


def moves_of(days: Days, columns: Columns, *, before: slice | None = None) -> Moves:
    """One person's days under each way, a column each. `before` are the rows of the days before treatment."""
    room, course = rooms_of(days, columns), course_at(columns, days.since_first)
    length, ways = room.shape
    move, news = np.zeros((length, ways, _SIZE, _SIZE)), np.zeros((length, ways, _SIZE, _NEWS))
    places = np.arange(_SIZE)
    move[:, :, places, places] = 1
    severity = _severity(course, room)
    _overnight(move, news, days, columns)
    _sit(move, news, days, columns.shared)
    keep = columns.shared.keep_recall
    for part in (move, news):
        part[1:, :, RECALLED] *= keep
        part[1:, :, RECALLED] += (1 - keep) * (severity[1:, :, None] @ part[1:])[:, :, 0]
    if before is not None:
        share = np.zeros((length, 1, 1))
        share[before] = 1 / len(range(*before.indices(length)))
        for part in (move, news):
            part[:, :, BEFORE] += share * part[:, :, RECALLED]
    spreads = _spreads(columns.shared)
    mean, cov = _start(columns)
    return Moves(
        mean=mean,
        cov=cov,
        move=move,
        noise=(news * spreads) @ news.transpose(0, 1, 3, 2),
        answers=_answers(days, columns.shared, severity),
    )


def rooms_of(days: Days, columns: Columns) -> Array:
    """The room of `filter.room_of` on each day: (day, way)."""
    usual, rooms = np.zeros((2, columns.mean.shape[1])), []
    slow = _keep_slow(days, columns)
    for day in range(len(slow)):
        if day:
            usual = usual * np.array([columns.keep_fast, slow[day]])
            if (dose := days.dose[day - 1]).any():
                usual = topped_up(usual, columns.shared, columns.mean[LIFT_PLACES], dose)
        rooms.append(room_of(usual, columns.mean[LEVEL_PLACE]))
    return np.array(rooms)


def _keep_slow(days: Days, columns: Columns) -> Array:
    longer = columns.shared.longer_each_sitting
    return keep_slow(columns.fade_slow_days, longer, days.sittings_before)


def _start(columns: Columns) -> tuple[Array, Array]:
    belief, ways = beginning(columns), columns.mean.shape[1]
    mean, cov = np.zeros((ways, _SIZE)), np.zeros((ways, _SIZE, _SIZE))
    mean[:, :SIZE] = belief.mean.T
    cov[:, :SIZE, :SIZE] = belief.cov.transpose(2, 0, 1)
    return mean, cov


def _overnight(move: Array, news: Array, days: Days, columns: Columns) -> None:
    shared = columns.shared
    move[1:, :, U, U], move[1:, :, M, M] = shared.keep_wobble, shared.keep_mood
    move[1:, :, F, F], move[1:, :, S, S] = columns.keep_fast, _keep_slow(days, columns)[1:]
    news[1:, :, U, 0] = news[1:, :, M, 1] = 1


def _sit(move: Array, news: Array, days: Days, shared: SharedColumns) -> None:
    """A sitting tops up what is left of earlier lifts, and what it brought itself is carried along."""
    for yesterday in np.flatnonzero(days.dose[:-1, 0]).tolist():
        day, dose = yesterday + 1, days.dose[yesterday, 0]
        for which, (state, lift, lifted) in enumerate(
            ((F, FAST, LIFTED_FAST), (S, SLOW, LIFTED_SLOW))
        ):
            move[day, :, state, state] *= 1 - shared.top_up[which]
            move[day, :, state, lift] = move[day, :, lifted, lift] = dose
            move[day, :, lifted, lifted] = 0
            news[day, :, state, 2 + which] = news[day, :, lifted, 2 + which] = 1


def _severity(course: Array, room: Array) -> Array:
    """Severity as a sum of the states of the day: (day, way, state)."""
    rows = np.zeros((*room.shape, _SIZE))
    rows[..., LEVEL], rows[..., U], rows[..., COURSE] = 1, room, -course
    rows[..., [F, S]] = -1
    return rows


def _spreads(shared: SharedColumns) -> Array:
    mood = shared.mood_wobble_var * (1 - shared.keep_mood**2)
    return np.array([shared.wobble_var, mood, *shared.sitting_var])


def _answers(days: Days, shared: SharedColumns, severity: Array) -> tuple[Answer, ...]:
    """By day, a total before a tap. Several on one day are their mean, with as much less noise."""
    total = np.zeros(severity.shape[1:])
    total[:, RECALLED] = 1
    found = []
    scores, taps = days.score_count[:, 0], days.tap_count[:, 0]
    for day in np.flatnonzero(scores + taps).tolist():
        if scores[day]:
            noise = float(shared.phq9_var / scores[day])
            found.append(Answer(day, total, noise, float(days.score[day, 0]), is_tap=False))
        if taps[day]:
            tap = -shared.mood_per_point * severity[day]
            tap[:, [MOOD, M]] = 1
            noise = float(shared.mood_var / taps[day])
            found.append(Answer(day, tap, noise, float(days.tap[day, 0]), is_tap=True))
    return tuple(found)
