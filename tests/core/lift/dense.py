"""An oracle of its own for the lift model: plain paths of one person, and one dense Gaussian over all of them.

Everything is linear in the independent unknowns (the person's numbers, each day's surprises, each sitting's), so
the path of every unknown alone gives the whole model. Nothing of the filter, its days or its columns is used; the
lift of each sitting is followed on its own and summed, where the product keeps only the sums.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from afterglow.core.lift.priors import Setting, shipped
from afterglow.core.lift.series import Series

NUMBERS = ("level", "fast", "slow", "course", "mood", "wobble", "mood_wobble")


@dataclass
class Path:
    """One path: a value for each day, and for each sitting its lift and what is left of it."""

    severity: list[float] = field(default_factory=list)
    recalled: list[float] = field(default_factory=list)
    tap: list[float] = field(default_factory=list)
    lifts: list[float] = field(default_factory=list)
    left: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Dense:
    """Means and loadings (…, unknown) of everything, with the variances of the unknowns."""

    base: Path
    along: list[Path]
    cov: np.ndarray
    mean: np.ndarray

    def rows(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        base = np.array(getattr(self.base, name))
        loads = np.array([np.array(getattr(path, name)) - base for path in self.along]).T
        return base, loads

    def moments(self, base: np.ndarray, loads: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return base + loads @ self.mean, loads @ self.cov @ loads.T


def dense_of(series: Series, today: date, way: Setting) -> Dense:
    first = _first_day(series)
    length, sat = (today - first).days + 1, sorted(series.sittings, key=lambda s: s.day)
    doses = {(s.day - first).days: s.dose_relative for s in sat}
    count = len(NUMBERS) + 2 * (length - 1) + 2 * len(doses)
    shared = shipped().shared
    mean, variance = np.zeros(count), np.zeros(count)
    mean[:5], mean[5] = way.mean, shared.start_mean
    variance[5], variance[6] = shared.start_sd**2, shared.mood_wobble_sd**2
    keep_u, keep_m = np.exp(-1 / shared.wobble_days), np.exp(-1 / shared.mood_wobble_days)
    variance[7 : 7 + 2 * (length - 1) : 2] = shared.wobble_sd**2 * (1 - keep_u**2)
    variance[8 : 7 + 2 * (length - 1) : 2] = shared.mood_wobble_sd**2 * (1 - keep_m**2)
    at = len(NUMBERS) + 2 * (length - 1)
    variance[at::2], variance[at + 1 :: 2] = shared.sitting_fast_sd**2, shared.sitting_slow_sd**2
    cov = np.diag(variance)
    cov[:5, :5] = way.cov
    rooms = room_each_day(doses, way, length)
    paths = [
        _walk(unknown, doses, rooms, way, length)
        for unknown in np.vstack([np.zeros(count), np.eye(count)])
    ]
    return Dense(paths[0], paths[1:], cov, mean)


def _first_day(series: Series) -> date:
    return min(part.day for part in (*series.sittings, *series.scores, *series.taps))


def room_each_day(doses: dict[int, float], way: Setting, length: int) -> list[float]:
    """What is left of the usual level once the lift that is expected without answers is taken off."""
    shared, fast, slow, had, rooms = shipped().shared, 0.0, 0.0, 0, []
    for day in range(length):
        fast *= np.exp(-1 / way.fade_fast_days)
        slow *= _keep_slow(way, had)
        if day - 1 in doses:
            fast += doses[day - 1] * way.mean[1] - shared.top_up_fast * fast
            slow += doses[day - 1] * way.mean[2] - shared.top_up_slow * slow
        had += day in doses
        rooms.append(min(max(1 - (fast + slow) / way.mean[0], 0.25), 1) / 0.75)
    return rooms


def _keep_slow(way: Setting, had: int) -> float:
    longer = 1 + shipped().shared.longer_each_sitting * max(had - 1, 0)
    return float(np.exp(-1 / (way.fade_slow_days * longer)))


def _walk(
    unknown: np.ndarray, doses: dict[int, float], rooms: list[float], way: Setting, length: int
) -> Path:
    shared, path = shipped().shared, Path()
    level, fast, slow, course, mood, wobble, mood_wobble = unknown[: len(NUMBERS)]
    shocks = unknown[len(NUMBERS) :].reshape(-1, 2)
    parts: list[list[float]] = []
    first, had = min(doses, default=length), 0
    for day in range(length):
        if day:
            wobble = wobble * np.exp(-1 / shared.wobble_days) + shocks[day - 1][0]
            mood_wobble = mood_wobble * np.exp(-1 / shared.mood_wobble_days) + shocks[day - 1][1]
            parts = [
                [f * np.exp(-1 / way.fade_fast_days), s * _keep_slow(way, had)] for f, s in parts
            ]
        if day - 1 in doses:
            parts = [[f * (1 - shared.top_up_fast), s * (1 - shared.top_up_slow)] for f, s in parts]
            parts.append(_brought(doses[day - 1], fast, slow, shocks[length - 1 + len(parts)]))
            path.lifts.append(sum(parts[-1]))
        had += day in doses
        reached = 1 - np.exp(-max(day - first, 0) / shared.course_days)
        severity = level + rooms[day] * wobble - sum(map(sum, parts)) - reached * course
        keep = np.exp(-1 / shared.recall_days) if day else 0.0
        before = path.recalled[-1] if day else 0.0
        path.severity.append(severity)
        path.recalled.append(keep * before + (1 - keep) * severity)
        path.tap.append(mood + mood_wobble - shared.mood_per_point * severity)
    if length - 1 in doses:
        parts.append(_brought(doses[length - 1], fast, slow, shocks[length - 1 + len(parts)]))
        path.lifts.append(sum(parts[-1]))
    path.left = [sum(part) for part in parts]
    return path


def _brought(dose: float, fast: float, slow: float, shock: np.ndarray) -> list[float]:
    return [dose * fast + shock[0], dose * slow + shock[1]]


def answers_of(
    series: Series, dense: Dense
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Base, loadings, noise and value of each answer, one a day of each kind: totals first, then taps."""
    first, shared = _first_day(series), shipped().shared
    base, loads, noise, seen = [], [], [], []
    for name, rows, sd in (
        ("recalled", [((c.day - first).days, c.total) for c in series.scores], shared.phq9_sd),
        ("tap", [((t.day - first).days, t.level) for t in series.taps], shared.mood_sd),
    ):
        bases, all_loads = dense.rows(name)
        for day, value in rows:
            base.append(bases[day])
            loads.append(all_loads[day])
            noise.append(sd**2)
            seen.append(value)
    return np.array(base), np.array(loads), np.array(noise), np.array(seen)


def given_all(
    series: Series, dense: Dense, base: np.ndarray, loads: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of these quantities once every answer is known."""
    own, rows, noise, seen = answers_of(series, dense)
    total = rows @ dense.cov @ rows.T + np.diag(noise)
    across = loads @ dense.cov @ rows.T
    mean = (
        base + loads @ dense.mean + across @ np.linalg.solve(total, seen - own - rows @ dense.mean)
    )
    cov = loads @ dense.cov @ loads.T - across @ np.linalg.solve(total, across.T)
    return mean, np.diag(cov)
