"""The days of check-ins with a care partner."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.plan.check_ins import CheckInDay, check_in_days, gone_by, next_due, open_on
from afterglow.core.plan.points import POINTS

DAY = date(2026, 5, 1)
ALL = tuple(point for point, _, _ in POINTS)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def after(days):
    return DAY + timedelta(days=days)


def test_the_points_after_a_sitting_are_the_ones_of_a_check_in_with_oneself():
    found = check_in_days(points=ALL, sittings=[DAY], since=DAY)
    assert [day.point for day in found] == list(ALL)
    assert (found[0].opens, found[0].closes) == (after(1), after(2))


def test_only_the_agreed_points_count():
    found = check_in_days(points={"1w"}, sittings=[DAY], since=DAY)
    assert [(day.point, day.opens) for day in found] == [("1w", after(7))]


def test_the_next_sitting_restarts_them():
    found = check_in_days(points=ALL, sittings=[DAY, after(4)], since=DAY)
    assert [day.id for day in found[:3]] == [
        f"24h.{after(1)}",
        f"72h.{after(3)}",
        f"24h.{after(5)}",
    ]
    assert found[1].closes == after(3)


def test_days_before_the_agreement_are_nobodys():
    found = check_in_days(points=ALL, sittings=[DAY], own_days=[DAY, after(9)], since=after(8))
    assert [day.id for day in found] == [
        f"own.{after(9)}",
        f"2w.{after(14)}",
        f"1m.{after(30)}",
        f"3m.{after(90)}",
    ]


def test_one_is_open_until_it_closes_or_was_answered():
    days = check_in_days(points=ALL, sittings=[DAY], since=DAY)
    assert open_on(days, DAY, answered=()) is None
    assert open_on(days, after(2), answered=()).point == "24h"
    assert open_on(days, after(2), answered={days[0].id}) is None
    assert open_on(days, after(3), answered=()).point == "72h"


def test_the_next_one_is_the_open_one_or_the_one_to_come():
    days = check_in_days(points=ALL, sittings=[DAY], since=DAY)
    assert next_due(days, DAY, answered=()).point == "24h"
    assert next_due(days, after(2), answered={days[0].id}).point == "72h"
    assert next_due(days, after(200), answered=()) is None


def test_what_went_by_is_what_closed_without_an_answer():
    days = check_in_days(points=ALL, sittings=[DAY], since=DAY)
    assert gone_by(days, after(2), answered=()) == []
    assert [day.point for day in gone_by(days, after(7), answered={days[1].id})] == ["24h"]


@given(
    sittings=st.lists(DAYS, max_size=6),
    own=st.lists(DAYS, max_size=4),
    points=st.sets(st.sampled_from(ALL)),
    since=DAYS,
    today=DAYS,
)
def test_every_day_is_open_coming_or_gone_and_never_two_of_these(
    sittings, own, points, since, today
):
    days = check_in_days(points=points, sittings=sittings, own_days=own, since=since)
    assert days == sorted(days)
    assert len({day.id for day in days}) == len(days)
    gone = gone_by(days, today, answered=())
    for day in days:
        assert day.opens <= day.closes
        assert day.opens >= since
        assert (day in gone) == (day.closes < today)
    answered = {day.id for day in days}
    assert open_on(days, today, answered=answered) is None
    assert gone_by(days, today, answered=answered) == []
    assert next_due(days, today, answered=answered) is None


def test_a_day_of_ones_own_choosing_has_a_name_of_its_own():
    assert CheckInDay(DAY, after(2)).id == "own.2026-05-01"
