"""When reminders fall: at most two a day, on a quarter of an hour, never in quiet hours, two weeks ahead. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from afterglow.core.days import at_local, day_of
from afterglow.core.plan.gentle import in_quiet_hours
from afterglow.core.plan.phase import Place, place_of

Rhythm = Literal["window", "daily", "weekly"]

DAYS_AHEAD = 14
MOST_A_DAY = 2
GRID_MINUTES = 15
LIGHT_EVERY_DAYS = {"weekly": 7, "monthly": 30, "quiet": 7}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Clock times as HH:MM, and stretches of quiet hours, from and until, that may go past midnight."""

    times: tuple[str, ...]
    quiet: tuple[tuple[str, str], ...] = (("21:00", "08:00"),)
    rhythm: Rhythm = "window"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: when (UTC), on which day of the person, and a running number that picks its sentence."""

    at: datetime
    day: date
    number: int


def reminders(
    wishes: Wishes,
    *,
    now: datetime,
    zone: str,
    done: Sequence[date],
    planned: Sequence[date],
    also: Collection[date] = (),
) -> list[Reminder]:
    """All reminders after `now`, for two weeks, oldest first. On the days of `also` one comes whatever the rhythm."""
    today = day_of(now, zone)
    found = [
        _reminder(day, clock, index, zone)
        for day in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
        for index, clock in enumerate(
            _clocks(wishes, day, place_of(day, done=done, planned=planned), also)
        )
    ]
    return sorted((each for each in found if each.at > now), key=lambda each: each.at)


def _clocks(wishes: Wishes, day: date, place: Place, also: Collection[date]) -> list[str]:
    """Never on the day of a sitting; as the rhythm has it, and else the first time where the day is named."""
    if place.phase == "rest" or place.days_until == 0:
        return []
    if _in_rhythm(wishes.rhythm, day, place):
        return _allowed(wishes)
    return _allowed(wishes)[:1] if day in also else []


def on_the_grid(clock: str) -> str:
    """The quarter of an hour at or before a clock time."""
    hour, minute = map(int, clock.split(":"))
    return f"{hour:02}:{minute - minute % GRID_MINUTES:02}"


def _allowed(wishes: Wishes) -> list[str]:
    times = dict.fromkeys(on_the_grid(clock) for clock in wishes.times)
    free = [
        clock for clock in times if not any(in_quiet_hours(clock, *each) for each in wishes.quiet)
    ]
    return free[:MOST_A_DAY]


def _in_rhythm(rhythm: Rhythm, day: date, place: Place) -> bool:
    """As dense as the days since a sitting are, or as the person chose."""
    every = _every_days(rhythm, place)
    since = place.days_since if place.days_since is not None else day.toordinal()
    return since % every == 0


def _every_days(rhythm: Rhythm, place: Place) -> int:
    if rhythm == "window":
        return LIGHT_EVERY_DAYS.get(place.phase, 1)
    return 7 if rhythm == "weekly" else 1


def _reminder(day: date, clock: str, index: int, zone: str) -> Reminder:
    hour, minute = map(int, clock.split(":"))
    at = at_local(day, hour, minute, zone).at
    at -= timedelta(minutes=at.minute % GRID_MINUTES, seconds=at.second)
    return Reminder(at=at, day=day, number=day.toordinal() * MOST_A_DAY + index)
