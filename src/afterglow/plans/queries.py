"""Reads of the plan. Nothing here counts what was missed."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from afterglow.core.folding import folded
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Insight,
    Letter,
    Obstacle,
    Person,
    Purpose,
    SelfCare,
    Why,
    Win,
)
from afterglow.vault.documents import D, Stored
from afterglow.vault.open_vault import NotHere, OpenVault

DAYS_OF_A_WEEK = 7
STILL_OPEN = frozenset({"open", "moved"})


def _newest_first(vault: OpenVault, kind: type[D]) -> list[Stored[D]]:
    """By day, then by the order of writing."""
    return sorted(vault.heads(kind), key=lambda s: (s.document.when() or date.min, s.change))[::-1]


def whys(vault: OpenVault) -> list[Stored[Why]]:
    return _newest_first(vault, Why)


def my_why(vault: OpenVault) -> Stored[Why] | None:
    """The newest why, if one was written."""
    return next(iter(whys(vault)), None)


def insights(vault: OpenVault) -> list[Stored[Insight]]:
    """Newest first; those to strengthen stand before the others."""
    return sorted(_newest_first(vault, Insight), key=lambda s: not s.document.strengthen)


def obstacles(vault: OpenVault) -> list[Stored[Obstacle]]:
    return _newest_first(vault, Obstacle)


def purposes(vault: OpenVault) -> list[Stored[Purpose]]:
    return _newest_first(vault, Purpose)


def letters(vault: OpenVault) -> list[Stored[Letter]]:
    """The next to open first; texts are not opened."""
    return _newest_first(vault, Letter)[::-1]


def open_goals(vault: OpenVault) -> list[Stored[Goal]]:
    """Goals that are neither done nor let go: by day and time, those without a day last."""
    found = [stored for stored in vault.heads(Goal) if stored.document.state in STILL_OPEN]
    return sorted(found, key=_by_day_and_clock)


def _by_day_and_clock(stored: Stored[Goal]) -> tuple[date, str, int]:
    return stored.document.day or date.max, stored.document.clock or "~", stored.change


def goals_due(vault: OpenVault, today: date) -> list[Stored[Goal]]:
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
    """On its weekday; without a day, once in any seven days."""
    if goal.day is not None:
        return (today - goal.day).days % DAYS_OF_A_WEEK == 0
    return all((today - day).days >= DAYS_OF_A_WEEK for day in goal.done_on)


def wins(vault: OpenVault) -> list[Stored[Win]]:
    """All wins, newest first."""
    return vault.memo("plans.wins", lambda: _newest_first(vault, Win))


def wins_since(vault: OpenVault, day: date) -> list[Stored[Win]]:
    """Wins of that day and later, newest first."""
    return [stored for stored in wins(vault) if stored.document.on >= day]


def people(vault: OpenVault) -> list[Stored[Person]]:
    """Everybody in the plan, by name."""
    return sorted(vault.heads(Person), key=lambda stored: folded(stored.document.name))


def coming_appointments(vault: OpenVault, today: date) -> list[Stored[Appointment]]:
    """From today on, the next one first."""
    return _appointments(vault, lambda each: not each.held and each.day >= today)


def past_appointments(vault: OpenVault, today: date) -> list[Stored[Appointment]]:
    """Held, or on a day before today; newest first."""
    return _appointments(vault, lambda each: each.held or each.day < today)[::-1]


def _appointments(
    vault: OpenVault, wanted: Callable[[Appointment], bool]
) -> list[Stored[Appointment]]:
    found = [stored for stored in vault.heads(Appointment) if wanted(stored.document)]
    return sorted(found, key=lambda stored: (stored.document.day, stored.document.clock))


def self_care(vault: OpenVault) -> list[Stored[SelfCare]]:
    """All of it, by time of day."""
    return sorted(vault.heads(SelfCare), key=lambda stored: stored.document.clock or "~")


def self_care_today(vault: OpenVault, today: date) -> list[Stored[SelfCare]]:
    return [
        stored
        for stored in self_care(vault)
        if not stored.document.weekdays or today.weekday() in stored.document.weekdays
    ]


def goals_from(vault: OpenVault, source: UUID) -> list[Stored[Goal]]:
    """Goals that were made from an insight, a purpose or an appointment, oldest first."""
    return [stored for stored in vault.heads(Goal) if stored.document.comes_from == source]


def words_behind(vault: OpenVault, source: UUID | None) -> str:
    """The person's own words that a goal or an obstacle comes from, or nothing where they are gone."""
    if source is None:
        return ""
    for kind, name in ((Insight, "insight"), (Purpose, "purpose"), (Obstacle, "obstacle")):
        try:
            return str(getattr(vault.head(kind, source).document, name))
        except NotHere:
            continue
    return ""
