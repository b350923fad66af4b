"""Small rules of kindness: stale goals, flat days, gaps, quiet hours. Each gives a yes or a no and counts nothing."""

from collections.abc import Mapping
from datetime import date

STALE_ONCE_DAYS = 10
STALE_REPEATING_DAYS = 21
STALE_UNDATED_DAYS = 45
FLAT_DAYS = 3
FLAT_WITHIN_DAYS = 7
FLAT_LEVEL = 5
VERY_LOW = 1
WHY_EVERY_DAYS = 7
GAP_DAYS = 7


def is_stale(
    today: date, *, newest: date | None, repeats: bool, dated: bool, kept_on: date | None = None
) -> bool:
    """Whether to ask if a goal still fits. `newest` is the last day on which it was set, done or to be done."""
    if newest is None:
        return False
    if kept_on is not None and (today - kept_on).days < STALE_REPEATING_DAYS:
        return False
    limit = STALE_REPEATING_DAYS if repeats else STALE_ONCE_DAYS if dated else STALE_UNDATED_DAYS
    return (today - newest).days >= limit


def may_offer_why(today: date, levels: Mapping[date, int], last_offered: date | None) -> bool:
    """After some flat days, at most once a week, and never on a very low day. `levels` are the days' taps."""
    if last_offered is not None and 0 < (today - last_offered).days < WHY_EVERY_DAYS:
        return False
    if levels.get(today) == VERY_LOW:
        return False
    recent = [day for day in levels if 0 <= (today - day).days < FLAT_WITHIN_DAYS]
    newest = sorted(recent)[-FLAT_DAYS:]
    return len(newest) == FLAT_DAYS and all(levels[day] <= FLAT_LEVEL for day in newest)


def is_back(today: date, days_here: list[date]) -> bool:
    """A week or more since the person was last here: that is a welcome, and nothing else."""
    before = [day for day in days_here if day < today]
    return bool(before) and (today - max(before)).days >= GAP_DAYS


def in_quiet_hours(clock: str, since: str, until: str) -> bool:
    """Whether HH:MM lies in the hours in which nothing is asked; they may go past midnight."""
    if not since or not until or since == until:
        return False
    if since < until:
        return since <= clock < until
    return clock >= since or clock < until
