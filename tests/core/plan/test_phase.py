"""Where a day is between two sittings."""

from datetime import date, timedelta

import pytest

from afterglow.core.plan.phase import place_of

DAY = date(2026, 5, 10)


@pytest.mark.parametrize(
    ("since", "phase"),
    [
        (0, "rest"),
        (1, "dense"),
        (4, "dense"),
        (5, "daily"),
        (14, "daily"),
        (15, "weekly"),
        (30, "weekly"),
        (31, "monthly"),
        (90, "monthly"),
        (91, "quiet"),
    ],
)
def test_phases_change_on_their_days(since, phase):
    assert place_of(DAY, last=DAY - timedelta(days=since), following=None).phase == phase


def test_before_the_first_sitting_it_prepares():
    assert place_of(DAY, last=None, following=DAY + timedelta(days=2)).phase == "prepare"


def test_the_day_of_a_sitting_rests_even_when_the_next_is_near():
    assert place_of(DAY, last=DAY, following=DAY + timedelta(days=1)).phase == "rest"


def test_in_the_first_two_days_only_telling_is_asked():
    assert place_of(DAY, last=DAY - timedelta(days=1), following=None).stages == ("narrate",)


def test_without_any_sitting_it_is_a_quiet_journal():
    assert place_of(DAY, last=None, following=None).phase == "quiet"
