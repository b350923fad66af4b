"""Why, insights, obstacles and purposes, and the words that something came from."""

from datetime import date
from uuid import UUID, uuid5

from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Obstacle,
    Purpose,
    Review,
    Values,
    Why,
)
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere
from afterglow.vault.readable import Readable

BEHIND = (
    (Insight, "insight"),
    (Purpose, "purpose"),
    (Obstacle, "obstacle"),
    (Goal, "text"),
    (Habit, "text"),
    (Appointment, "who"),
    (Review, "change"),
)
DAYS_BETWEEN = 3
ONE_SET_OF_VALUES = UUID("5d0c7a1e-54a5-4b0e-9a36-3c1d5a6a2f47")


def whys(vault: Readable) -> list[Stored[Why]]:
    return newest_first(vault, Why)


def my_why(vault: Readable) -> Stored[Why] | None:
    """The newest why, if one was written."""
    return next(iter(whys(vault)), None)


def insights(vault: Readable) -> list[Stored[Insight]]:
    """Newest first; those to strengthen stand before the others."""
    return sorted(newest_first(vault, Insight), key=lambda s: not s.document.strengthen)


def obstacles(vault: Readable) -> list[Stored[Obstacle]]:
    return newest_first(vault, Obstacle)


def purposes(vault: Readable) -> list[Stored[Purpose]]:
    return newest_first(vault, Purpose)


def to_strengthen(vault: Readable) -> list[Stored[Insight]]:
    """Insights kept for practice, newest first."""
    return [stored for stored in newest_first(vault, Insight) if stored.document.strengthen]


def to_practise(vault: Readable, today: date) -> Stored[Insight] | None:
    """The insight to strengthen that was not come back to for longest, if that was some days ago."""
    waiting = [
        stored
        for stored in to_strengthen(vault)
        if not any((today - day).days < DAYS_BETWEEN for day in stored.document.practised_on)
    ]
    return min(waiting, key=_last_practised, default=None)


def _last_practised(stored: Stored[Insight]) -> date:
    return max(stored.document.practised_on, default=stored.document.on or date.min)


def values_id(vault: Readable) -> UUID:
    """Every person has one set of values, so that two devices never make two; one that was brought in stays."""
    kept = newest_first(vault, Values)
    return kept[0].id if kept else uuid5(ONE_SET_OF_VALUES, vault.owner.hex)


def my_values(vault: Readable) -> Values:
    """The chosen values, dearest first; none were chosen where there are no cards."""
    kept = newest_first(vault, Values)
    return kept[0].document if kept else Values()


def words_behind(vault: Readable, source: UUID | None) -> str:
    """The person's own words that a goal or an obstacle comes from, or nothing where they are gone."""
    if source is None:
        return ""
    for kind, name in BEHIND:
        try:
            return str(getattr(vault.get(kind, source).document, name))
        except NotHere:
            continue
    return ""
