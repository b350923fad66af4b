"""The project's own simulator: the same seed gives the same people, near the published figures."""

import numpy as np
import pytest
from tools.lift.simulate import days_until_back, lived, people
from tools.lift.worlds import COMMUNITY, WASHED_OUT, WORLDS, World

from afterglow.core.lift.series import not_enough


def test_the_same_seed_gives_the_same_people() -> None:
    one, two = ([person.series for person in people(6, seed=5)] for _ in range(2))
    assert one == two


def test_nobody_is_seen_after_their_today() -> None:
    for person in people(20, seed=6):
        assert person.series.until(person.origin) == person.series
        assert not_enough(person.series, person.origin) is None or len(person.series.scores) < 15


def responds(world: World, sittings: range, on_days: list[int], people: int = 300):
    """Whether severity is at most half of that before, (person, day)."""
    rng = np.random.default_rng(1)
    halved = []
    for _ in range(people):
        severity, _ = lived(rng, world, max(on_days) + 1, dict.fromkeys(sittings, 1.0))
        halved.append(severity[on_days] <= severity[:10].mean() / 2)
    return np.array(halved)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_about_half_respond_on_the_day_after_one_sitting(world: World) -> None:
    assert 0.45 < responds(world, range(9, 10), [10]).mean() < 0.70


@pytest.mark.parametrize("world", [WASHED_OUT, COMMUNITY], ids=lambda world: world.name)
def test_a_series_brings_more_people_to_respond_than_one_sitting(world: World) -> None:
    one, six = responds(world, range(9, 10), [10]), responds(world, range(10, 22, 2), [21])
    assert six.mean() > one.mean() + 0.1


@pytest.mark.parametrize(
    ("world", "least", "most"),
    # McInnes 2022: 80 % of responders are well four weeks later. Murrough 2013: half are back after 18 days.
    [(COMMUNITY, 0.7, 0.9), (WASHED_OUT, 0.25, 0.55)],
    ids=["community", "washed out"],
)
def test_as_many_responders_stay_well_for_four_weeks_as_was_published(world, least, most) -> None:
    after, later = responds(world, range(10, 22, 2), [21, 49]).T
    assert least < later[after].mean() < most


def test_back_at_ten_needs_three_days_in_a_row() -> None:
    severity = np.full(70, 5.0)
    assert days_until_back(severity, 5) is None
    severity[10:12] = 12
    assert days_until_back(severity, 5) is None
    severity[20:23] = 10
    assert days_until_back(severity, 5) == 17
