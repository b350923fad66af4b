"""What the command line asks of the lift model: people in, findings out, and priors learned from people."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from afterglow.core.bad_input import BadInput
from afterglow.core.instruments.change import baseline_of, is_remission, outcome_of
from afterglow.core.lift.back_at import BackAt, back_at_ten
from afterglow.core.lift.forecast import LEVELS, Mixture, Standing, forecast, standing_of
from afterglow.core.lift.learn import LEAST_PEOPLE, learn
from afterglow.core.lift.priors import Priors, shipped, to_toml
from afterglow.core.lift.reading import PersonLine, people_of
from afterglow.core.lift.series import NotEnough, not_enough
from afterglow.core.lift.steps import first_day_of
from afterglow.core.lift.summary import Looking, Span, look_back

SEED: Final = 20260101
_REASONS: Final = {
    "no_sitting": "not enough yet: no sitting is noted",
    "few_scores": "not enough yet: {have} scores since the first sitting; {need} are needed",
    "gap": "nothing is said through a gap: {have} days without an answer; at most {need}",
}


def run_lift(
    lines: Iterable[str], *, source: str, priors: Priors | None = None
) -> Iterator[dict[str, Any]]:
    """One finding per person. Raises BadInput at the first line that cannot be read."""
    chosen = shipped() if priors is None else priors
    for person in people_of(lines, source=source):
        yield finding_of(person, chosen)


def run_priors(lines: Iterable[str], *, source: str) -> str:
    """A cohort's own priors as TOML for `--priors`. Raises BadInput, also for fewer than 20 people."""
    people = [(person.series, person.origin) for person in people_of(lines, source=source)]
    told = [person for person in people if person[0].scores]
    if len(told) < LEAST_PEOPLE:
        why = f"{LEAST_PEOPLE} people with a score are needed, {len(told)} are there"
        raise BadInput(source, None, None, why)
    return to_toml(learn(told, shipped(), source=f"learned from {len(told)} people of {source}"))


def finding_of(person: PersonLine, priors: Priors) -> dict[str, Any]:
    """The same person gives the same finding: the paths are drawn from a fixed seed."""
    series, first = person.series, person.series.first_sitting
    baseline = baseline_of(series.scores, first) if first else None
    outcome = outcome_of(series.scores, first, baseline) if first and baseline else None
    reason = not_enough(series, person.origin)
    since = series.scores_since_first_sitting()
    finding: dict[str, Any] = {
        "person": person.person,
        "baseline": {"mean": _rounded(baseline.mean), "n": baseline.n} if baseline else None,
        "change": None,
        "response": outcome.response if outcome else None,
        "remission": is_remission(since[-1].total) if since else None,
        "reliable_change": outcome.reliable if outcome else None,
        "sittings": [],
        "forecast": None,
        "back_at_10": None,
        "not_enough": reason_in_words(reason) if reason else None,
    }
    if reason is None:
        standing = standing_of(series, person.origin, priors)
        looking = look_back(series, first_day_of(series, person.origin), standing, priors)
        finding |= _looking(looking) | _ahead(standing)
    return finding


def reason_in_words(reason: NotEnough) -> str:
    return _REASONS[reason.key].format(have=reason.have, need=reason.need)


def _looking(looking: Looking) -> dict[str, Any]:
    return {
        "change": _span(looking.change) if looking.change else None,
        "sittings": [
            {
                "date": lift.day.isoformat(),
                "lift": _span(lift.lift),
                "left_today": _span(lift.left_today),
            }
            for lift in looking.lifts
        ],
    }


def _ahead(standing: Standing) -> dict[str, Any]:
    ahead = forecast(standing)
    return {
        "forecast": {"7": _mixture(ahead[6]), "14": _mixture(ahead[13])},
        "back_at_10": _back(back_at_ten(standing, np.random.default_rng(SEED))),
    }


def _mixture(mixture: Mixture) -> dict[str, Any]:
    return {
        "mean": _rounded(mixture.expected()),
        "quantiles": {f"{level:g}": _rounded(mixture.quantile(level)) for level in LEVELS},
    }


def _back(back: BackAt) -> dict[str, Any]:
    within = {f"within_{day}": _rounded(back.by_day[day]) for day in (7, 14, 28)}
    return within | {"days": {f"{chance:g}": back.day_of(chance) for chance in (0.1, 0.5, 0.9)}}


def _span(span: Span) -> dict[str, float]:
    return {"mean": _rounded(span.mean), "low": _rounded(span.low), "high": _rounded(span.high)}


def _rounded(value: float) -> float:
    return round(value, 3)
