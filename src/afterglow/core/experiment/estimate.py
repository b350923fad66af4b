"""What a practice did to the scores: one effect, whitened by the lift model, and a randomisation test.

By intention to treat: the blocks as drawn count, not what was done in them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Final

import numpy as np

from afterglow.core.experiment.design import LEAST_BLOCKS, Adherence, Plan, adherence, redraws
from afterglow.core.instruments.change import Check
from afterglow.core.lift.filter import filter_days
from afterglow.core.lift.forecast import weights_of
from afterglow.core.lift.past import Learned, Moves, known_of, moves_of
from afterglow.core.lift.priors import Priors, ways_of
from afterglow.core.lift.series import PHQ9_MOST, NotEnough, Series, Tap
from afterglow.core.lift.steps import Array, columns_of_priors, days_of, first_day_of
from afterglow.core.lift.summary import Z_80, Span

REDRAWS: Final = 499
LEAST_DAYS_EACH: Final = 30
LEAST_SCORES: Final = 6
# A practice is taken to work into the days over about three days, and to wash out as slowly (assumed).
CARRY_OVER_DAYS: Final = 3.0
# One-sided 5 % and 80 % power: 1.645 + 0.842 standard errors.
_DETECTABLE: Final = 2.487
# Days as lived scatter more than the model expects at the outset: answers go missing, things happen, people
# differ, and low scores have little room below. Set so that on simulated people an effect of the announced
# size is found about four times in five (`make bench-lift` prints it).
_AS_LIVED: Final = 1.33
# The test asks whether scores are lower with the practice. Higher is named too, but only where the lots are
# clearer, so that an experiment without any effect names a direction in about one case of fifteen.
_LEVEL: Final = 0.05
_LEVEL_HIGHER: Final = 0.02


@dataclass(frozen=True)
class Finding:
    """`effect` is how many PHQ-9 points lower with the practice planned; below zero is higher.

    `effect` has the model's 80 % range. `by_lot` has the range of effects that the draws do not contradict, at
    5 % where they may be lower and at 2 % where they may be higher; it holds whatever the model, and leaves out
    zero just where `key` names a direction. `p_randomisation` is one-sided: how often other draws of the plan look
    at least as good by chance; `p_higher` is how often they look at least as bad. `detectable_effect` is found
    about four times in five; None with fewer than twelve blocks.
    """

    effect: Span
    by_lot: Span
    p_randomisation: float
    p_higher: float
    adherence: Adherence
    detectable_effect: float | None

    @property
    def key(self) -> str:
        """Which sentence is true: `lower_with`, `higher_with` or `cannot_tell`."""
        if self.p_randomisation <= _LEVEL:
            return "lower_with"
        return "higher_with" if self.p_higher <= _LEVEL_HIGHER else "cannot_tell"


@dataclass(frozen=True)
class GoesWith:
    """Days with the practice against days without, as they came: never shown without its warning.

    Good days make practising easier, and that alone gives about half a point to a point here.
    """

    difference: Span
    practised_days: int
    other_days: int
    warning: str = "good_days_make_practising_easier"


@dataclass(frozen=True)
class _Whitened:
    """Answers freed of what hangs together in them when the practice does nothing, from `first` on."""

    moves: Moves
    learned: tuple[Learned, ...]
    residual: Array
    recall: float
    mood_per_point: float
    spread: float
    first: date

    def regressors(self, exposures: Array) -> Array:
        """Whitened expected change of each answer for exposures of (day, draw): the same walk as the answers took."""
        effect, recalled = _points_lower(exposures, self.recall)
        rows, state, day = [], np.zeros((self.moves.move.shape[-1], exposures.shape[1])), -1
        for each in self.learned:
            answer = each.answer
            while day < answer.day:
                day += 1
                state = self.moves.move[day, 0] @ state
            moved = self.mood_per_point * effect[day] if answer.is_tap else -recalled[day]
            error = moved - answer.row[0] @ state
            state += each.gain[0, :, None] * error
            rows.append(error / np.sqrt(each.variance[0]))
        return np.array(rows)


def analyse(
    plan: Plan,
    done: Collection[date],
    series: Series,
    *,
    priors: Priors,
    rng: Random,
    drawn_for: Collection[date] | None = None,
) -> Finding | NotEnough:
    """Uses answers up to the last day of the plan.

    Other plans are drawn as this one was: around the sittings known at the time (`drawn_for`), since those
    that came later could have followed from the blocks. Where that is not known, around all that took place.
    """
    last = plan.last_day
    known = series.until(last)
    if (few := _few(plan, known)) is not None:
        return few
    white = _whitened(known, last, priors)
    known_then = _days_of_sittings(known) if drawn_for is None else drawn_for
    draws = [
        tuple(b.practise for b in plan.blocks),
        *redraws(plan, known_then, REDRAWS, rng),
    ]
    moved = white.regressors(_exposures(plan, draws, white))
    push, information = moved.T @ white.residual, (moved**2).sum(axis=0)
    size = push / np.sqrt(information)
    as_good = int((size[1:] >= size[0] - 1e-9).sum())
    as_bad = int((size[1:] <= size[0] + 1e-9).sum())
    se = float(np.sqrt(white.spread / information[0]))
    mean = float(push[0] / information[0])
    return Finding(
        effect=_span(mean, se),
        by_lot=_by_lot(mean, size, moved, information),
        p_randomisation=(1 + as_good) / (1 + REDRAWS),
        p_higher=(1 + as_bad) / (1 + REDRAWS),
        adherence=adherence(plan, done, last),
        detectable_effect=_findable(plan, se),
    )


def _few(plan: Plan, known: Series) -> NotEnough | None:
    """Too little fell inside the blocks; seven taps count as a score."""
    inside = sum(plan.block_on(score.day) is not None for score in known.scores)
    weeks_of_taps = sum(plan.block_on(tap.day) is not None for tap in known.taps) // 7
    enough = inside + weeks_of_taps >= LEAST_SCORES
    return None if enough else NotEnough("few_scores", inside, LEAST_SCORES)


def _by_lot(mean: float, size: Array, moved: Array, information: Array) -> Span:
    """Effects that the test would not reject: where another draw begins to look as good as the real one."""
    own = np.sqrt(information[0])
    shared = moved[:, 0] @ moved[:, 1:] / np.sqrt(information[1:])
    room = np.maximum(own - shared, 1e-9)
    begins = np.sort(np.clip((size[0] - size[1:]) / room, -PHQ9_MOST, PHQ9_MOST))
    lower, higher = (ceil(p * (1 + REDRAWS) + 1e-9) - 1 for p in (_LEVEL, _LEVEL_HIGHER))
    return Span(mean=mean, low=float(begins[lower - 1]), high=float(begins[REDRAWS - higher]))


def _findable(plan: Plan, se: float) -> float | None:
    """The fewer blocks, the fewer other draws there are to stand out from, and the larger it has to be."""
    blocks = len(plan.blocks)
    return (1 + 1 / blocks) * _AS_LIVED * _DETECTABLE * se if blocks >= LEAST_BLOCKS else None


def detectable_effect(
    plan: Plan, *, priors: Priors, score_every_days: int, tap_every_days: int = 2
) -> float | None:
    """Before starting: the effect in points that such an experiment finds about four times in five.

    None with fewer than twelve blocks.
    """
    before, span = 14, (plan.last_day - plan.blocks[0].start).days + 1
    start = plan.blocks[0].start - timedelta(days=before)
    series = Series(
        sittings=(),
        scores=tuple(_blank_score(start, d) for d in range(0, before + span, score_every_days)),
        taps=tuple(_blank_tap(start, d) for d in range(0, before + span, tap_every_days)),
    )
    white = _whitened(series, plan.last_day, priors)
    moved = white.regressors(_exposures(plan, [tuple(b.practise for b in plan.blocks)], white))
    return _findable(plan, 1 / float(np.sqrt((moved**2).sum())))


def goes_with(
    series: Series, practised: Collection[date], *, today: date, priors: Priors
) -> GoesWith | NotEnough:
    """Observational; only with 30 days of both kinds that have a tap or a total.

    Counts from the first day practised: before it was there, a day could not go without it.
    """
    known = _answers_since(series.until(today), min(practised, default=today))
    answered = {tap.day for tap in known.taps} | {score.day for score in known.scores}
    with_it = len(answered & set(practised))
    fewest = min(with_it, len(answered) - with_it)
    if fewest < LEAST_DAYS_EACH:
        return NotEnough("few_days", fewest, LEAST_DAYS_EACH)
    white = _whitened(known, today, priors)
    exposure = np.zeros((len(white.moves.move), 1))
    for day in practised:
        if white.first <= day <= today:
            exposure[(day - white.first).days] = 1
    moved = white.regressors(exposure)[:, 0]
    information = float(moved @ moved)
    effect = _span(
        float(moved @ white.residual) / information, float(np.sqrt(white.spread / information))
    )
    return GoesWith(difference=effect, practised_days=with_it, other_days=len(answered) - with_it)


def _whitened(series: Series, today: date, priors: Priors) -> _Whitened:
    days = days_of([(series, today)]).tiled(len(ways_of(priors)))
    columns = columns_of_priors(priors, 1)
    filtered = filter_days(days, columns)
    likeliest = np.argmax(weights_of(filtered, priors)[:, 0], keepdims=True)
    moves = moves_of(days.part(likeliest), columns.part(likeliest))
    learned = known_of(moves).learned
    return _Whitened(
        moves=moves,
        learned=learned,
        residual=np.array([(each.error / np.sqrt(each.variance))[0] for each in learned]),
        recall=float(columns.shared.keep_recall),
        mood_per_point=float(columns.shared.mood_per_point),
        spread=float(filtered.spread(priors.shared.trust_in_spread)[likeliest[0]]),
        first=first_day_of(series, today),
    )


def _exposures(plan: Plan, draws: Sequence[tuple[bool, ...]], white: _Whitened) -> Array:
    """(day, draw): 1 on days of a block with the practice."""
    exposure = np.zeros((len(white.moves.move), len(draws)))
    for place, block in enumerate(plan.blocks):
        start = (block.start - white.first).days
        rows = slice(max(start, 0), max(start + plan.block_days, 0))
        exposure[rows] = [draw[place] for draw in draws]
    return exposure


def _points_lower(exposure: Array, keep_recall: float) -> tuple[Array, Array]:
    """How far a full effect of one point lowers severity and the recalled score: (day, draw)."""
    keep = float(np.exp(-1 / CARRY_OVER_DAYS))
    effect, recalled = np.zeros_like(exposure), np.zeros_like(exposure)
    for day in range(len(exposure)):
        before, said = (effect[day - 1], recalled[day - 1]) if day else (0.0, 0.0)
        effect[day] = keep * before + (1 - keep) * exposure[day]
        recalled[day] = keep_recall * said + (1 - keep_recall) * effect[day]
    return effect, recalled


def _answers_since(series: Series, first: date) -> Series:
    """Without the answers before a day; the sittings before it stay, since their lifts go on."""
    return replace(
        series,
        scores=tuple(score for score in series.scores if score.day >= first),
        taps=tuple(tap for tap in series.taps if tap.day >= first),
    )


def _days_of_sittings(series: Series) -> list[date]:
    return [sitting.day for sitting in series.sittings]


def _span(mean: float, se: float) -> Span:
    return Span(mean=mean, low=mean - Z_80 * se, high=mean + Z_80 * se)


def _blank_score(start: date, place: int) -> Check:
    return Check(start + timedelta(days=place), 0)


def _blank_tap(start: date, place: int) -> Tap:
    return Tap(start + timedelta(days=place), 0)
