"""What themes are found in: entries, and what was kept right after a sitting. Tender entries never."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from afterglow.core.days import at_local
from afterglow.insights.queries.vectors import is_stopped, missing
from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

CAME_UP = ("images", "feelings", "body_felt", "messages", "people", "hard", "notes")
NOON = 12
# Words of so many days after a sitting are read as its aftermath, unless they name another.
DAYS_AFTER = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand. `sitting` is the number of the sitting that it is about, if it names one."""

    id: UUID
    of: Literal["entry", "sitting"]
    rev: int
    at: datetime
    day: date
    kind_of: str
    sitting: int | None


def sources(vault: OpenVault) -> dict[UUID, Source]:
    """All that is looked at, in order of time; where reading was stopped, only what was read by then."""
    if is_stopped(vault):
        unread = {head.id for head in missing(vault)}
        return {key: one for key, one in _all(vault).items() if key not in unread}
    return _all(vault)


def _all(vault: OpenVault) -> dict[UUID, Source]:
    return vault.memo("themes.sources", lambda: _in_order(vault))


def _in_order(vault: OpenVault) -> dict[UUID, Source]:
    numbers = {s.id: number for number, s in enumerate(medicine.done_sittings(vault), start=1)}
    found = [_entry(head, numbers) for head in vault.heads(Entry) if not head.document.tender]
    found += [
        _sitting(stored, numbers[stored.id])
        for stored in medicine.done_sittings(vault)
        if stored.document.has_after
    ]
    found.sort(key=lambda one: one.at)
    return {one.id: one for one in found}


def _entry(head: Stored[Entry], numbers: dict[UUID, int]) -> Source:
    entry = head.document
    number = numbers.get(entry.sitting) if entry.sitting else None
    written = entry.written
    return Source(head.id, "entry", head.rev, written.at, written.day, entry.kind_of, number)


def _sitting(stored: Stored[Sitting], number: int) -> Source:
    day = stored.document.day
    at = at_local(day, NOON, 0, stored.document.zone).at
    return Source(stored.id, "sitting", stored.rev, at, day, "sitting", number)


def texts(vault: OpenVault, wanted: Iterable[Source]) -> dict[UUID, str]:
    """The words of each."""
    chosen = list(wanted)
    entries = [vault.head(Entry, one.id) for one in chosen if one.of == "entry"]
    sittings = [vault.head(Sitting, one.id) for one in chosen if one.of == "sitting"]
    found = {stored.id: words_of(stored.document) for stored in vault.whole(entries)}
    found |= {stored.id: came_up(stored.document) for stored in vault.whole(sittings)}
    return found


def text_of(vault: OpenVault, source: UUID) -> str:
    """The words of one. Raises NotHere for what is gone, tender, or another person's."""
    known = _all(vault).get(source)
    if known is None:
        raise NotHere
    return texts(vault, [known])[source]


def words_of(entry: Entry) -> str:
    """What was written, and after it what a picture was said to show."""
    return "\n".join(filter(None, (entry.text, entry.all_described)))


def came_up(sitting: Sitting) -> str:
    """What was kept right after a sitting, field by field, each on lines of its own."""
    return "\n".join(filter(None, (getattr(sitting, name) for name in CAME_UP)))


def sitting_days(vault: OpenVault) -> list[date]:
    return [stored.document.day for stored in medicine.done_sittings(vault)]


def sitting_of(vault: OpenVault) -> dict[UUID, int]:
    """The number of the sitting that each one names, or that was at most three days before it."""
    return vault.memo("themes.sitting_of", lambda: _sitting_of(vault))


def _sitting_of(vault: OpenVault) -> dict[UUID, int]:
    days = sitting_days(vault)
    near = {key: one.sitting or _shortly_before(one.day, days) for key, one in _all(vault).items()}
    return {key: number for key, number in near.items() if number is not None}


def _shortly_before(day: date, days: list[date]) -> int | None:
    near = [n for n, sitting in enumerate(days, start=1) if 0 <= (day - sitting).days <= DAYS_AFTER]
    return near[-1] if near else None
