"""What a scope covers: for each document, all of it, a narrowed copy of it, or nothing.

Decided here, for every kind by name: what is not named is in no scope. Tender entries are in no standing scope,
and an obstacle that is harm, or a slow path, is in none at all: it may be about whoever reads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from afterglow.journal.documents import Entry
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Obstacle,
    Purpose,
    SelfCare,
    Values,
    Why,
    Win,
)
from afterglow.sharing.documents import Terms, ThemeShown
from afterglow.vault.documents import Document, Stored
from afterglow.vault.grants.documents import projection_id
from afterglow.vault.media.documents import Media
from afterglow.vault.open_vault import NotHere, OpenVault

WHOLE = ""
# Of these what stands in the body is needed to narrow them.
WITH_BODY = (Sitting, Appointment)
PLAN = (Why, Insight, Obstacle, Purpose, Values, Goal, Habit, SelfCare, Win)
# Every form of a narrowed copy, so that all of them go when what they were made from goes.
FORMS = ("mood", "goal", "sittings", "effects", "sittings+effects", "appointments")


@dataclass(frozen=True, slots=True)
class Covered:
    """One document in a grant: `of` is its id, `record` the row whose key is given, `shown` what it says there."""

    of: UUID
    record: UUID
    form: str
    shown: Stored[Document]


def covered(vault: OpenVault, terms: Terms, *, only: set[UUID] | None = None) -> list[Covered]:
    """Everything that these terms cover now, or what of a few documents they cover."""
    heads = [head for head in _candidates(vault, terms) if only is None or head.id in only]
    found = (RULES[type(each.document)](each, terms) for each in _with_bodies(vault, heads))
    return [each for each in found if each is not None]


def _with_bodies(vault: OpenVault, heads: list[Stored[Any]]) -> Iterator[Stored[Any]]:
    """Heads suffice for most; a sitting or an appointment that went meanwhile is left out."""
    needed = [head for head in heads if isinstance(head.document, WITH_BODY)]
    opened = {each.id: each for each in vault.whole(needed)} if needed else {}
    for head in heads:
        if not isinstance(head.document, WITH_BODY):
            yield head
        elif head.id in opened:
            yield opened[head.id]


def _candidates(vault: OpenVault, terms: Terms) -> Iterator[Stored[Any]]:
    """Heads suffice to decide which."""
    entries = list(_named(vault, Entry, terms.entries))
    yield from entries
    yield from _files_of(vault, entries)
    if terms.goal is not None and "plan" not in terms.scopes:
        yield from _named(vault, Goal, (terms.goal,))
    for scope, kinds in KINDS.items():
        if scope in terms.scopes:
            for kind in kinds:
                yield from vault.heads(kind)
    if {"sittings", "effects"} & set(terms.scopes):
        yield from vault.heads(Sitting)
    if "appointments" in terms.scopes:
        yield from vault.heads(Appointment)


def _files_of(vault: OpenVault, entries: list[Stored[Entry]]) -> Iterator[Stored[Any]]:
    """The photos, drawings and recordings of these entries, and the small pictures made from them."""
    named = {each for stored in entries for each in stored.document.media}
    for stored in vault.heads(Media) if named else ():
        if stored.id in named or stored.document.made_from in named:
            yield stored


def _named(vault: OpenVault, kind: type[Document], ids: Iterable[UUID]) -> Iterator[Stored[Any]]:
    for each in ids:
        try:
            yield vault.head(kind, each)
        except NotHere:
            continue


def _whole(stored: Stored[Any]) -> Covered:
    return Covered(stored.id, stored.id, WHOLE, stored)


def _narrow(stored: Stored[Any], form: str, document: Document) -> Covered:
    shown = Stored(stored.id, stored.rev, stored.change, document)
    return Covered(stored.id, projection_id(stored.id, form), form, shown)


def _entry(stored: Stored[Entry], terms: Terms) -> Covered | None:
    """Only by name; a tender one too, since it was chosen one by one."""
    return _whole(stored) if stored.id in terms.entries else None


def _check_in(stored: Stored[CheckIn], terms: Terms) -> Covered | None:
    """Level and feelings, never the words beside them."""
    tap = stored.document
    if not tap.words:
        return _whole(stored)
    return _narrow(stored, "mood", msgspec.structs.replace(tap, words=""))


def _as_it_is(stored: Stored[Document], terms: Terms) -> Covered | None:
    return _whole(stored)


def _obstacle(stored: Stored[Obstacle], terms: Terms) -> Covered | None:
    hidden = stored.document.harm or stored.document.way == "slow"
    return None if hidden else _whole(stored)


def _goal(stored: Stored[Goal], terms: Terms) -> Covered | None:
    """With the plan all of it; held alone, without where it comes from and what it is for."""
    if "plan" in terms.scopes:
        return _whole(stored)
    held = msgspec.structs.replace(stored.document, comes_from=None, theme="", what_for="")
    return _narrow(stored, "goal", held)


def _sitting(stored: Stored[Sitting], terms: Terms) -> Covered | None:
    """The day, and of the rest what the scope names: never what came up, who was there, or own words."""
    sitting = stored.document
    kept: dict[str, Any] = {
        name: getattr(sitting, name) for name in ("day", "clock", "zone", "done", "cancelled")
    }
    if "sittings" in terms.scopes:
        names = ("series", "route", "dose_mg", "dose_words", "felt", "felt_on")
        kept |= {name: getattr(sitting, name) for name in names}
    if "effects" in terms.scopes:
        kept |= {"side_effects": sitting.side_effects, "pressures": sitting.pressures}
    form = "+".join(name for name in ("sittings", "effects") if name in terms.scopes)
    return _narrow(stored, form, Sitting(**kept))


def _appointment(stored: Stored[Appointment], terms: Terms) -> Covered | None:
    """Day and hour, and what the person wants to talk about: never with whom or where, nor anything else of the page."""
    kept = stored.document
    shown = Appointment(day=kept.day, clock=kept.clock, held=kept.held, to_ask=kept.to_ask)
    return _narrow(stored, "appointments", shown)


def _theme(stored: Stored[ThemeShown], terms: Terms) -> Covered | None:
    return _whole(stored) if stored.document.with_quotes == ("quotes" in terms.scopes) else None


KINDS: dict[str, tuple[type[Document], ...]] = {
    "mood": (CheckIn,),
    "measures": (Answers,),
    "plan": PLAN,
    "themes": (ThemeShown,),
}
Rule = Callable[[Stored[Any], Terms], Covered | None]
RULES: dict[type[Document], Rule] = {
    Entry: _entry,
    CheckIn: _check_in,
    Answers: _as_it_is,
    Media: _as_it_is,
    Sitting: _sitting,
    Appointment: _appointment,
    ThemeShown: _theme,
    **dict.fromkeys(PLAN, _as_it_is),
    Obstacle: _obstacle,
    Goal: _goal,
}
