"""The plan of a self-experiment: which blocks have the practice, drawn by a recorded seed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Final

BLOCK_DAYS: Final = (7, 14)
WEEKS: Final = (12, 24)
# With six blocks only twenty draws exist, and no result stands out from chance; twelve have hundreds.
LEAST_BLOCKS: Final = 12
LONGEST_RUN: Final = 3
_TRIES: Final = 400


@dataclass(frozen=True)
class Block:
    """Days from `start` on, all with the practice or all without."""

    start: date
    practise: bool


@dataclass(frozen=True)
class Plan:
    """A drawn experiment; the same inputs and seed give the same blocks."""

    block_days: int
    seed: int
    blocks: tuple[Block, ...]

    @property
    def last_day(self) -> date:
        return self.blocks[-1].start + timedelta(days=self.block_days - 1)

    def block_on(self, day: date) -> Block | None:
        """The block that holds a day; None before, between and after."""
        return next((b for b in self.blocks if 0 <= (day - b.start).days < self.block_days), None)


@dataclass(frozen=True)
class Adherence:
    """Days with the practice done, of the days past, where it was and was not the plan."""

    practise_done: int
    practise_days: int
    other_done: int
    other_days: int

    @property
    def share(self) -> float:
        return self.practise_done / self.practise_days if self.practise_days else 0.0


def design(
    first_day: date, *, block_days: int, weeks: int, seed: int, sittings: Collection[date] = ()
) -> Plan:
    """Half the blocks with the practice, at most three alike in a row, planned sittings shared out evenly.

    Raises ValueError for lengths that are not offered.
    """
    if block_days not in BLOCK_DAYS or weeks not in WEEKS:
        raise ValueError("blocks last 7 or 14 days, over 12 or 24 weeks")
    count = weeks * 7 // block_days
    starts = [first_day + timedelta(days=block_days * place) for place in range(count)]
    held = sittings_per_block(starts, block_days, sittings)
    labels = [True] * (count // 2) + [False] * (count // 2)
    drawn = _drawn(Random(seed), labels, held)  # noqa: S311  (a fair draw that can be repeated, no secret)
    return Plan(block_days, seed, tuple(map(Block, starts, drawn)))


def redraws(
    plan: Plan, sittings: Collection[date], times: int, rng: Random
) -> list[tuple[bool, ...]]:
    """Other assignments that the same rules could have drawn.

    Where the plan itself breaks the rules (it came from elsewhere), only the number of blocks is kept.
    """
    starts = [block.start for block in plan.blocks]
    labels = [block.practise for block in plan.blocks]
    held = sittings_per_block(starts, plan.block_days, sittings)
    if not _fits(labels, held):
        return [tuple(rng.sample(labels, len(labels))) for _ in range(times)]
    return [_drawn(rng, labels, held) for _ in range(times)]


def sittings_per_block(
    starts: Sequence[date], block_days: int, sittings: Collection[date]
) -> list[int]:
    return [sum(0 <= (day - start).days < block_days for day in sittings) for start in starts]


def shown_on(plan: Plan, today: date) -> tuple[Block, ...]:
    """What a person may know today: the block they are in and the one after it; before the start, the first."""
    horizon = today + timedelta(days=plan.block_days)
    upcoming = [b for b in plan.blocks if b.start + timedelta(days=plan.block_days) > today]
    return tuple(b for b in upcoming if b.start <= horizon) or tuple(upcoming[:1])


def adherence(plan: Plan, done: Collection[date], today: date) -> Adherence:
    """Counts only days up to `today`."""
    kept, counted = set(done), {True: [0, 0], False: [0, 0]}
    for block in plan.blocks:
        for place in range(plan.block_days):
            day = block.start + timedelta(days=place)
            if day <= today:
                counted[block.practise][0] += day in kept
                counted[block.practise][1] += 1
    return Adherence(*counted[True], *counted[False])


def _drawn(rng: Random, labels: Sequence[bool], held: Sequence[int]) -> tuple[bool, ...]:
    """The first shuffle that fits; sittings that cannot be shared out are left as they fall."""
    for _ in range(_TRIES):
        shuffled = rng.sample(labels, len(labels))
        if _fits(shuffled, held):
            return tuple(shuffled)
    return tuple(rng.sample(labels, len(labels)))


def _fits(labels: Sequence[bool], held: Sequence[int]) -> bool:
    if max((len(list(run)) for _, run in groupby(labels)), default=0) > LONGEST_RUN:
        return False
    difference = sum(n if practise else -n for n, practise in zip(held, labels, strict=True))
    return abs(difference) <= max(1, sum(held) % 2, *held)
