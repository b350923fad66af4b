"""Reads about sittings: in order, the last, the next, how long ago. Changes nothing and shows no text."""

from datetime import date, timedelta
from uuid import UUID

from afterglow.core.days import DAY_BEGINS_HOUR, Moment, at_local
from afterglow.core.days import moment as moment_of
from afterglow.medicine.documents import Sitting
from afterglow.vault.documents import Stored
from afterglow.vault.readable import Readable

HOLD_HOURS = 24
NOTED_DAYS = 7


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


def held_until(vault: Readable, now: Moment) -> Moment | None:
    """Until when nothing irreversible is offered: 24 hours from a sitting; None where none is so near."""
    for stored in reversed(kept_sittings(vault)):
        sitting = stored.document
        if (now.day - sitting.day).days > HOLD_HOURS // 24 + 1:
            return None
        until = end_of_hold(sitting)
        if has_begun(sitting, now) and now.at < until.at:
            return until
    return None


def sitting_today(vault: Readable, now: Moment) -> Stored[Sitting] | None:
    """The sitting under way, also past four in the morning; else the one of today that is still to come, or was."""
    kept = kept_sittings(vault)
    for stored in reversed(kept):
        if is_under_way(stored.document, now):
            return stored
    of_today = [stored for stored in kept if stored.document.day == now.day]
    to_come = [stored for stored in of_today if stored.document.home is None]
    found = to_come or of_today
    return found[-1] if found else None


def is_under_way(sitting: Sitting, now: Moment) -> bool:
    """Begun within a day, and not home yet."""
    if sitting.began is None or sitting.home is not None:
        return False
    return timedelta(0) <= now.at - sitting.began.at < timedelta(hours=HOLD_HOURS)


def is_settling(sitting: Sitting, now: Moment) -> bool:
    """Home since this day, and the one tap is still open."""
    if sitting.home is None or sitting.home.day != now.day:
        return False
    return not sitting.felt and sitting.felt_on != now.day


def sitting_at(vault: Readable, at: Moment) -> Stored[Sitting] | None:
    """The sitting that a moment belongs to: begun within the day before it, else the one of its day."""
    begun = [
        stored
        for stored in kept_sittings(vault)
        if stored.document.began
        and timedelta(0) <= at.at - stored.document.began.at < timedelta(hours=HOLD_HOURS)
    ]
    of_day = [stored for stored in kept_sittings(vault) if stored.document.day == at.day]
    found = begun or of_day
    return found[-1] if found else None


def sitting_of_note(vault: Readable, at: Moment) -> Stored[Sitting] | None:
    """The sitting of which a reading or a side effect speaks: the one under way then, else the one of that day, one
    still to come before one that was over; else the newest of the week before, ticked as done or not.
    """
    kept = kept_sittings(vault)
    begun = [stored for stored in kept if _was_under_way(stored.document, at)]
    of_day = [stored for stored in kept if stored.document.day == at.day]
    to_come = [stored for stored in of_day if not _was_home(stored.document, at)]
    week = range(NOTED_DAYS + 1)
    before = [stored for stored in kept if (at.day - stored.document.day).days in week]
    found = begun or to_come or of_day or before
    return found[-1] if found else None


def _was_under_way(sitting: Sitting, at: Moment) -> bool:
    if sitting.began is None or _was_home(sitting, at):
        return False
    return timedelta(0) <= at.at - sitting.began.at < timedelta(hours=HOLD_HOURS)


def _was_home(sitting: Sitting, at: Moment) -> bool:
    return sitting.home is not None and sitting.home.at <= at.at


def with_side_effects(vault: Readable) -> list[Stored[Sitting]]:
    """The sittings of which side effects were noted, newest first, with them."""
    whole = vault.whole(kept_sittings(vault))
    return [stored for stored in reversed(whole) if stored.document.side_effects]


def sitting_begun_at(vault: Readable, at: Moment) -> Stored[Sitting] | None:
    """The sitting of which *I am there*, said at this moment, speaks: the one begun that day or within the day before,
    unless one was home from it by then; else one of that day of which nobody has said so yet.
    """
    open_then = [
        stored
        for stored in kept_sittings(vault)
        if not _was_home(stored.document, at)
        and (_was_under_way(stored.document, at) or stored.document.day == at.day)
    ]
    begun = [stored for stored in open_then if stored.document.began is not None]
    found = begun or open_then
    return found[-1] if found else None


def sitting_home_at(vault: Readable, at: Moment) -> Stored[Sitting] | None:
    """The sitting of which *I am home and settled*, said at this moment, speaks: the one under way then, else one of
    that day, one from which nobody has come home yet before any other.
    """
    kept = kept_sittings(vault)
    under_way = [stored for stored in kept if _was_under_way(stored.document, at)]
    of_day = [stored for stored in kept if stored.document.day == at.day]
    not_home = [stored for stored in of_day if stored.document.home is None]
    found = under_way or not_home or of_day
    return found[-1] if found else None


def has_begun(sitting: Sitting, now: Moment) -> bool:
    """A planned one counts from its hour on: people seldom tick a box in the chair."""
    if sitting.began is not None:
        return sitting.began.at <= now.at
    if sitting.done:
        return sitting.day <= now.day
    return _begins(sitting).at <= now.at


def _begins(sitting: Sitting) -> Moment:
    hour, minute = _clock(sitting) or (DAY_BEGINS_HOUR, 0)
    return at_local(sitting.day, hour, minute, sitting.zone)


def end_of_hold(sitting: Sitting) -> Moment:
    """Where the hour was not noted, the whole next day is waited for. A hold that was longer is never made shorter."""
    if sitting.began is not None:
        counted = [each for each in (sitting.began, sitting.held_from) if each is not None]
        return later(max(counted, key=lambda each: each.at), hours=HOLD_HOURS)
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
