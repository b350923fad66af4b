"""Moments and days of a person: a day runs from 04:00 to 04:00 in the zone where it was lived."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

DAY_BEGINS_HOUR = 4


class Moment(msgspec.Struct, frozen=True, gc=False):
    """When something happened: UTC, the IANA zone, and the local day, fixed at writing."""

    at: datetime
    zone: str
    day: date

    def local(self) -> datetime:
        """The wall clock that the person saw."""
        return self.at.astimezone(zone_named(self.zone))


def moment(at: datetime, zone: str) -> Moment:
    """A moment from an aware time. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time with its zone")
    return Moment(at=at.astimezone(UTC), zone=zone, day=day_of(at, zone))


def day_of(at: datetime, zone: str) -> date:
    """The person's day: until four in the morning it is still yesterday."""
    return (
        at.astimezone(zone_named(zone)).replace(tzinfo=None) - timedelta(hours=DAY_BEGINS_HOUR)
    ).date()


def at_local(day: date, hour: int, minute: int, zone: str) -> Moment:
    """The moment on the person's day `day` at a wall-clock time; hours before four belong to the night after."""
    calendar_day = day + timedelta(days=1) if hour < DAY_BEGINS_HOUR else day
    local = datetime(
        calendar_day.year,
        calendar_day.month,
        calendar_day.day,
        hour,
        minute,
        tzinfo=zone_named(zone),
    )
    return Moment(at=local.astimezone(UTC), zone=zone, day=day)


def zone_named(name: str) -> ZoneInfo:
    """The zone, or UTC for a name that this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    return name == "UTC" or zone_named(name).key == name
