"""A person's days as the lift model reads them: sittings done, PHQ-9 totals, mood taps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from afterglow.core.instruments.change import Check
from afterglow.core.lift.series import Series, SittingDay, Tap
from afterglow.measures import queries as measures
from afterglow.measures.documents import Answers
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.vault.open_vault import OpenVault

INSTRUMENT = "phq-9"
# A dose far from the usual one is rather a slip of the pen than three times the medicine.
LEAST_DOSE, MOST_DOSE = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class Told:
    """The series, and how many totals of the other way of answering were left out of it.

    People answer on paper and on a screen a little differently, so the two are never mixed in one line.
    """

    series: Series
    left_out: int


def told(vault: OpenVault) -> Told:
    """Everything the model may use. Of paper and program, the one with more totals counts."""
    by_mode: dict[str, list[Check]] = defaultdict(list)
    for stored in measures.answers_of(vault, INSTRUMENT):
        if stored.document.total is not None:
            by_mode[stored.document.mode].append(_check(stored.document, stored.document.total))
    used = max(by_mode, key=lambda mode: (len(by_mode[mode]), mode == "program"), default="program")
    taps = [stored.document for stored in measures.check_ins(vault)]
    series = Series(
        sittings=_sittings(vault),
        scores=tuple(by_mode.get(used, ())),
        taps=tuple(Tap(tap.at.day, float(tap.level)) for tap in taps),
    )
    left_out = sum(len(checks) for mode, checks in by_mode.items() if mode != used)
    return Told(series, left_out)


def _check(answers: Answers, total: int) -> Check:
    return Check(answers.at.day, total)


def _sittings(vault: OpenVault) -> tuple[SittingDay, ...]:
    """One for each day; two on a day count together."""
    done = [stored.document for stored in medicine.done_sittings(vault)]
    usual = _usual_doses(done)
    doses: dict[date, float] = defaultdict(float)
    for sitting in done:
        doses[sitting.day] += _dose(sitting, usual)
    return tuple(SittingDay(day, dose) for day, dose in sorted(doses.items()))


def _usual_doses(done: list[Sitting]) -> dict[str, float]:
    """The middle dose of each route; doses of two routes are not comparable."""
    noted: dict[str, list[float]] = defaultdict(list)
    for sitting in done:
        if sitting.dose_mg:
            noted[sitting.route].append(sitting.dose_mg)
    return {route: median(doses) for route, doses in noted.items()}


def _dose(sitting: Sitting, usual: dict[str, float]) -> float:
    if not sitting.dose_mg:
        return 1.0
    return min(max(sitting.dose_mg / usual[sitting.route], LEAST_DOSE), MOST_DOSE)
