"""The day of a sitting and the days after it: which sitting it is, what was kept, and what may be asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from afterglow.companion.queries.day import DayState
from afterglow.core.days import Moment
from afterglow.journal import queries as journal
from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

Kind = Literal["before", "home", "morning", "stays"]
MORNING_PREFIX, STAYS_PREFIX = "session.morning.", "session.stays."
# What is asked in the morning whether or not anything was kept.
ALWAYS = ("first", "body", "gift", "someone")
MOST_ASKED = 4
MOST_FROM_KEPT = 2
# From which day on, and up to which, *what stays?* is asked.
STAYS = ((3, 6), (7, 13))
LONGEST_QUOTE = 180


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, and the person's own words that it starts from."""

    key: str
    quote: str = ""
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the sitting brings to Today."""

    kind: Kind
    sitting: Stored[Sitting]
    days: int
    thing: str


def sitting_of_today(vault: OpenVault, today: date) -> Stored[Sitting] | None:
    """Today's, whether it is to come or was; where there are several, the one that is not over yet."""
    of_today = [
        stored
        for stored in medicine.sittings(vault)
        if stored.document.day == today and not stored.document.cancelled
    ]
    to_come = [stored for stored in of_today if not stored.document.done]
    return next(iter(to_come), of_today[-1] if of_today else None)


def offer(vault: OpenVault, today: date, state: DayState) -> Offer | None:
    """At most one thing, and only while it fits; what was put off today is not offered again."""
    current = sitting_of_today(vault, today)
    if current is not None:
        kind: Kind = "home" if current.document.began or current.document.done else "before"
        if current.document.done and current.document.has_after:
            return None
        return _unless_put_off(Offer(kind, current, 0, f"session:{kind}.{current.id}"), state)
    last = medicine.last_sitting(vault, today)
    if last is None:
        return None
    days = (today - last.document.day).days
    return _unless_put_off(_later(vault, last, days), state)


def _later(vault: OpenVault, last: Stored[Sitting], days: int) -> Offer | None:
    if days == 1 and not _answered(vault, last.id, MORNING_PREFIX):
        return Offer("morning", last, days, f"session:morning.{last.id}")
    for first, until in STAYS:
        if first <= days <= until and not _answered(vault, last.id, f"{STAYS_PREFIX}{first}"):
            return Offer("stays", last, first, f"session:stays-{first}.{last.id}")
    return None


def _unless_put_off(found: Offer | None, state: DayState) -> Offer | None:
    return None if found is None or found.thing in state.not_now else found


def _answered(vault: OpenVault, sitting: UUID, prefix: str) -> bool:
    """Whether something was answered to these questions about this sitting."""
    return any(
        stored.document.question.startswith(prefix)
        for stored in journal.entries_of_sitting(vault, sitting)
    )


def which_stays(vault: OpenVault, sitting: Stored[Sitting], today: date) -> int:
    """Day 3 or day 7, whichever is nearer behind."""
    days = (today - sitting.document.day).days
    return max((first for first, _ in STAYS if first <= days), default=STAYS[0][0])


def morning_asks(vault: OpenVault, sitting: Stored[Sitting]) -> list[Ask]:
    """Up to two questions that start from what was kept, then those that always fit; four in all."""
    kept = [*_from_entries(vault, sitting.id), *_from_sitting(sitting.document)]
    first = kept[:MOST_FROM_KEPT]
    return [*first, *(Ask(key) for key in ALWAYS)][:MOST_ASKED]


def _from_entries(vault: OpenVault, sitting: UUID) -> list[Ask]:
    """What was said, drawn or written about it and is not tender, the newest of each kind."""
    found: dict[str, Ask] = {}
    rows = vault.whole(journal.entries_of_sitting(vault, sitting))
    for stored in sorted(rows, key=lambda each: each.document.written.at):
        entry = stored.document
        key = _key_of(entry)
        words = _words_of(entry)
        if key and words and not entry.tender and not entry.question.startswith("session."):
            found[key] = Ask(key, words, stored.id)
    return [found[key] for key in ("voice", "drawing", "wrote") if key in found]


def _key_of(entry: Entry) -> str:
    if entry.kind_of in {"voice", "drawing"}:
        return entry.kind_of
    return "wrote" if entry.kind_of in {"entry", "sitting", "note", "dictated", "poem"} else ""


def _words_of(entry: Entry) -> str:
    return _cut(entry.text or entry.described)


def _from_sitting(sitting: Sitting) -> list[Ask]:
    named = (("images", sitting.images), ("messages", sitting.messages), ("hard", sitting.hard))
    return [Ask(key, _cut(words)) for key, words in named if words.strip()]


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rpartition(' ')[0]}…"


def minutes_since(sitting: Sitting, now: Moment) -> int | None:
    """Whole minutes since the person was there, where that was said."""
    return (
        None
        if sitting.began is None
        else max(0, (now.at - sitting.began.at) // timedelta(minutes=1))
    )
