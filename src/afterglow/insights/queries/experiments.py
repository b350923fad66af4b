"""Self-experiments: where each stands, what may be known of it today, what it can find, what it found."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid5

from afterglow.core.experiment.design import (
    BLOCK_DAYS,
    LEAST_BLOCKS,
    WEEKS,
    Adherence,
    Block,
    Plan,
    adherence,
    design,
    shown_on,
)
from afterglow.core.lift.priors import shipped
from afterglow.core.lift.series import NotEnough
from afterglow.insights.documents import Experiment, ExperimentDay
from afterglow.insights.queries import series
from afterglow.insights.queries.practised import days_practised
from afterglow.medicine import queries as medicine
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

if TYPE_CHECKING:
    from afterglow.core.experiment.estimate import Finding

SCORE_EVERY_DAYS = 7
OPEN = frozenset({"coming", "running"})
# Any draw finds nearly the same; this one stands for all before the real one is drawn.
_SAMPLE_DAY, _SAMPLE_SEED = date(2026, 1, 5), 1


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block as it may be shown: its days, days noted, and the mean of its totals."""

    number: int
    start: date
    last: date
    practise: bool
    noted: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an experiment is today. `blocks` holds only what may be known: nothing beyond the next block."""

    stored: Stored[Experiment]
    state: str
    now: Block | None
    following: Block | None
    blocks: tuple[BlockRow, ...]
    noted_today: bool
    noted: int
    last_day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What a finished experiment says, or why it says nothing; `kept` is for the plain facts."""

    kept: Adherence
    found: "Finding | None"
    few: NotEnough | None


@dataclass(frozen=True, slots=True)
class Edge:
    """One row of the difference: `about`, and `from` and `to` of the range that the lots allow, in whole points."""

    which: str
    points: int
    is_lower: bool


@dataclass(frozen=True, slots=True)
class Size:
    """One size of experiment, and the effect in PHQ-9 points that it finds four times in five."""

    block_days: int
    weeks: int
    points: float


def experiments(vault: OpenVault) -> list[Stored[Experiment]]:
    """All of them, the newest first."""
    found = vault.heads(Experiment)
    return sorted(found, key=lambda s: (s.document.first_day, s.change))[::-1]


def state_of(experiment: Experiment, today: date) -> str:
    """`stopped`, `coming`, `running` or `finished`."""
    if experiment.stopped_on is not None:
        return "stopped"
    if today < experiment.first_day:
        return "coming"
    return "running" if today <= plan_of(experiment).last_day else "finished"


def open_experiment(vault: OpenVault, today: date) -> Stored[Experiment] | None:
    """The one that is coming or running; there is only one at a time."""
    for stored in experiments(vault):
        if state_of(stored.document, today) in OPEN:
            return stored
    return None


def plan_of(experiment: Experiment) -> Plan:
    step = timedelta(days=experiment.block_days)
    blocks = tuple(
        Block(experiment.first_day + place * step, practise)
        for place, practise in enumerate(experiment.blocks)
    )
    return Plan(experiment.block_days, experiment.seed, blocks)


def standing(vault: OpenVault, stored: Stored[Experiment], today: date) -> Standing:
    plan, state = plan_of(stored.document), state_of(stored.document, today)
    shown = shown_on(plan, today) if state in OPEN else ()
    now = plan.block_on(today) if state == "running" else None
    done = done_days(vault, stored)
    return Standing(
        stored=stored,
        state=state,
        now=now,
        following=next((block for block in shown if block is not now), None),
        blocks=_rows(vault, plan, done, today, state),
        noted_today=today in done,
        noted=len(done),
        last_day=plan.last_day,
    )


def on_today(vault: OpenVault, today: date) -> Standing | None:
    """For Today: the experiment that is running, with the block of the day; None where there is none."""
    stored = open_experiment(vault, today)
    if stored is None or state_of(stored.document, today) != "running":
        return None
    return standing(vault, stored, today)


def done_days(vault: OpenVault, stored: Stored[Experiment]) -> frozenset[date]:
    """Days on which it was done, noted here or with the goal or habit that it is about."""
    here = {
        day.document.day: day.document.done
        for day in vault.heads(ExperimentDay)
        if day.document.experiment == stored.id
    }
    named = [p.days for p in days_practised(vault) if p.id == stored.document.practice]
    plan = plan_of(stored.document)
    there = {day for days in named for day in days if plan.block_on(day)}
    return frozenset({day for day, done in here.items() if done} | (there - set(here)))


