"""Real series, rescaled to 0…27: one man for 239 days, a trial of an antidepressant, weekly therapy."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from tests.bench.lift.forecasts import _normal, crps

from afterglow.core.instruments.change import Check
from afterglow.core.lift.forecast import Mixture, forecast, standing_of
from afterglow.core.lift.learn import learn
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.series import Series, Tap

START = date(2025, 1, 6)
FOLDS = 2


def report(folder: Path) -> None:
    if not (folder / "kossakowski.csv").exists():
        print(f"There are no real series in {folder}; nothing is measured.")
        return
    _kossakowski(folder / "kossakowski.csv")
    _cohort("HAMD-17 of a trial", _hamd(folder / "rbmi_hamd.csv"))
    _cohort("weekly BDI", _bdi(folder / "suddengains_bdi.csv"))


def _kossakowski(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    days = [datetime.strptime(row["date"], "%d/%m/%y").date() for row in rows]
    scores = {
        day: float(row["dep"]) * 27 / 4
        for day, row in zip(days, rows, strict=True)
        if row["dep"] not in ("NA", "")
    }
    taps = tuple(
        Tap(day, _level(row))
        for day, row in zip(days, rows, strict=True)
        if row["mood_satisfi"] not in ("NA", "")
    )
    checks = tuple(Check(day, round(total)) for day, total in sorted(scores.items()))
    for low, high in ((5, 9), (12, 16)):
        pairs = [
            (checks[: i + 1], checks[j])
            for i in range(8, len(checks))
            for j in range(i + 1, len(checks))
            if low <= (checks[j].day - checks[i].day).days <= high
        ]
        last = _normal(
            np.array([seen[-1].total for seen, _ in pairs]), [came.total for _, came in pairs]
        )
        for name, used in (("with taps", taps), ("without", ())):
            ours, missed = [], []
            for seen, came in pairs:
                ahead = (came.day - seen[-1].day).days
                mixture = forecast(
                    standing_of(Series((), seen, used), seen[-1].day, shipped()), ahead
                )[-1]
                ours.append(crps(mixture.at_most(), came.total))
                least, most = mixture.quantile(0.1), mixture.quantile(0.9)
                if not round(least) <= came.total <= round(most):
                    missed.append(
                        f"{came.day:%d %b} {seen[-1].total:.0f} then {came.total:.0f} ({least:.0f}-{most:.0f})"
                    )
            print(
                f"Kossakowski {low}-{high} days ahead, {name}, n={len(pairs)}: CRPS {np.mean(ours):.2f}, last value {last:.2f}"
            )
            print("  not foreseen, outside the 80 % range: " + ("; ".join(missed) or "nothing"))


def _level(row: dict[str, str]) -> float:
    return float(np.clip((float(row["mood_satisfi"]) - 1) * 10 / 6, 0, 10))


def _hamd(path: Path) -> list[Series]:
    people: dict[str, dict[date, float]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people[row["PATIENT"]][START] = float(row["BASVAL"]) * 27 / 52
            if row["HAMDTL17"] not in ("NA", ""):
                people[row["PATIENT"]][START + timedelta(days=int(float(row["RELDAYS"])))] = (
                    float(row["HAMDTL17"]) * 27 / 52
                )
    return [_series(days) for days in people.values()]


def _bdi(path: Path) -> list[Series]:
    people = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            weeks = {START + timedelta(days=7 * w): row[f"bdi_s{w}"] for w in range(13)}
            people.append(
                _series({d: float(v) * 27 / 63 for d, v in weeks.items() if v not in ("NA", "")})
            )
    return people


def _series(days: dict[date, float]) -> Series:
    return Series(
        (), tuple(Check(d, round(v)) for d, v in sorted(days.items())), course_began=START
    )


def _cohort(name: str, people: list[Series]) -> None:
    """Priors learned on the other half; the last value has a fitted spread."""
    whole = [(series, series.scores[-1].day) for series in people]
    halves = [
        learn(whole[1 - half :: FOLDS], shipped(), source="other half", rounds=12)
        for half in range(FOLDS)
    ]
    found, last, came = [], [], []
    for place, series in enumerate(people):
        for seen, score, ahead in _asked(series):
            found.append(_mixture(seen, ahead, halves[place % FOLDS]))
            last.append(seen.scores[-1].total)
            came.append(score)
    ours = np.mean([crps(m.at_most(), y) for m, y in zip(found, came, strict=True)])
    print(
        f"{name}, 7-14 days ahead, n={len(came)}: CRPS {ours:.3f}, last value {_normal(np.array(last), came):.3f}"
    )


def _asked(series: Series) -> list[tuple[Series, float, int]]:
    asked = []
    for i in range(2, len(series.scores)):
        for later in series.scores[i + 1 :]:
            ahead = (later.day - series.scores[i].day).days
            if 5 <= ahead <= 16:
                asked.append(
                    (Series((), series.scores[: i + 1], course_began=START), later.total, ahead)
                )
    return asked


def _mixture(seen: Series, ahead: int, priors: Priors) -> Mixture:
    return forecast(standing_of(seen, seen.scores[-1].day, priors), ahead)[-1]
