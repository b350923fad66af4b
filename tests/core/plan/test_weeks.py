"""Days side by side as weeks, from Monday to today."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.plan.weeks import weeks_until

WEDNESDAY = date(2026, 3, 4)


def test_a_week_runs_from_monday_to_today():
    (week,) = weeks_until(WEDNESDAY, [], since=WEDNESDAY, own=()).weeks
    assert [cell.day.weekday() for cell in week.cells] == [0, 1, 2]


def test_days_on_which_it_was_done_are_marked():
    weeks = weeks_until(WEDNESDAY, [date(2026, 2, 26), WEDNESDAY], since=None, own=())
    assert [week.done for week in weeks.weeks] == [(date(2026, 2, 26),), (WEDNESDAY,)]
    assert (weeks.week_before, weeks.this_week) == (1, 1)


def test_only_own_days_are_open():
    (week,) = weeks_until(WEDNESDAY, [], since=WEDNESDAY, own=(0, 2)).weeks
    assert [cell.own for cell in week.cells] == [True, False, True]


def test_nothing_is_shown_from_before_it_began():
    assert len(weeks_until(WEDNESDAY, [], since=WEDNESDAY - timedelta(days=8), own=()).weeks) == 2


@given(st.lists(st.integers(-900, 0), max_size=60), st.integers(1, 12))
def test_there_are_never_more_weeks_than_asked_and_no_day_to_come(offsets, most):
    done = [WEDNESDAY + timedelta(days=n) for n in offsets]
    weeks = weeks_until(WEDNESDAY, done, since=None, own=(), most=most)
    cells = [cell for week in weeks.weeks for cell in week.cells]
    assert 1 <= len(weeks.weeks) <= most
    assert max(cell.day for cell in cells) == WEDNESDAY
    assert all(cell.done == (cell.day in done) for cell in cells)
    assert all(0 < cell.x < weeks.width and 0 < cell.y < weeks.height for cell in cells)
