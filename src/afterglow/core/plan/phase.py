"""Days since the last sitting into phases, and how much each may offer. Pure: dates come in, nothing is remembered.

A new sitting restarts the rhythm. Sittings at most a week apart are one series with one rhythm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Phase = Literal["rest", "dense", "daily", "weekly", "monthly", "quiet", "prepare", "series"]
Every = Literal["day", "week", "month"]

SERIES_GAP_DAYS = 7
PREPARE_DAYS = 3
PREPARE_FIRST_DAYS = 14
# Day 2 is still within 48 hours of a sitting in the afternoon, so all of it only tells.
NARRATE_ONLY_DAYS = 2
# Last day of each phase, counted from the sitting as day 0; the first days carry most of what was learned.
ENDS: tuple[tuple[int, Phase], ...] = (
    (0, "rest"),
    (4, "dense"),
    (14, "daily"),
    (30, "weekly"),
    (90, "monthly"),
)
# What belongs to the last days of a phase, from this day on.
ACT_FROM_DAY = 10
MOST_THINGS: dict[Phase, int] = {
    "rest": 0,
    "dense": 3,
    "daily": 2,
    "weekly": 2,
    "monthly": 1,
    "quiet": 1,
    "prepare": 2,
    "series": 2,
}
STAGES: dict[Phase, tuple[str, ...]] = {
    "rest": (),
    "dense": ("notice",),
    "daily": ("notice", "matters"),
    "weekly": ("matters", "act", "look-back"),
    "monthly": ("look-back", "matters"),
    "quiet": ("look-back", "notice"),
    "prepare": ("narrate", "matters", "act"),
    "series": ("notice", "matters"),
}
ASKS_EVERY: dict[Phase, Every] = {"weekly": "week", "monthly": "month", "quiet": "month"}
OFFERS_EVERY: dict[Phase, Every] = {"weekly": "week", "monthly": "week", "quiet": "week"}
BLOCK_DAYS: dict[Every, int] = {"day": 1, "week": 7, "month": 30}
FIRST_DAY: dict[Phase, int] = {"weekly": 15, "monthly": 31, "quiet": 91}
# Without any sitting the stretches are counted from a Monday.
A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day is: its phase, days since the last sitting, days until the next, and the series it is in.

    `series_number` says which sitting of its series the last one was, 0 where it stands alone.
    """

    day: date
    phase: Phase
    days_since: int | None
    days_until: int | None
    series_number: int = 0

    @property
    def most_things(self) -> int:
        return MOST_THINGS[self.phase]

    @property
    def asks_every(self) -> Every:
        """How often a question comes: one stays until it is answered or put off."""
        return ASKS_EVERY.get(self.phase, "day")

    @property
    def stages(self) -> tuple[str, ...]:
        """Which kinds of questions fit: in the first 48 hours only telling, no interpreting."""
        if self.phase == "rest":
            return ()
        if self.phase == "quiet" and self.days_since is None:
            return ("notice",)  # Before any sitting there is nothing to look back on.
        if self.days_since is not None and self.days_since <= NARRATE_ONLY_DAYS:
            return ("narrate",)
        if self.phase == "daily" and self.days_since and self.days_since >= ACT_FROM_DAY:
            return ("matters", "act")
        return STAGES[self.phase]

    @property
    def question_phases(self) -> frozenset[str]:
        """Which of the phases named in the content fit."""
        if self.phase == "series":
            return frozenset({"series", self._by_days})
        return frozenset({"monthly" if self.phase == "quiet" else self.phase})

    @property
    def practice_phases(self) -> frozenset[str]:
        return frozenset({self._by_days}) if self.phase == "series" else self.question_phases

    @property
    def _by_days(self) -> str:
        return "dense" if (self.days_since or 0) <= 4 else "daily"

    @property
    def asks_since(self) -> date:
        """The first day of the stretch for which one question is asked."""
        return self._block(ASKS_EVERY.get(self.phase, "day"))

    @property
    def offers_since(self) -> date:
        """The first day of the stretch for which practices are chosen."""
        return self._block(OFFERS_EVERY.get(self.phase, "day"))

    def _block(self, every: Every) -> date:
        length = BLOCK_DAYS[every]
        if self.days_since is None:
            into = (self.day - A_MONDAY).days
        else:
            into = self.days_since - FIRST_DAY.get(self.phase, 0)
        return self.day - timedelta(days=into % length)


def place_of(today: date, *, done: Iterable[date], planned: Iterable[date] = ()) -> Place:
    """The place of a day between the sittings that were and those that are planned, whatever their order."""
    # Whoever flies west may have had a sitting on what is tomorrow here: that one was today.
    past = sorted({min(day, today) for day in done if day <= today + timedelta(days=1)})
    coming = sorted(day for day in set(planned) if day >= today)
    since = (today - past[-1]).days if past else None
    until = (coming[0] - today).days if coming else None
    running = since is not None and until is not None and since + until <= SERIES_GAP_DAYS
    return Place(
        day=today,
        phase=_phase(since, until, running=running),
        days_since=since,
        days_until=until,
        series_number=_number_in_series(past, running=running),
    )


def _phase(since: int | None, until: int | None, *, running: bool) -> Phase:
    if since == 0:
        return "rest"
    if until is not None and until <= _prepare_days(since, running=running):
        return "prepare"
    if since is None:
        return "quiet"
    # Between two sittings of a series it stays small, since there is much going on.
    if running:
        return "series"
    return next((phase for end, phase in ENDS if since <= end), "quiet")


def _prepare_days(since: int | None, *, running: bool) -> int:
    """How long before a sitting it is prepared for: not while the last one is still fresh."""
    if since is None:
        return PREPARE_FIRST_DAYS
    if running or since <= NARRATE_ONLY_DAYS:
        return 1 if since > 1 else 0
    return PREPARE_DAYS


def _number_in_series(past: Sequence[date], *, running: bool) -> int:
    number = 1
    for later, earlier in zip(past[::-1], past[-2::-1], strict=False):
        if (later - earlier).days > SERIES_GAP_DAYS:
            break
        number += 1
    return number if past and (number > 1 or running) else 0
