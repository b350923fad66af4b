"""On which days something was practised, from wherever it was noted, and how those days went.

To add a source, write a function from an open vault and a language to `Practised` values and name it in SOURCES.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from afterglow.core.content import library
from afterglow.core.folding import folded
from afterglow.insights.documents import Experiment, ExperimentDay
from afterglow.insights.queries import series
from afterglow.plans.documents import Goal, Habit
from afterglow.plans.documents.rhythm import PracticeNote
from afterglow.vault.open_vault import OpenVault

if TYPE_CHECKING:
    from afterglow.core.experiment.estimate import GoesWith

LEAST_DAYS_TO_NAME = 2
LEAST_DAYS_EACH = 30
PRACTICES = UUID("5f0d7d1c-3f0e-4d53-8c0b-6c1c2f6b9a44")


@dataclass(frozen=True, slots=True)
class Practised:
    """One thing that was done on several days. `own` says that the words are the person's."""

    id: UUID
    words: str
    days: frozenset[date]
    own: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """Days with it and days without that have a check-in or a score, from the first day with it on.

    `found` is None with too few.
    """

    practised: Practised
    with_it: int
    without: int
    found: "GoesWith | None"

    @property
    def key(self) -> str:
        """Which sentence is true: `better`, `harder`, `alike`, or `few`."""
        if self.found is None:
            return "few"
        if self.found.difference.low > 0:
            return "better"
        return "harder" if self.found.difference.high < 0 else "alike"


def _goals(vault: OpenVault, language: str) -> Iterator[Practised]:
    for stored in vault.heads(Goal):
        yield Practised(stored.id, stored.document.text, frozenset(stored.document.done_on))


def _habits(vault: OpenVault, language: str) -> Iterator[Practised]:
    for stored in vault.heads(Habit):
        yield Practised(stored.id, stored.document.text, frozenset(stored.document.done_on))


def _experiments(vault: OpenVault, language: str) -> Iterator[Practised]:
    for stored in vault.heads(Experiment):
        noted = (day.document for day in vault.heads(ExperimentDay))
        days = frozenset(day.day for day in noted if day.experiment == stored.id and day.done)
        yield Practised(stored.document.practice or stored.id, stored.document.name, days)


def _practices(vault: OpenVault, language: str) -> Iterator[Practised]:
    noted = {note.document.practice: note.document for note in vault.heads(PracticeNote)}
    for practice in library.practices(language) if noted else ():
        if practice.id in noted:
            days = frozenset(noted[practice.id].done_on)
            yield Practised(uuid5(PRACTICES, practice.id), practice.title, days, own=False)


SOURCES: tuple[Callable[[OpenVault, str], Iterable[Practised]], ...] = (
    _goals,
    _habits,
    _practices,
    _experiments,
)


def days_practised(vault: OpenVault, language: str = "en") -> list[Practised]:
    """Everything that was done on two days or more, most days first; the same thing only once."""
    found: dict[UUID, Practised] = {}
    for source in SOURCES:
        for each in source(vault, language):
            before = found.get(each.id)
            found[each.id] = replace(before, days=before.days | each.days) if before else each
    named = [each for each in found.values() if len(each.days) >= LEAST_DAYS_TO_NAME]
    return sorted(named, key=lambda each: (-len(each.days), folded(each.words)))


def compared(vault: OpenVault, today: date, language: str = "en") -> list[Compared]:
    """Those with enough days first; held until something changes."""
    name = f"insights.compared {today} {language}"
    return vault.memo(name, lambda: _compared(vault, today, language))


def _compared(vault: OpenVault, today: date, language: str) -> list[Compared]:
    known = series.told(vault).series.until(today)
    answered = {tap.day for tap in known.taps} | {score.day for score in known.scores}
    rows = []
    for practised in days_practised(vault, language):
        since = {day for day in answered if day >= min(practised.days)}
        with_it = len(since & practised.days)
        without = len(since) - with_it
        rows.append(Compared(practised, with_it, without, _found(vault, practised, today)))
    return sorted(rows, key=lambda row: row.found is None)


def _found(vault: OpenVault, practised: Practised, today: date) -> "GoesWith | None":
    from afterglow.core.experiment.estimate import GoesWith, goes_with  # heavy: numpy
    from afterglow.core.lift.priors import shipped  # heavy: numpy

    known = series.told(vault).series
    found = goes_with(known, practised.days, today=today, priors=shipped())
    return found if isinstance(found, GoesWith) else None
