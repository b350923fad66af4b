"""Back at ten or more within 56 days, over everyone whose last score is at most eight; lift left today."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from tests.bench.lift.cohorts import Case

from afterglow.core.lift.back_at import HORIZON_DAYS, back_at_ten
from afterglow.core.lift.forecast import standing_of
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.series import not_enough
from afterglow.core.lift.steps import first_day_of
from afterglow.core.lift.summary import look_back

BINS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.01)


def report(cases: Sequence[Case], fitted: Sequence[Priors] | None = None) -> None:
    asked = [(i, c) for i, c in enumerate(cases) if c.series.scores[-1].total <= 8]
    chance, came, errors = [], [], []
    for place, case in asked:
        if not_enough(case.series, case.origin):
            continue
        priors = fitted[place] if fitted else shipped()
        back = back_at_ten(standing_of(case.series, case.origin, priors), np.random.default_rng(1))
        days = HORIZON_DAYS if case.days_until_back is None else case.days_until_back
        errors.append(abs((back.day_of(0.5) or HORIZON_DAYS) - days))
        chance.append(back.by_day[14])
        came.append(case.days_until_back is not None and days <= 14)
    p, y = np.array(chance), np.array(came)
    pairs = p[y][:, None] - p[~y]
    auc = ((pairs > 0) + 0.5 * (pairs == 0)).mean()
    print(
        f"back at ten: {len(asked)} asked, {len(p) / len(asked):.1%} answered (aim 95); mean error {np.mean(errors):.1f} days (aim 10)"
    )
    print(
        f"  14 days: AUC {auc:.3f} (aim .88), Brier {np.mean((p - y) ** 2):.3f} (aim .12); said/seen (n) "
        + _bins(p, y)
    )


def lift_left(cases: Sequence[Case]) -> None:
    """Against the simulator's truth, and the 80 % range after widening."""
    errors, plain, inside = [], [], []
    for case in cases:
        if not_enough(case.series, case.origin) or case.lift_left is None:
            continue
        standing = standing_of(case.series, case.origin, shipped())
        found = look_back(case.series, first_day_of(case.series, case.origin), standing, shipped())
        left = sum(lift.left_today.mean for lift in found.lifts)
        errors.append(left - case.lift_left)
        plain.append(case.series.scores[0].total - case.series.scores[-1].total - case.lift_left)
        inside.append(found.left_in_all.low <= case.lift_left <= found.left_in_all.high)
    rmse, naive = (float(np.sqrt(np.mean(np.square(e)))) for e in (errors, plain))
    print(
        f"{len(errors)} people: RMSE {rmse:.2f} points (before minus latest {naive:.2f}), bias {np.mean(errors):+.2f}, 80 % range covers {np.mean(inside):.0%}"
    )


def _bins(p: np.ndarray, y: np.ndarray) -> str:
    parts = []
    for low, high in pairwise(BINS):
        here = (p >= low) & (p < high)
        if here.any():
            parts.append(f"{p[here].mean():.2f}/{y[here].mean():.2f} ({here.sum()})")
    return ", ".join(parts)
