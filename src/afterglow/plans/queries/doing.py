"""Goals, habits, self-care and wins. Nothing here counts what was missed."""

from datetime import date
from uuid import UUID

from afterglow.plans.documents import Goal, Habit, SelfCare, Win
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.readable import Readable

DAYS_OF_A_WEEK = 7
STILL_OPEN = frozenset({"open", "moved"})


def open_goals(vault: Readable) -> list[Stored[Goal]]:
    """Goals that are neither done nor let go: by day and time, those without a day last."""
    found = [stored for stored in vault.heads(Goal) if stored.document.state in STILL_OPEN]
    return sorted(found, key=_by_day_and_clock)


def _by_day_and_clock(stored: Stored[Goal]) -> tuple[date, str, int]:
    return stored.document.day or date.max, stored.document.clock or "~", stored.change


def goals_due(vault: Readable, today: date) -> list[Stored[Goal]]:
    """Goals to offer today, by time of day."""
    due = [stored for stored in open_goals(vault) if is_due(stored.document, today)]
    return sorted(due, key=lambda stored: stored.document.clock or "~")


def is_due(goal: Goal, today: date) -> bool:
    """Whether a goal is for today. One without a day and without a rhythm waits in the plan."""
    if goal.state not in STILL_OPEN or today in goal.done_on:
        return False
    begun = goal.day is None or goal.day <= today
    match goal.repeats:
        case "daily":
            return begun
        case "weekly":
            return begun and _is_in_turn(goal, today)
    return goal.day is not None and begun


def _is_in_turn(goal: Goal, today: date) -> bool:
    """On its weekdays, or the weekday of its day; without either, once in any seven days."""
    if goal.weekdays:
        return today.weekday() in goal.weekdays
    if goal.day is not None:
        return (today - goal.day).days % DAYS_OF_A_WEEK == 0
    return all((today - day).days >= DAYS_OF_A_WEEK for day in goal.done_on)


def goals_from(vault: Readable, source: UUID) -> list[Stored[Goal]]:
    """Goals that were made from an insight, a purpose or an appointment, oldest first."""
    return [stored for stored in vault.heads(Goal) if stored.document.comes_from == source]


def wins(vault: Readable) -> list[Stored[Win]]:
    """All wins, newest first."""
    return vault.memo("plans.wins", lambda: newest_first(vault, Win))


def wins_since(vault: Readable, day: date) -> list[Stored[Win]]:
    """Wins of that day and later, newest first."""
    return [stored for stored in wins(vault) if stored.document.on >= day]


def self_care(vault: Readable) -> list[Stored[SelfCare]]:
    """All of it, by time of day."""
    return sorted(vault.heads(SelfCare), key=lambda stored: stored.document.clock or "~")


def self_care_today(vault: Readable, today: date) -> list[Stored[SelfCare]]:
    """Those of this day that were not done yet, by time of day."""
    return [
        stored
        for stored in self_care(vault)
        if today not in stored.document.done_on
        and (not stored.document.weekdays or today.weekday() in stored.document.weekdays)
    ]


def habits(vault: Readable) -> list[Stored[Habit]]:
    """Those that are lived, then those that rest, in the order in which they were begun."""
    found = sorted(vault.heads(Habit), key=lambda s: (s.document.since or date.max, s.change))
    return sorted(found, key=lambda stored: stored.document.resting)


def habits_due(vault: Readable, today: date) -> list[Stored[Habit]]:
    """Habits of today that were not done yet, by time of day."""
    due = [stored for stored in habits(vault) if is_habit_due(stored.document, today)]
    return sorted(due, key=lambda stored: stored.document.clock or "~")


def is_habit_due(habit: Habit, today: date) -> bool:
    """Whether today is one of its days; one that rests has none."""
    own_day = not habit.weekdays or today.weekday() in habit.weekdays
    return own_day and not habit.resting and today not in habit.done_on


def goals_let_go(vault: Readable) -> list[Stored[Goal]]:
    """Goals that were let go, the newest first; a new day brings any of them back."""
    found = [stored for stored in newest_first(vault, Goal) if stored.document.state == "let_go"]
    return sorted(found, key=lambda stored: stored.change, reverse=True)


def goals_done(vault: Readable) -> list[Stored[Goal]]:
    """Goals that were done at least once, the last one first."""
    found = [stored for stored in vault.heads(Goal) if stored.document.done_on]
    return sorted(found, key=lambda stored: max(stored.document.done_on))[::-1]
