"""When reminders fall: never at night, never on the day of a sitting, at most two a day, two weeks ahead."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.days import day_of, zone_named
from afterglow.core.plan.gentle import in_quiet_hours
from afterglow.core.plan.remind import Wishes, on_the_grid, reminders

NOW = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)
CLOCKS = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.integers(0, 59))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"])


def falls(wishes, *, now=NOW, zone="UTC", last=None, following=None, also=()):
    done, planned = [last] if last else [], [following] if following else []
    return reminders(wishes, now=now, zone=zone, done=done, planned=planned, also=also)


@given(
    times=st.lists(CLOCKS, max_size=4),
    quiet_from=CLOCKS,
    quiet_to=CLOCKS,
    rhythm=st.sampled_from(["window", "daily", "weekly"]),
    zone=ZONES,
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    last=st.none() | st.dates(date(2025, 10, 1), date(2026, 12, 31)),
    also=st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)
def test_whatever_is_wished_the_limits_hold(
    times, quiet_from, quiet_to, rhythm, zone, now, last, also
):
    wishes = Wishes(tuple(times), ((quiet_from, quiet_to), ("", "")), rhythm)
    found = falls(wishes, now=now, zone=zone, last=last, also=also)
    assert all(now < each.at < now + timedelta(days=15) for each in found)
    assert all(each.at.minute % 15 == 0 and each.at.second == 0 for each in found)
    assert max(Counter(each.day for each in found).values(), default=0) <= 2
    today = day_of(now, zone)
    assert last is None or last > today or last not in {each.day for each in found}
    allowed = {on_the_grid(clock) for clock in times}
    for each in found:
        local = f"{each.at.astimezone(zone_named(zone)):%H:%M}"
        skipped = local not in allowed  # an hour that the clocks jump over falls an hour later
        assert skipped or not in_quiet_hours(local, quiet_from, quiet_to)


def test_days_after_a_sitting_are_dense_and_then_rarer():
    wishes = Wishes(("10:00",))
    first = falls(wishes, last=date(2026, 5, 10))
    assert [each.day.day for each in first] == list(range(11, 24))
    later = falls(wishes, last=date(2026, 4, 20))
    assert [(each.day - date(2026, 4, 20)).days for each in later] == [21, 28]


def test_no_reminder_on_the_day_of_the_next_sitting():
    days = [
        each.day for each in falls(Wishes(("10:00",), rhythm="daily"), following=date(2026, 5, 12))
    ]
    assert date(2026, 5, 12) not in days
    assert date(2026, 5, 11) in days


def test_a_time_keeps_its_wall_clock_when_the_clocks_change():
    now = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
    found = falls(Wishes(("10:00",), rhythm="daily"), now=now, zone="Europe/Berlin")
    assert {each.at.astimezone(zone_named("Europe/Berlin")).hour for each in found} == {10}
    assert {each.at.hour for each in found} == {9, 8}


def test_quiet_hours_run_over_midnight_and_every_stretch_counts():
    times, night = ("10:00", "22:00"), (("21:00", "08:00"),)
    assert {each.at.hour for each in falls(Wishes(times, night, "daily"))} == {10}
    assert falls(Wishes(times, (*night, ("09:00", "11:00")), "daily")) == []
    assert {each.at.hour for each in falls(Wishes(times, (("", ""),), "daily"))} == {10, 22}


def test_the_same_time_twice_is_one_reminder():
    found = falls(Wishes(("10:00", "10:07"), rhythm="daily"))
    assert len(found) == len({each.at for each in found})


def test_a_named_day_has_one_whatever_the_rhythm_at_the_first_time():
    wishes = Wishes(("10:00", "18:00"), rhythm="weekly")
    usual, named = falls(wishes, last=date(2026, 5, 4)), date(2026, 5, 14)
    found = falls(wishes, last=date(2026, 5, 4), also={named})
    assert [each for each in found if each.day != named] == usual
    assert [each.at.hour for each in found if each.day == named] == [10]


def test_a_named_day_of_the_rhythm_has_no_more_than_it_had():
    wishes, named = Wishes(("10:00", "18:00"), rhythm="daily"), date(2026, 5, 14)
    assert falls(wishes, also={named}) == falls(wishes)


def test_a_named_day_has_none_in_quiet_hours_nor_beside_a_sitting():
    quiet = Wishes(("22:00",), rhythm="weekly")
    assert falls(quiet, last=date(2026, 5, 4), also={date(2026, 5, 14)}) == []
    wishes, sitting = Wishes(("10:00",), rhythm="weekly"), date(2026, 5, 12)
    assert sitting not in {each.day for each in falls(wishes, following=sitting, also={sitting})}
