"""Reads about sittings: in order, the last, the next, how long ago. Changes nothing and shows no text."""

from datetime import date, timedelta
from uuid import UUID

from afterglow.core.days import DAY_BEGINS_HOUR, Moment, at_local
from afterglow.core.days import moment as moment_of
from afterglow.medicine.documents import Sitting
from afterglow.vault.documents import Stored
from afterglow.vault.readable import Readable

HOLD_HOURS = 24
NEAR_DAYS = 14


def sittings(vault: Readable) -> list[Stored[Sitting]]:
    """All sittings, cancelled ones too, earliest first, without what came up."""
    return vault.memo("medicine.sittings", lambda: sorted(vault.heads(Sitting), key=_in_order))


def _in_order(stored: Stored[Sitting]) -> tuple[date, str, int]:
    return stored.document.day, stored.document.clock, stored.change


def kept_sittings(vault: Readable) -> list[Stored[Sitting]]:
    """Those that are planned or done, earliest first."""
    return [stored for stored in sittings(vault) if not stored.document.cancelled]


def done_sittings(vault: Readable) -> list[Stored[Sitting]]:
    """Those that took place, earliest first."""
    return [stored for stored in kept_sittings(vault) if stored.document.done]


def last_sitting(vault: Readable, today: date) -> Stored[Sitting] | None:
    """The newest sitting done by today."""
    done = [stored for stored in done_sittings(vault) if stored.document.day <= today]
    return done[-1] if done else None


def next_sitting(vault: Readable, today: date) -> Stored[Sitting] | None:
    """The first planned sitting from today on."""
    for stored in kept_sittings(vault):
        if not stored.document.done and stored.document.day >= today:
            return stored
    return None


def unrecorded_sitting(vault: Readable, today: date) -> Stored[Sitting] | None:
    """The newest planned sitting whose day has come and of which nobody said yet whether it took place."""
    past = [
        stored
        for stored in kept_sittings(vault)
        if not stored.document.done and stored.document.day <= today
    ]
    return past[-1] if past else None


def number_of(vault: Readable, sitting: UUID) -> int | None:
    """Which one it is, from 1: first those done, then those planned; None for a cancelled one."""
    planned = [stored for stored in kept_sittings(vault) if not stored.document.done]
    for number, stored in enumerate([*done_sittings(vault), *planned], start=1):
        if stored.id == sitting:
            return number
    return None


def days_since(vault: Readable, today: date) -> int | None:
    """Days since the last sitting that was done; 0 on its day."""
    last = last_sitting(vault, today)
    return (today - last.document.day).days if last else None


def sitting_near(
    vault: Readable, day: date, *, within_days: int = NEAR_DAYS
) -> Stored[Sitting] | None:
    """The last sitting done on or before a day, if it was not long before."""
    last = last_sitting(vault, day)
    if last is None or (day - last.document.day).days > within_days:
        return None
    return last


def held_until(vault: Readable, now: Moment) -> Moment | None:
    """Until when nothing irreversible is offered: 24 hours from a sitting; None where none is so near."""
    for stored in reversed(kept_sittings(vault)):
        sitting = stored.document
        if (now.day - sitting.day).days > HOLD_HOURS // 24 + 1:
            return None
        until = _end_of_hold(sitting)
        if _has_begun(sitting, now) and now.at < until.at:
            return until
    return None


def _has_begun(sitting: Sitting, now: Moment) -> bool:
    """A planned one counts from its hour on: people seldom tick a box in the chair."""
    if sitting.done:
        return sitting.day <= now.day
    return _begins(sitting).at <= now.at


def _begins(sitting: Sitting) -> Moment:
    hour, minute = _clock(sitting) or (DAY_BEGINS_HOUR, 0)
    return at_local(sitting.day, hour, minute, sitting.zone)


def _end_of_hold(sitting: Sitting) -> Moment:
    """Where the hour was not noted, the whole next day is waited for."""
    clock = _clock(sitting)
    day = sitting.day if clock else sitting.day + timedelta(days=1)
    hour, minute = clock or (DAY_BEGINS_HOUR, 0)
    return later(at_local(day, hour, minute, sitting.zone), hours=HOLD_HOURS)


def later(moment: Moment, *, hours: int) -> Moment:
    """So many hours on, with the person's day of then."""
    return moment_of(moment.at + timedelta(hours=hours), moment.zone)


def _clock(sitting: Sitting) -> tuple[int, int] | None:
    hour, colon, minute = sitting.clock.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit()):
        return None
    return min(int(hour), 23), min(int(minute), 59)
