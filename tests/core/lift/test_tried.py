"""How earlier looks ahead would have fared: only what was known then, and silence with too few."""

from datetime import date, timedelta

import numpy as np
from tools.lift.simulate import people

from afterglow.core.instruments.change import Check
from afterglow.core.lift.series import Series, SittingDay
from afterglow.core.lift.tried import MOST_TRIES, tried

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def weekly(totals, sittings=(6,)) -> Series:
    scores = tuple(Check(on(7 * n), total) for n, total in enumerate(totals))
    return Series(tuple(SittingDay(on(day)) for day in sittings), scores)


def test_steady_scores_lie_inside_the_ranges_given_a_week_before() -> None:
    found = tried(weekly([16] + [9] * 12), today=on(90))
    assert found is not None
    assert (found.inside, found.of) == (MOST_TRIES, MOST_TRIES)


def test_a_leap_that_nobody_could_see_counts_as_outside() -> None:
    found = tried(weekly([16] + [5] * 11 + [26]), today=on(90))
    assert found is not None
    assert found.inside == found.of - 1


def test_too_few_scores_give_no_tally() -> None:
    assert tried(weekly([16, 9, 9, 9, 9, 9]), today=on(40)) is None
    assert tried(Series((), ()), today=on(40)) is None


def test_scores_with_a_sitting_in_the_week_before_are_left_out() -> None:
    without = tried(weekly([16] + [9] * 9), today=on(65))
    assert without is not None
    withit = tried(weekly([16] + [9] * 9, sittings=(6, 60)), today=on(65))
    assert withit is not None
    assert withit.of == without.of - 1


def test_over_many_people_about_eight_in_ten_lie_inside() -> None:
    found = [tried(p.series, today=p.origin) for p in people(60, seed=5)]
    inside = np.sum([[f.inside, f.of] for f in found if f], axis=0)
    assert inside[1] > 100
    assert 0.7 < inside[0] / inside[1] < 0.92
