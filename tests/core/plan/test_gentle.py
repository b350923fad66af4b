"""Small rules of kindness: stale goals, flat days, gaps, quiet hours, check-ins with oneself, programmes."""

from datetime import date, timedelta

import pytest

from afterglow.core.content.library import own_checks, programmes
from afterglow.core.plan.gentle import in_quiet_hours, is_back, is_stale, may_offer_why
from afterglow.core.plan.phase import place_of
from afterglow.core.plan.points import POINTS, point_due
from afterglow.core.plan.programme import (
    day_of,
    first_day,
    is_over,
    next_part,
    part_of,
    suggested,
)

DAY = date(2026, 5, 14)
KNOWN = {programme.id: programme for programme in programmes()}


def ago(days):
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("newest", "repeats", "dated", "stale"),
    [
        (9, False, True, False),
        (10, False, True, True),
        (20, True, True, False),
        (21, True, False, True),
        (44, False, False, False),
        (45, False, False, True),
    ],
)
def test_a_goal_lies_still_after_a_while(newest, repeats, dated, stale):
    assert is_stale(DAY, newest=ago(newest), repeats=repeats, dated=dated) == stale


def test_a_goal_that_was_kept_is_not_asked_about_for_three_weeks():
    lain = {"newest": ago(60), "repeats": True, "dated": False}
    assert not is_stale(DAY, kept_on=ago(20), **lain)
    assert is_stale(DAY, kept_on=ago(21), **lain)


def levels(*taps):
    return {ago(back): level for back, level in enumerate(taps) if level}


@pytest.mark.parametrize(
    ("taps", "last", "offered"),
    [
        ((5, 3, 5), None, True),
        ((5, 3, 7), None, False),  # not all flat
        ((5, 3), None, False),  # too few to say
        ((1, 3, 3), None, False),  # never on a very low day
        ((3, 1, 3), None, True),
        ((0, 3, 3, 5), None, True),  # nothing tapped yet today
        ((5, 3, 5), 6, False),  # at most once a week
        ((5, 3, 5), 7, True),
        ((5, 3, 5), 0, True),  # today's offer stays for today
        ((0, 0, 0, 0, 0, 0, 0, 3, 3, 3), None, False),  # long ago
    ],
)
def test_why_you_began_is_offered_after_flat_days(taps, last, offered):
    before = None if last is None else ago(last)
    assert may_offer_why(DAY, levels(*taps), before) == offered


@pytest.mark.parametrize(("back", "welcome"), [([6], False), ([7], True), ([0, 30], True)])
def test_a_week_away_is_a_welcome(back, welcome):
    assert is_back(DAY, [ago(days) for days in back]) == welcome


def test_a_first_day_is_no_return():
    assert not is_back(DAY, [])
    assert not is_back(DAY, [DAY])


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("02:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_go_past_midnight(clock, quiet):
    assert in_quiet_hours(clock, "22:00", "07:00") == quiet


def test_quiet_hours_within_a_day_and_none():
    assert in_quiet_hours("13:30", "13:00", "15:00")
    assert not in_quiet_hours("15:00", "13:00", "15:00")
    assert not in_quiet_hours("13:30", "", "15:00")
    assert not in_quiet_hours("13:30", "13:00", "13:00")


@pytest.mark.parametrize(
    ("since", "point"),
    [
        (0, None),
        (1, "24h"),
        (2, "24h"),
        (3, "72h"),
        (7, "1w"),
        (14, "2w"),
        (30, "1m"),
        (61, None),
        (90, "3m"),
        (121, None),
        (None, None),
    ],
)
def test_check_ins_with_oneself_come_at_their_times(since, point):
    assert point_due(since) == point


def test_a_check_in_that_was_said_or_went_by_is_not_asked_again():
    assert point_due(8, said={"1w"}) is None
    assert point_due(8, said={"24h"}) == "1w"


def test_in_a_series_only_the_first_check_in_is_asked():
    assert point_due(1, in_series=True) == "24h"
    assert point_due(3, in_series=True) is None


def test_every_point_has_its_questions():
    assert [check.id for check in own_checks()] == [point for point, _, _ in POINTS]
    assert all(1 <= len(check.questions) <= 2 for check in own_checks())


def stand(name, since=None, until=None, *, joined=0, at_day=0, paused=None):
    done = [] if since is None else [ago(since)]
    planned = [] if until is None else [DAY + timedelta(days=until)]
    place = place_of(DAY, done=done, planned=planned)
    paused_on = None if paused is None else ago(paused)
    return day_of(KNOWN[name], place, since=ago(joined), at_day=at_day, paused_on=paused_on)


@pytest.mark.parametrize(
    ("name", "since", "until", "day"),
    [
        ("first-fortnight", 6, None, 6),
        ("first-fortnight", 40, None, 0),  # long ago: it begins at its beginning
        ("first-fortnight", None, None, 0),
        ("keeping-it", 20, None, 20),
        ("before-a-booster", 40, 7, 1),
        ("before-a-booster", 40, 1, 7),
        ("three-months-on", 95, None, 1),
    ],
)
def test_a_programme_is_joined_where_the_person_is(name, since, until, day):
    done = [] if since is None else [ago(since)]
    planned = [] if until is None else [DAY + timedelta(days=until)]
    assert first_day(KNOWN[name], place_of(DAY, done=done, planned=planned)) == day


def test_the_days_of_a_programme_go_on_and_stand_still_in_a_pause():
    assert stand("three-months-on", joined=3, at_day=2) == 5
    assert stand("three-months-on", joined=9, at_day=2, paused=8) == 3


def test_a_new_sitting_begins_the_programme_between_sittings_again():
    assert stand("between-sittings", since=1, joined=5, at_day=2) == 1
    assert stand("between-sittings", since=9, joined=5, at_day=2) == 7
    assert stand("three-months-on", since=1, joined=5, at_day=2) == 7


def test_a_day_without_a_part_points_to_the_next():
    keeping = KNOWN["keeping-it"]
    assert part_of(keeping, 16) is None
    assert next_part(keeping, 16).day == 18
    assert not is_over(keeping, 90)
    assert is_over(keeping, 91)


@pytest.mark.parametrize("programme", KNOWN.values(), ids=KNOWN)
def test_every_day_of_every_programme_can_be_joined_and_offers_something(programme):
    days = [part.day for part in programme.days]
    assert days == sorted(set(days))
    assert all(part.note and (part.question or part.practice) for part in programme.days)


@pytest.mark.parametrize(
    ("done", "planned", "name"),
    [
        ([1], [], "first-fortnight"),
        ([4], [], ""),
        ([1, 40], [], ""),  # not the first sitting
        ([1, 4], [3], "between-sittings"),
        ([16], [], "keeping-it"),
        ([40], [6], "before-a-booster"),
        ([5], [6], ""),
        ([92], [], "three-months-on"),
        ([200], [], ""),
        ([], [], ""),
    ],
)
def test_a_programme_is_named_when_it_fits(done, planned, name):
    place = place_of(
        DAY, done=[ago(n) for n in done], planned=[DAY + timedelta(days=n) for n in planned]
    )
    assert suggested(place, sittings=len(done)) == name
    assert not name or name in KNOWN
