"""Days since the last sitting into phases, and how much each may offer. Pure: dates come in, nothing is remembered."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Phase = Literal["rest", "dense", "daily", "weekly", "monthly", "quiet", "prepare"]

PREPARE_DAYS = 3
# Last day of each phase, counted from the sitting as day 0; the first days carry most of what was learned.
ENDS = ((0, "rest"), (4, "dense"), (14, "daily"), (30, "weekly"), (90, "monthly"))
MOST_THINGS = {
    "rest": 0,
    "dense": 3,
    "daily": 2,
    "weekly": 2,
    "monthly": 1,
    "quiet": 1,
    "prepare": 2,
}
FIRST_STAGES: dict[str, tuple[str, ...]] = {
    "rest": (),
    "dense": ("narrate", "notice"),
    "daily": ("notice", "matters", "act"),
    "weekly": ("matters", "act", "look-back"),
    "monthly": ("look-back", "act"),
    "quiet": ("look-back", "notice"),
    "prepare": ("narrate", "matters"),
}
NARRATE_ONLY_DAYS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day is: its phase, days since the last sitting, days until the next."""

    phase: Phase
    days_since: int | None
    days_until: int | None

    @property
    def most_things(self) -> int:
        return MOST_THINGS[self.phase]

    @property
    def stages(self) -> tuple[str, ...]:
        """Which kinds of questions fit: in the first two days only telling, no interpreting."""
        if self.days_since is not None and 0 < self.days_since < NARRATE_ONLY_DAYS:
            return ("narrate",)
        return FIRST_STAGES[self.phase]


def place_of(today: date, *, last: date | None, following: date | None) -> Place:
    """The place of a day between the last sitting done and the next one planned."""
    since = (today - last).days if last is not None and last <= today else None
    until = (following - today).days if following is not None and following >= today else None
    return Place(phase=_phase(since, until), days_since=since, days_until=until)


def _phase(since: int | None, until: int | None) -> Phase:
    if since == 0:
        return "rest"
    # A sitting days ahead is prepared for, unless the last one is still fresh.
    if until is not None and until <= PREPARE_DAYS and (since is None or since > 1):
        return "prepare"
    if since is None:
        return "quiet"
    for end, phase in ENDS:
        if since <= end:
            return phase  # type: ignore[return-value]
    return "quiet"
