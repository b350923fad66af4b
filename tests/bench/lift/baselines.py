"""Plain forecasters to beat; each gets a fitted spread, the untrained ones no bias correction."""

from collections.abc import Callable, Sequence

import numpy as np
from tests.bench.lift.cohorts import Case

Point = Callable[[Case], float]


def last_value(case: Case) -> float:
    return case.series.scores[-1].total


def own_mean(case: Case) -> float:
    since = case.series.scores_since_first_sitting() or case.series.scores
    return float(np.mean([score.total for score in since]))


def smoothing(case: Case) -> float:
    """Simple exponential smoothing with a weight of 0.4."""
    level = case.series.scores[0].total
    for score in case.series.scores[1:]:
        level += 0.4 * (score.total - level)
    return level


UNTRAINED: dict[str, Point] = {
    "last value": last_value,
    "own mean": own_mean,
    "smoothing": smoothing,
}


def features(case: Case) -> list[float]:
    """Thirteen: recent scores and taps, baseline, sittings, and times since."""
    scores = [score.total for score in case.series.scores]
    taps = [tap.level for tap in case.series.taps] or [5.0]
    first, last = case.series.sittings[0].day, case.series.sittings[-1].day
    since_last = (case.origin - last).days
    return [
        scores[-1],
        scores[-2] if len(scores) > 1 else scores[-1],
        float(np.mean(scores[-3:])),
        float(np.mean(scores)),
        min(scores),
        scores[0],
        smoothing(case),
        float(np.mean(taps[-7:])),
        float(np.mean(taps)),
        float(len(case.series.sittings)),
        float(np.exp(-since_last / 7)),
        float(np.exp(-since_last / 30)),
        (case.origin - first).days / 30,
    ]


def ridge(cases: Sequence[Case], days: int, *, folds: int = 5, penalty: float = 3.0) -> np.ndarray:
    """Forecast of each case by a ridge trained on the other folds."""
    x = np.array([features(case) for case in cases])
    y = np.array([case.score_in[days] for case in cases])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    forecast = np.empty(len(y))
    for fold in range(folds):
        out = np.arange(len(y)) % folds == fold
        mean = y[~out].mean()
        gram = x[~out].T @ x[~out] + penalty * np.eye(x.shape[1])
        forecast[out] = mean + x[out] @ np.linalg.solve(gram, x[~out].T @ (y[~out] - mean))
    return forecast
