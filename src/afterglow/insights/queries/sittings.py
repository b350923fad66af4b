"""Themes and sittings: to which sitting an entry belongs, what was new, what returned, what changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from afterglow.core.themes.themes import Mention, Theme
from afterglow.insights.queries import decided, finding, sources
from afterglow.insights.queries.sources import Source
from afterglow.medicine import queries as medicine
from afterglow.vault.open_vault import OpenVault

STRIP_WIDTH, MARK_ROOM, SHADES = 280.0, 26.0, 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote with where it stands, and the number of the sitting that it belongs to."""

    mention: Mention
    source: Source
    sitting: int | None


@dataclass(frozen=True, slots=True)
class Came:
    """A theme in one sitting, with its quotes there and the latest one from before."""

    theme: Theme
    here: tuple[Quoted, ...]
    before: Quoted | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class OfSitting:
    """What was new, what came again, what came back after a pause, what was there last time and not now."""

    number: int
    new: tuple[Came, ...]
    again: tuple[Came, ...]
    back: tuple[Came, ...]
    not_now: tuple[Came, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One sitting in a row of marks."""

    x: float
    here: bool
    shade: int


@dataclass(frozen=True, slots=True)
class Across:
    """One theme with the sittings in which it was, as numbers and as a row of marks."""

    theme: Theme
    sittings: frozenset[int]
    marks: tuple[Mark, ...]


def quotes_of(vault: OpenVault, mentions: Iterable[Mention]) -> list[Quoted]:
    """Quotes in order of time, each with where it stands and its sitting; tender entries never."""
    known, numbers = sources.sources(vault), sources.sitting_of(vault)
    found = [
        Quoted(mention, known[key], numbers.get(key))
        for mention in mentions
        if (key := UUID(mention.entry)) in known
    ]
    return sorted(found, key=lambda quoted: (quoted.source.at, quoted.mention.start))


def of_sitting(vault: OpenVault, sitting: UUID) -> OfSitting | None:
    """What one sitting brought, beside the one before it. None for one that has not taken place."""
    number = _number_of(vault, sitting)
    if number is None:
        return None
    day = sources.sitting_days(vault)[number - 1]
    groups: dict[str, list[Came]] = {"new": [], "again": [], "back": [], "not_now": []}
    tender = decided.tender_themes(vault)
    for theme in finding.shaped(vault).themes:
        quoted = quotes_of(vault, theme.mentions)
        here = tuple(one for one in quoted if one.sitting == number)
        earlier = [one for one in quoted if one.sitting != number and _day(one) <= day]
        last_time = [one for one in quoted if one.sitting == number - 1]
        place = _place(here=bool(here), before=bool(earlier), last_time=bool(last_time))
        if place:
            latest = earlier[-1] if earlier else None
            groups[place].append(Came(theme, here, latest, hidden=theme.id in tender))
    return OfSitting(number, **{name: tuple(came) for name, came in groups.items()})


def _number_of(vault: OpenVault, sitting: UUID) -> int | None:
    done = [stored.id for stored in medicine.done_sittings(vault)]
    return done.index(sitting) + 1 if sitting in done else None


def _place(*, here: bool, before: bool, last_time: bool) -> str:
    if here and not before:
        return "new"
    if here:
        return "again" if last_time else "back"
    return "not_now" if last_time else ""


def _day(quoted: Quoted) -> date:
    return quoted.source.day


def across(vault: OpenVault) -> tuple[list[Across], int]:
    """The themes that were in a sitting, those in most of them first; and how many sittings there were."""
    numbers, count = sources.sitting_of(vault), len(sources.sitting_days(vault))
    rows = []
    for theme in finding.shaped(vault).themes:
        entries = (UUID(entry) for entry in theme.entries)
        here = frozenset(numbers[entry] for entry in entries if entry in numbers)
        if here:
            rows.append(Across(theme, here, _marks(here, count)))
    rows.sort(key=lambda row: -len(row.sittings))
    return rows, count


def _marks(here: frozenset[int], count: int) -> tuple[Mark, ...]:
    room = min(MARK_ROOM, STRIP_WIDTH / count)
    return tuple(
        Mark(round(room * (number - 0.5), 1), number in here, SHADES * (number - 1) // count)
        for number in range(1, count + 1)
    )
