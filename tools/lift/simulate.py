"""A simulator whose truth is not the fitted model: shares of severity, saturation, life events, heavy tails.

Gives people as the program sees them, and the truth beside them. Run it to print how it compares with
published figures: `python -m tools.lift.simulate`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from afterglow.core.instruments.change import Check
from afterglow.core.lift.series import Series, SittingDay, Tap
from tools.lift.worlds import WORLDS, World

Array = NDArray[np.float64]
FIRST_DAY = date(2025, 1, 6)
AHEAD_DAYS = 56
THRESHOLD = 10.0


@dataclass(frozen=True)
class Truth:
    """What nobody sees: severity each day, the lift in it, and what a score would have been."""

    severity: Array
    lift: Array
    score: Array
    world: str
    days_until_back: int | None


@dataclass(frozen=True)
class Person:
    """Seen up to `today` (a row number); `dates` begin at FIRST_DAY."""

    series: Series
    today: int
    truth: Truth

    @property
    def origin(self) -> date:
        return FIRST_DAY + timedelta(days=self.today)


def people(count: int, *, seed: int, worlds: tuple[World, ...] = WORLDS) -> Iterator[Person]:
    """The same seed gives the same people; worlds take turns."""
    rng = np.random.default_rng(seed)
    for place in range(count):
        yield person(rng, worlds[place % len(worlds)])


def person(rng: np.random.Generator, world: World) -> Person:
    """Drawn again until the first score is high enough to begin treatment."""
    while True:
        drawn = _drawn(rng, world)
        if drawn.series.scores[0].total >= world.entry_least:
            return drawn


def lived(
    rng: np.random.Generator,
    world: World,
    days: int,
    sittings: dict[int, float],
    practised: Collection[int] = (),
) -> tuple[Array, Array]:
    """Severity and the lift in it, a value per day, for a course of sittings (day: dose)."""
    base = rng.normal(world.severity_mean, world.severity_sd)
    share = np.clip(rng.normal(world.lift_share_mean, world.lift_share_sd), 0, 0.95)
    fade = np.exp(rng.normal(0, world.fade_spread_log, 2))
    fast_days, slow_days = world.fade_fast_days * fade[0], world.fade_slow_days * fade[1]
    wobble = _wobble(rng, world.wobble_sd * world.noise_scale, world.wobble_days, days)
    wobble += _events(rng, world, days)
    untreated = np.maximum(base + wobble, 0)
    fast = slow = 0.0
    had, first = 0, min(sittings, default=days)
    hope, kept = world.expectancy_share * rng.uniform(0.3, 1.7), 0.0
    lift, helped = np.zeros(days), np.zeros(days)
    for day in range(1, days):
        fast *= np.exp(-1 / fast_days)
        slow *= np.exp(-1 / (slow_days * (1 + world.durability_per_sitting * max(had - 1, 0))))
        if day - 1 in sittings:
            had += 1
            now = share * sittings[day - 1] * np.exp(rng.normal(0, 0.2))
            fast += (world.fast_part * now - fast) * 0.9
            slow += ((1 - world.fast_part) * now - slow) * world.build_up
        expected = hope * np.exp(-(day - first) / world.expectancy_days) if day > first else 0.0
        lift[day] = 1 - (1 - min(fast + slow, 0.97)) * (1 - expected)
        kept += (float(day in practised) - kept) * (1 - np.exp(-1 / 3))
        helped[day] = kept * world.practice_points
    return np.maximum(untreated * (1 - lift) - helped, 0), untreated * lift


def answered(
    rng: np.random.Generator, world: World, severity: Array, score_days: Collection[int]
) -> tuple[Array, tuple[Check, ...], tuple[Tap, ...]]:
    """What a score would be each day, the scores given, and the taps."""
    noise = (
        rng.standard_t(6, len(severity)) * np.sqrt(4 / 6) * world.phq9_noise_sd * world.noise_scale
    )
    scores = np.clip(np.round(_recalled(severity, world) + noise), 0, 27)
    given = tuple(
        Check(FIRST_DAY + timedelta(days=d), float(scores[d])) for d in sorted(score_days)
    )
    level = (
        world.mood_at_zero + rng.normal(0, world.mood_person_sd) - world.mood_per_point * severity
    )
    level = level + rng.normal(0, world.mood_noise_sd * world.noise_scale, len(severity))
    level = level + _wobble(rng, world.mood_wobble_sd, world.mood_wobble_days, len(severity))
    chance = world.tap_chance - world.tap_chance_lost_per_point * severity
    here = (rng.random(len(severity)) < chance) & ~_quiet(rng, world, len(severity))
    levels = np.clip(np.round(level), 0, 10)
    taps = tuple(
        Tap(FIRST_DAY + timedelta(days=int(d)), float(levels[d])) for d in np.flatnonzero(here)
    )
    return scores, given, taps


def days_until_back(severity: Array, today: int) -> int | None:
    """The last day of the first three days in a row with a mean of at least ten, within 56 days."""
    for ahead in range(3, AHEAD_DAYS + 1):
        if severity[today + ahead - 2 : today + ahead + 1].mean() >= THRESHOLD:
            return ahead
    return None


def _drawn(rng: np.random.Generator, world: World) -> Person:
    first = int(rng.integers(2, 11))
    sittings = _course(rng, first)
    today = first + int(rng.integers(21, 92))
    sittings = {day: dose for day, dose in sittings.items() if day < today}
    days = today + AHEAD_DAYS + 1
    own = replace(
        world, noise_scale=world.noise_scale * float(np.exp(rng.normal(0, world.noise_spread_log)))
    )
    severity, lift = lived(rng, own, days, sittings)
    scores, given, taps = answered(rng, own, severity, _score_days(rng, world, sittings, today))
    series = Series(
        sittings=tuple(
            SittingDay(FIRST_DAY + timedelta(days=d), dose) for d, dose in sittings.items()
        ),
        scores=given,
        taps=tuple(tap for tap in taps if tap.day <= FIRST_DAY + timedelta(days=today)),
    )
    truth = Truth(severity, lift, scores, world.name, days_until_back(severity, today))
    return Person(series=series, today=today, truth=truth)


def _course(rng: np.random.Generator, first: int) -> dict[int, float]:
    """One to six sittings some days apart, then perhaps boosters."""
    count = int(rng.choice([1, 2, 4, 6], p=[0.1, 0.1, 0.2, 0.6]))
    every, dose = int(rng.choice([2, 3, 4])), float(rng.choice([0.8, 1.0, 1.15], p=[0.2, 0.6, 0.2]))
    days = [first]
    for _ in range(count - 1):
        days.append(days[-1] + max(1, every + int(rng.integers(-1, 2))))
    while rng.random() < 0.35:
        days.append(days[-1] + int(rng.integers(20, 45)))
    return dict.fromkeys(days, dose)


def _score_days(
    rng: np.random.Generator, world: World, sittings: dict[int, float], today: int
) -> list[int]:
    """The first day, each sitting, and every few days with some slack and some missed."""
    every = int(rng.choice(world.score_every_days))
    due = range(every, today + 1, every)
    kept = {min(day + int(rng.integers(0, 2)), today) for day in due if rng.random() < 0.9}
    with_sitting = {day for day in sittings if rng.random() < 0.8}
    return sorted({0} | kept | with_sitting)


def _wobble(rng: np.random.Generator, sd: float, lasts_days: float, days: int) -> Array:
    keep = np.exp(-1 / lasts_days)
    path, now = np.empty(days), rng.normal(0, sd)
    for day, shock in enumerate(rng.normal(0, sd * np.sqrt(1 - keep**2), days)):
        now = keep * now + shock
        path[day] = now
    return path


def _events(rng: np.random.Generator, world: World, days: int) -> Array:
    path = np.zeros(days)
    for day in np.flatnonzero(rng.random(days) < world.life_events_per_year / 365):
        size = rng.exponential(world.life_event_points) * rng.choice([-1, 1]) * world.noise_scale
        path[day:] += size * np.exp(-np.arange(days - day) / world.life_event_days)
    return path


def _recalled(severity: Array, world: World) -> Array:
    keep, path = np.exp(-1 / world.recall_days), severity.copy()
    for day in range(1, len(severity)):
        path[day] = keep * path[day - 1] + (1 - keep) * severity[day]
    return path


def _quiet(rng: np.random.Generator, world: World, days: int) -> NDArray[np.bool_]:
    quiet = np.zeros(days, dtype=bool)
    for day in np.flatnonzero(rng.random(days) < world.quiet_stretch_chance):
        quiet[day : day + int(rng.integers(4, 13))] = True
    return quiet


def _published(world: World, rng: np.random.Generator, count: int = 1500) -> str:
    """Response after one and after six sittings, remission, and how long responders stay well."""
    single = np.array([_ratios(rng, world, [10], [11, 13, 17, 24]) for _ in range(count)])
    series = np.array(
        [_ratios(rng, world, list(range(10, 22, 2)), [21, 42, 49, 77]) for _ in range(count)]
    )
    responded = series[:, 0, 0] <= 0.5
    one = "/".join(f"{share:.0%}" for share in (single[:, :, 0] <= 0.5).mean(axis=0))
    well = "/".join(f"{(series[responded, at, 0] <= 0.5).mean():.0%}" for at in (2, 3))
    return (
        f"{world.name}: one sitting, response on days 1/3/7/14 {one}; series, day 1 {responded.mean():.0%}, "
        f"day 21 {(series[:, 1, 0] <= 0.5).mean():.0%}, remission {(series[:, 1, 1] < 5).mean():.0%}; "
        f"responders well at 4/8 weeks {well}"
    )


def _ratios(
    rng: np.random.Generator, world: World, days: list[int], at: list[int]
) -> list[tuple[float, float]]:
    severity, _ = lived(rng, world, max(at) + 1, dict.fromkeys(days, 1.0))
    before = max(float(severity[:10].mean()), 1.0)
    return [(float(severity[day]) / before, float(severity[day])) for day in at]


if __name__ == "__main__":
    for each in WORLDS:
        print(_published(each, np.random.default_rng(1)))
