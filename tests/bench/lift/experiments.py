"""Randomised self-experiments on simulated people: false alarms at truth zero, power at three points.

*Found* is the test of the format (lower with the practice, p at most 5 %); *named* is what the page says of either
side.
"""

from datetime import timedelta
from random import Random

import numpy as np
from tools.lift.simulate import FIRST_DAY, answered, lived
from tools.lift.worlds import WORLDS

from afterglow.core.experiment.design import Plan, design
from afterglow.core.experiment.estimate import Finding, analyse, detectable_effect
from afterglow.core.lift.priors import shipped
from afterglow.core.lift.series import Series, SittingDay

BEFORE_DAYS = 21
# What is done with the practice planned, and without: as in the research the model follows.
DONE_WITH, DONE_WITHOUT = 0.8, 0.1


def report(count: int) -> None:
    for block_days, weeks, points in (
        (7, 12, 0.0),
        (7, 24, 0.0),
        (7, 12, 3.0),
        (7, 24, 3.0),
        (14, 24, 3.0),
        (7, 12, 5.0),
    ):
        found = [_one(seed, block_days, weeks, points) for seed in range(count)]
        share = np.mean([f.p_randomisation <= 0.05 for f in found])
        lower, higher = (
            np.mean([f.key == key for f in found]) for key in ("lower_with", "higher_with")
        )
        effect, inside = (
            np.mean([f.effect.mean for f in found]),
            np.mean([f.effect.low <= 0.7 * points <= f.effect.high for f in found]),
        )
        aim = "aim 3-7 %" if points == 0 else "aim 50 %" if (weeks, points) == (24, 3.0) else ""
        print(
            f"{block_days}-day blocks, {weeks} weeks, {points:g} points: {share:.1%} of {count} found {aim}; named lower {lower:.1%}, higher {higher:.1%}, either {lower + higher:.1%}; mean effect {effect:+.2f}, 80 % range covers {inside:.0%}"
        )
    for block_days, weeks in ((7, 12), (7, 24), (14, 24)):
        _as_announced(block_days, weeks, count // 2)


def _as_announced(block_days: int, weeks: int, count: int) -> None:
    """Whether what is said before starting is true: an effect of that size is found four times in five."""
    plan = design(FIRST_DAY, block_days=block_days, weeks=weeks, seed=1)
    said = detectable_effect(plan, priors=shipped(), score_every_days=7)
    assert said is not None  # twelve blocks or more
    found = [
        _one(seed, block_days, weeks, said / (DONE_WITH - DONE_WITHOUT)) for seed in range(count)
    ]
    share = np.mean([f.p_randomisation <= 0.05 for f in found])
    after = np.mean([f.detectable_effect for f in found])
    print(
        f"announced, {block_days}-day blocks, {weeks} weeks: {said:.1f} points between weeks with and without; found {share:.0%} of {count} (aim 80 %); said afterwards {after:.1f} points on average"
    )


def _one(seed: int, block_days: int, weeks: int, points: float) -> Finding:
    rng = np.random.default_rng([seed, weeks, block_days, int(points)])
    start = FIRST_DAY + timedelta(days=BEFORE_DAYS)
    days = BEFORE_DAYS + weeks * 7
    sittings = {7: 1.0, 10: 1.0, 13: 1.0, 16: 1.0} | {int(d): 1.0 for d in range(45, days, 35)}
    held = [FIRST_DAY + timedelta(days=d) for d in sittings if d >= BEFORE_DAYS]
    plan = design(start, block_days=block_days, weeks=weeks, seed=seed, sittings=held)
    practised = _done(rng, plan, days)
    world = _with(WORLDS[seed % len(WORLDS)], points)
    severity, _ = lived(rng, world, days, sittings, practised)
    _, scores, taps = answered(rng, world, severity, range(0, days, 7))
    sat = tuple(SittingDay(FIRST_DAY + timedelta(days=d)) for d in sittings)
    done = [FIRST_DAY + timedelta(days=d) for d in practised]
    found = analyse(plan, done, Series(sat, scores, taps), priors=shipped(), rng=Random(seed))
    assert isinstance(found, Finding)
    return found


def _done(rng: np.random.Generator, plan: Plan, days: int) -> set[int]:
    done = set()
    for day in range(BEFORE_DAYS, days):
        block = plan.block_on(FIRST_DAY + timedelta(days=day))
        if rng.random() < (DONE_WITH if block and block.practise else DONE_WITHOUT):
            done.add(day)
    return done


def _with(world, points: float):
    from dataclasses import replace

    return replace(world, practice_points=points)
