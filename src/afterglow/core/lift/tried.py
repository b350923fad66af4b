"""How earlier looks ahead would have fared on the person's own scores: the honest side of a forecast."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from afterglow.core.instruments.change import Check
from afterglow.core.lift.forecast import forecast, standing_of
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.series import Series, not_enough

AHEAD_DAYS: Final = 7
LEAST_TRIES: Final = 4
MOST_TRIES: Final = 8


@dataclass(frozen=True)
class Tried:
    """Of `of` recent scores, `inside` lay in the 80 % range that would have been given a week before."""

    inside: int
    of: int


def tried(person: Series, *, today: date, priors: Priors | None = None) -> Tried | None:
    """None with fewer than four that can be tried. Each look uses only what was known a week before.

    Scores with a sitting in the week before them are left out, since a look ahead counts in no sitting.
    """
    known, chosen = person.until(today), priors or shipped()
    fair = [check for check in known.scores if _is_fair(known, check)]
    if len(fair) < LEAST_TRIES:
        return None
    recent = fair[-MOST_TRIES:]
    return Tried(sum(_is_inside(known, check, chosen) for check in recent), len(recent))


def _is_fair(known: Series, check: Check) -> bool:
    before = check.day - timedelta(days=AHEAD_DAYS)
    between = any(before < sitting.day < check.day for sitting in known.sittings)
    return not between and not_enough(known.until(before), before) is None


def _is_inside(known: Series, check: Check, priors: Priors) -> bool:
    standing = standing_of(known, check.day - timedelta(days=AHEAD_DAYS), priors)
    coming = forecast(standing, AHEAD_DAYS)[-1]
    return coming.quantile(0.1) <= check.total <= coming.quantile(0.9)