def day_id(experiment: UUID, day: date) -> UUID:
    """The same day of the same experiment is the same record."""
    return uuid5(experiment, day.isoformat())


def reading(vault: OpenVault, stored: Stored[Experiment]) -> Reading:
    """By intention to treat, only once the last day has passed; held until something changes."""
    return vault.memo(f"insights.reading {stored.id}", lambda: _reading(vault, stored))


def _reading(vault: OpenVault, stored: Stored[Experiment]) -> Reading:
    from afterglow.core.experiment.estimate import Finding, analyse  # heavy: numpy

    plan, done = plan_of(stored.document), done_days(vault, stored)
    rng = Random(f"redraws of {plan.seed}")  # noqa: S311  (repeatable on purpose, no secret)
    found = analyse(
        plan,
        done,
        series.told(vault).series,
        priors=shipped(),
        rng=rng,
        drawn_for=stored.document.sittings,
    )
    kept = adherence(plan, done, plan.last_day)
    if isinstance(found, Finding):
        return Reading(kept=kept, found=found, few=None)
    return Reading(kept=kept, found=None, few=found)


@cache
def sizes() -> tuple[Size, ...]:
    """What each size of experiment can find, with a score a week and a check-in every other day."""
    return tuple(
        Size(block_days, weeks, _points(block_days, weeks))
        for weeks in WEEKS
        for block_days in BLOCK_DAYS
        if is_offered(block_days, weeks)
    )


def is_offered(block_days: int, weeks: int) -> bool:
    """With fewer blocks there are too few draws, and no result stands out from chance."""
    return weeks * 7 // block_days >= LEAST_BLOCKS


def size_of(block_days: int, weeks: int) -> Size:
    return next(s for s in sizes() if (s.block_days, s.weeks) == (block_days, weeks))


def _points(block_days: int, weeks: int) -> float:
    from afterglow.core.experiment.estimate import detectable_effect  # heavy: numpy

    plan = design(_SAMPLE_DAY, block_days=block_days, weeks=weeks, seed=_SAMPLE_SEED)
    points = detectable_effect(plan, priors=shipped(), score_every_days=SCORE_EVERY_DAYS)
    return cast("float", points)  # only what is offered is asked for, and that has blocks enough


def sittings_between(vault: OpenVault, first: date, last: date) -> tuple[date, ...]:
    """Sittings known today, planned or done, on the days of an experiment."""
    days = (stored.document.day for stored in medicine.kept_sittings(vault))
    return tuple(day for day in days if first <= day <= last)


def _rows(
    vault: OpenVault, plan: Plan, done: frozenset[date], today: date, state: str
) -> tuple[BlockRow, ...]:
    """Blocks that have begun; of a running one no means, so that looking cannot steer what comes."""
    scores = series.told(vault).series.scores if state == "finished" else ()
    rows = []
    for number, block in enumerate(plan.blocks, start=1):
        if block.start > today:
            break
        last = block.start + timedelta(days=plan.block_days - 1)
        totals = [score.total for score in scores if block.start <= score.day <= last]
        noted = sum(block.start <= day <= last for day in done)
        mean = sum(totals) / len(totals) if totals else None
        rows.append(BlockRow(number, block.start, last, block.practise, noted, mean))
    return tuple(rows)


def numbers_of(read: Reading) -> dict[str, int]:
    """Whole points for the sentence: how many lower, or higher, with the range that the lots allow.

    `up` and `down` are the same range for a sentence that names no direction: points higher, and lower.
    """
    if read.found is None:
        return {}
    effect = read.found.by_lot
    edges = sorted((abs(effect.low), abs(effect.high)))
    return {
        "points": round(abs(effect.mean)),
        "low": round(edges[0]),
        "high": round(edges[1]),
        "up": round(max(-effect.low, 0)),
        "down": round(max(effect.high, 0)),
        "detectable": round(read.found.detectable_effect or 0),
    }


def edges_of(read: Reading) -> tuple[Edge, ...]:
    """The picture of the difference as a table."""
    if read.found is None:
        return ()
    span = read.found.by_lot
    rows = (("about", span.mean), ("from", span.low), ("to", span.high))
    return tuple(Edge(which, round(abs(points)), points >= 0) for which, points in rows)
