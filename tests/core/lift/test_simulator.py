"""The project's own simulator: the same seed gives the same people, near the published figures."""

import numpy as np
from tools.lift.simulate import days_until_back, lived, people
from tools.lift.worlds import COMMUNITY, WASHED_OUT

from afterglow.core.lift.series import not_enough


def test_the_same_seed_gives_the_same_people() -> None:
    one, two = ([person.series for person in people(6, seed=5)] for _ in range(2))
    assert one == two


def test_nobody_is_seen_after_their_today() -> None:
    for person in people(20, seed=6):
        assert person.series.until(person.origin) == person.series
        assert not_enough(person.series, person.origin) is None or len(person.series.scores) < 15


def test_about_half_respond_on_the_day_after_one_sitting() -> None:
    for world in (WASHED_OUT, COMMUNITY):
        rng = np.random.default_rng(1)
        halved = []
        for _ in range(300):
            severity, _ = lived(rng, world, 12, {9: 1.0})
            halved.append(severity[10] <= severity[:10].mean() / 2)
        assert 0.45 < np.mean(halved) < 0.70


def test_back_at_ten_needs_three_days_in_a_row() -> None:
    severity = np.full(70, 5.0)
    assert days_until_back(severity, 5) is None
    severity[10:12] = 12
    assert days_until_back(severity, 5) is None
    severity[20:23] = 10
    assert days_until_back(severity, 5) == 17
