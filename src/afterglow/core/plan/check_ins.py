"""Check-ins agreed with a care partner: on which days, which one is open, which went by. Pure; says nothing to anybody."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from afterglow.core.plan.points import POINTS

# How long a check-in on a day of one's own choosing stays open.
OWN_DAY_STAYS_OPEN = timedelta(days=2)


class CheckInDay(msgspec.Struct, frozen=True, order=True):
    """One check-in: open from `opens` through `closes`. `point` is empty for a day of one's own choosing."""

    opens: date
    closes: date
    point: str = ""

    @property
    def id(self) -> str:
        """The same on both sides, and the same however often the days are reckoned."""
        return f"{self.point or 'own'}.{self.opens.isoformat()}"


def check_in_days(
    *,
    points: Collection[str],
    sittings: Iterable[date],
    own_days: Iterable[date] = (),
    since: date,
) -> list[CheckInDay]:
    """Every agreed day from `since` on, earliest first. `sittings` are those that took place.

    The next sitting restarts the points: one that would open on its day or later is left out.
    """
    wanted = [each for each in POINTS if each[0] in points]
    found = {
        day
        for sitting, following in _with_following(sorted(set(sittings)))
        for point, first, last in wanted
        if (day := _day(sitting, following, point, first, last)) is not None
    }
    found |= {CheckInDay(day, day + OWN_DAY_STAYS_OPEN) for day in own_days}
    return sorted(day for day in found if day.opens >= since)


def _with_following(sittings: Sequence[date]) -> Iterable[tuple[date, date | None]]:
    return zip(sittings, (*sittings[1:], None), strict=False)


def _day(
    sitting: date, following: date | None, point: str, first: int, last: int
) -> CheckInDay | None:
    opens, closes = sitting + timedelta(days=first), sitting + timedelta(days=last)
    if following is not None:
        if opens >= following:
            return None
        closes = min(closes, following - timedelta(days=1))
    return CheckInDay(opens, closes, point)


def open_on(
    days: Iterable[CheckInDay], today: date, *, answered: Collection[str]
) -> CheckInDay | None:
    """The newest one that is open and has no answer; earlier ones are not made up for."""
    now = [day for day in days if day.opens <= today <= day.closes and day.id not in answered]
    return max(now, default=None)


def next_due(
    days: Iterable[CheckInDay], today: date, *, answered: Collection[str]
) -> CheckInDay | None:
    """The one that is open, else the next to open."""
    coming = [day for day in days if today <= day.closes and day.id not in answered]
    return min(coming, default=None)


def gone_by(
    days: Iterable[CheckInDay], today: date, *, answered: Collection[str]
) -> list[CheckInDay]:
    """Those that closed without an answer, newest first."""
    return sorted(
        (day for day in days if day.closes < today and day.id not in answered), reverse=True
    )
