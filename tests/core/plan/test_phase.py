"""Where a day is between two sittings, and how much it may offer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.days import day_of
from afterglow.core.plan.phase import MOST_THINGS, place_of

DAY = date(2026, 5, 10)


def ago(days):
    return DAY - timedelta(days=days)


def ahead(days):
    return DAY + timedelta(days=days)


def after(days, **fields):
    return place_of(DAY, done=[ago(days)], **fields)


@pytest.mark.parametrize(
    ("since", "phase", "most", "stages"),
    [
        (0, "rest", 0, ()),
        (1, "dense", 3, ("narrate",)),
        (2, "dense", 3, ("narrate",)),
        (3, "dense", 3, ("notice",)),
        (4, "dense", 3, ("notice",)),
        (5, "daily", 2, ("notice", "matters")),
        (9, "daily", 2, ("notice", "matters")),
        (10, "daily", 2, ("matters", "act")),
        (14, "daily", 2, ("matters", "act")),
        (15, "weekly", 2, ("matters", "act", "look-back")),
        (30, "weekly", 2, ("matters", "act", "look-back")),
        (31, "monthly", 1, ("look-back", "matters")),
        (90, "monthly", 1, ("look-back", "matters")),
        (91, "quiet", 1, ("look-back", "notice")),
    ],
)
def test_phases_change_on_their_days(since, phase, most, stages):
    place = after(since)
    assert (place.phase, place.most_things, place.stages) == (phase, most, stages)


@pytest.mark.parametrize(
    ("done", "planned", "phase"),
    [
        ([], [2], "prepare"),  # the first one is near
        ([], [14], "prepare"),
        ([], [15], "quiet"),
        ([], [0], "prepare"),  # its own day, before it
        ([0], [1], "rest"),  # the day of a sitting rests, whatever is planned
        ([20], [3], "prepare"),
        ([20], [4], "weekly"),
        ([3], [4], "series"),  # seven days from one to the next
        ([3], [5], "dense"),  # eight: each stands alone
        ([1], [2], "series"),
        ([2], [1], "prepare"),  # the evening before, in a series
        ([1], [1], "series"),  # yesterday's is still fresh
        ([1], [0], "prepare"),
    ],
)
def test_between_sittings(done, planned, phase):
    place = place_of(DAY, done=[ago(n) for n in done], planned=[ahead(n) for n in planned])
    assert place.phase == phase


def test_without_any_sitting_it_is_a_quiet_journal():
    assert place_of(DAY, done=[]).phase == "quiet"


def test_a_new_sitting_restarts_the_rhythm():
    assert place_of(DAY, done=[ago(40), ago(3)]) == place_of(DAY, done=[ago(3)])


def test_sittings_in_a_week_are_one_series_with_one_rhythm():
    place = place_of(DAY, done=[ago(20), ago(8), ago(5), ago(1)], planned=[ahead(2)])
    assert (place.phase, place.days_since, place.series_number) == ("series", 1, 3)


def test_two_sittings_on_one_day_count_once():
    assert place_of(DAY, done=[ago(3), ago(3)]).series_number == 0


def test_a_series_narrates_first_after_each_sitting():
    place = place_of(DAY, done=[ago(5), ago(1)], planned=[ahead(3)])
    assert place.stages == ("narrate",)
    assert place.question_phases == {"series", "dense"}


@pytest.mark.parametrize(
    ("since", "every", "begins"),
    [
        (4, "day", 4),
        (15, "week", 15),
        (21, "week", 15),
        (22, "week", 22),
        (29, "week", 29),
        (31, "month", 31),
        (60, "month", 31),
        (61, "month", 61),
        (91, "month", 91),
    ],
)
def test_a_question_holds_for_its_day_its_week_or_its_month(since, every, begins):
    place = after(since)
    assert place.asks_every == every
    assert (place.asks_since - ago(since)).days == begins


def test_without_a_sitting_a_stretch_of_days_still_begins_somewhere():
    place = place_of(DAY, done=[])
    assert 0 <= (DAY - place.asks_since).days < 30
    assert 0 <= (DAY - place.offers_since).days < 7


def test_a_sitting_planned_for_a_day_that_has_passed_prepares_for_nothing():
    assert place_of(DAY, done=[], planned=[ago(2)]).phase == "quiet"


@given(
    done=st.lists(st.integers(0, 200), max_size=8),
    planned=st.lists(st.integers(0, 60), max_size=4),
)
def test_every_day_has_a_place_whatever_the_order_of_the_sittings(done, planned):
    place = place_of(DAY, done=[ago(n) for n in done], planned=[ahead(n) for n in planned])
    turned = place_of(DAY, done=[ago(n) for n in done[::-1]], planned=[ahead(n) for n in planned])
    assert place == turned
    assert place.phase in MOST_THINGS
    assert place.asks_since <= DAY
    assert (place.phase == "rest") == (0 in done)


@pytest.mark.parametrize(
    ("clock", "zone", "days"),
    [
        (
            "2026-03-29T03:59",
            "Europe/Berlin",
            0,
        ),  # the night of a sitting on the 28th, clocks go on
        ("2026-03-29T04:00", "Europe/Berlin", 1),
        ("2026-10-25T03:59", "Europe/Berlin", 210),  # clocks go back
        ("2026-10-25T04:00", "Europe/Berlin", 211),
        ("2026-03-29T23:30", "Pacific/Auckland", 1),  # far from home the day is the one lived there
        ("2026-03-28T23:30", "America/Los_Angeles", 0),
    ],
)
def test_the_day_turns_at_four_where_the_person_is(clock, zone, days):
    sitting = date(2026, 3, 28)

    at = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
    assert place_of(day_of(at, zone), done=[sitting]).days_since == days


def test_a_sitting_before_a_flight_to_the_west_was_today():
    assert place_of(DAY, done=[ahead(1)]).phase == "rest"
    assert place_of(DAY, done=[ahead(2)]).phase == "quiet"


def test_before_any_sitting_no_question_looks_back() -> None:
    assert place_of(DAY, done=[]).stages == ("notice",)
