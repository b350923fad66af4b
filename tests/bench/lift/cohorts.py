"""People to measure with: the development file, or the project's own simulator."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tools.lift.simulate import people
from tools.lift.worlds import WORLDS, shifted

from afterglow.core.lift.learn import learn
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.reading import people_of
from afterglow.core.lift.series import Series


@dataclass(frozen=True)
class Case:
    """One person at one origin, and what came."""

    series: Series
    origin: date
    score_in: dict[int, float]
    days_until_back: int | None
    lift_left: float | None = None


def development(folder: Path) -> list[Case]:
    with (folder / "dev.people.jsonl").open(encoding="utf-8") as lines:
        seen = list(people_of(lines, source="dev.people.jsonl"))
    truths = [
        json.loads(line) for line in (folder / "dev.truth.jsonl").read_text("utf-8").splitlines()
    ]
    return [
        Case(
            p.series, p.origin, {7: t["phq9_in_7"], 14: t["phq9_in_14"]}, t["days_until_back_at_10"]
        )
        for p, t in zip(seen, truths, strict=True)
    ]


def own(count: int, *, seed: int, shift: float = 0.0) -> list[Case]:
    worlds = tuple(shifted(world, shift) for world in WORLDS) if shift else WORLDS
    return [
        Case(
            p.series,
            p.origin,
            {days: float(p.truth.score[p.today + days]) for days in (7, 14)},
            p.truth.days_until_back,
            float(p.truth.lift[p.today]),
        )
        for p in people(count, seed=seed, worlds=worlds)
    ]


def crossed(cases: Sequence[Case], *, rounds: int) -> list[Priors]:
    """For each case, priors learned from the cases of the other half."""
    halves = [
        learn(
            [(c.series, c.origin) for c in cases[1 - half :: 2]],
            shipped(),
            source="other half",
            rounds=rounds,
        )
        for half in (0, 1)
    ]
    return [halves[place % 2] for place in range(len(cases))]
