"""Forecasts of 7 and 14 days: CRPS against baselines, coverage of the 50, 80 and 95 % ranges."""

from collections.abc import Sequence

import numpy as np
from tests.bench.lift.baselines import UNTRAINED, ridge
from tests.bench.lift.cohorts import Case

from afterglow.core.lift.forecast import Mixture, forecast, normal_cdf, standing_of
from afterglow.core.lift.priors import Priors, shipped

HORIZONS = (7, 14)
SHARES = (0.5, 0.8, 0.95)


def report(cases: Sequence[Case], fitted: Sequence[Priors] | None = None) -> None:
    found = mixtures(cases, fitted)
    for days in HORIZONS:
        came = [case.score_in[days] for case in cases]
        ours = float(
            np.mean([crps(m.at_most(), y) for m, y in zip(found[days], came, strict=True)])
        )
        print(
            f"{days} days, {len(cases)} people: CRPS {ours:.3f}, coverage {_coverage(found[days], came)}"
        )
        plain = {
            name: _normal(np.array([f(c) for c in cases]), came) for name, f in UNTRAINED.items()
        }
        best = min(plain.values())
        trained = _normal(ridge(cases, days), came)
        print(
            "  "
            + ", ".join(f"{name} {value:.3f}" for name, value in plain.items())
            + f", ridge {trained:.3f}"
        )
        print(
            f"  below the best untrained by {1 - ours / best:.1%} (aim 15), below ridge by {1 - ours / trained:.1%} (aim 5)"
        )


def coverage_only(cases: Sequence[Case]) -> None:
    found = mixtures(cases, None)
    for days in HORIZONS:
        print(
            f"{days} days: coverage {_coverage(found[days], [c.score_in[days] for c in cases])} (aim 80 %: at least 75)"
        )


def mixtures(cases: Sequence[Case], fitted: Sequence[Priors] | None) -> dict[int, list[Mixture]]:
    found: dict[int, list[Mixture]] = {days: [] for days in HORIZONS}
    for place, case in enumerate(cases):
        priors = fitted[place] if fitted else shipped()
        ahead = forecast(standing_of(case.series, case.origin, priors))
        for days in HORIZONS:
            found[days].append(ahead[days - 1])
    return found


def crps(at_most: np.ndarray, came: float) -> float:
    """Of a forecast on whole scores 0…27."""
    return float(((at_most - (np.arange(28) >= came)) ** 2).sum())


def _normal(point: np.ndarray, came: Sequence[float]) -> float:
    """CRPS of a point forecast with the spread of its own errors, rounded and cut to the scale."""
    sd = np.sqrt(np.mean((np.array(came) - point) ** 2))
    edges = np.arange(28) + 0.5
    table = normal_cdf((edges - point[:, None]) / sd)
    table[:, -1] = 1
    return float(np.mean([crps(row, y) for row, y in zip(table, came, strict=True)]))


def _coverage(found: Sequence[Mixture], came: Sequence[float]) -> str:
    """By randomised PIT, exact for whole numbers; then with plain inclusive ranges."""
    rng = np.random.default_rng(1)
    pit = []
    for mixture, y in zip(found, came, strict=True):
        table = np.concatenate([[0.0], mixture.at_most()])
        pit.append(rng.uniform(table[int(y)], table[int(y) + 1]))
    inside = [np.mean(np.abs(np.array(pit) - 0.5) <= share / 2) for share in SHARES]
    plain = [
        np.mean(
            [
                m.quantile((1 - s) / 2) <= y <= m.quantile((1 + s) / 2)
                for m, y in zip(found, came, strict=True)
            ]
        )
        for s in SHARES
    ]
    return (
        "/".join(f"{x:.1%}" for x in inside)
        + " (plain "
        + "/".join(f"{x:.1%}" for x in plain)
        + ")"
    )
