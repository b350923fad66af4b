"""Where a person stands in a guided programme. It can be joined at any day; a pause stops its days."""

from datetime import date

from afterglow.core.content.kinds import Programme, ProgrammeDay
from afterglow.core.plan.phase import Place

# The days before a booster on which its programme is said to exist; it is seven days long.
BOOSTER_DAYS = (5, 7)


def day_of(
    programme: Programme, place: Place, *, since: date, at_day: int, paused_on: date | None
) -> int:
    """The programme's day. One that counts from a sitting begins again with the next sitting."""
    today = paused_on or place.day
    newer = place.days_since is not None and place.days_since < (place.day - since).days
    if programme.counts == "since-sitting" and newer and paused_on is None:
        return place.days_since or 0
    return at_day + (today - since).days


def part_of(programme: Programme, day: int) -> ProgrammeDay | None:
    """What that day offers, if it is one of the programme's."""
    return next((part for part in programme.days if part.day == day), None)


def next_part(programme: Programme, day: int) -> ProgrammeDay | None:
    """The first day after this one that offers something."""
    return next((part for part in programme.days if part.day > day), None)


def is_over(programme: Programme, day: int) -> bool:
    return day > programme.days[-1].day


def first_day(programme: Programme, place: Place) -> int:
    """The day to join at, from where the person is; the beginning where that does not fit."""
    first, last = programme.days[0].day, programme.days[-1].day
    day = first
    if programme.counts == "since-sitting" and place.days_since is not None:
        day = place.days_since
    if programme.counts == "until-sitting" and place.days_until is not None:
        day = last + 1 - place.days_until
    return day if first <= day <= last else first


def suggested(place: Place, *, sittings: int) -> str:
    """The id of a programme that fits just now, or nothing; it is said for a few days and not again."""
    since, until = place.days_since, place.days_until
    if until is not None and BOOSTER_DAYS[0] <= until <= BOOSTER_DAYS[1] and (since or 0) > 14:
        return "before-a-booster"
    if place.phase == "series" and place.series_number > 1:
        return "between-sittings"
    if since is None:
        return ""
    if 1 <= since <= 3 and sittings == 1:
        return "first-fortnight"
    if 15 <= since <= 18:
        return "keeping-it"
    return "three-months-on" if 90 <= since <= 96 else ""
