"""The screens of a guided page, with what is shown beside each question."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from afterglow.core import content
from afterglow.plans.documents import Insight
from afterglow.plans.queries.doing import habits, wins_since
from afterglow.plans.queries.meaning import my_why
from afterglow.plans.queries.reviews import last_review
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

MOST_INSIGHTS = 5
MOST_WINS = 12
DAYS = {"weekly-review": 7, "monthly-look-back": 31}
BECAME = "became"


@dataclass(frozen=True, slots=True)
class Beside:
    """What the person said or did, shown above a question. `what` says which; `days` belongs to a habit."""

    what: str
    words: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """One question."""

    key: str
    title: str
    question: str
    hint: str
    example: str
    beside: list[Beside] = field(default_factory=list)

    @property
    def done(self) -> list[Beside]:
        """What was done, which waits under a line of its own."""
        return [each for each in self.beside if each.what in {"win", "habit"}]


def worksheet(name: str, language: str) -> content.Worksheet | None:
    return next((each for each in content.worksheets(language) if each.id == name), None)


def screens(vault: OpenVault, sheet: content.Worksheet, today: date) -> list[Screen]:
    """One for each step; *what became of it* comes once for each insight of the month, or not at all."""
    found: list[Screen] = []
    for step in sheet.steps:
        if step.key == BECAME:
            found += [_became(step, stored) for stored in _insights(vault, today)]
        else:
            beside = _beside(vault, sheet.id, step.key, today)
            found.append(_screen(step, step.key, beside))
    return found


def _screen(step: content.WorksheetStep, key: str, beside: list[Beside]) -> Screen:
    return Screen(key, step.title, step.question, step.hint, step.example, beside)


def _became(step: content.WorksheetStep, stored: Stored[Insight]) -> Screen:
    return _screen(step, f"{BECAME}.{stored.id}", [Beside("insight", stored.document.insight)])


def _insights(vault: OpenVault, today: date) -> list[Stored[Insight]]:
    """Those to strengthen, then those of the month, a few at most."""
    first = today - timedelta(days=DAYS["monthly-look-back"])
    wanted = [
        stored
        for stored in newest_first(vault, Insight)
        if stored.document.strengthen or (stored.document.on or today) >= first
    ]
    return sorted(wanted, key=lambda s: not s.document.strengthen)[:MOST_INSIGHTS]


def _beside(vault: OpenVault, name: str, key: str, today: date) -> list[Beside]:
    if name not in DAYS:
        return []
    first = today - timedelta(days=DAYS[name] - 1)
    match key:
        case "helped" if name == "weekly-review":
            return [*_wanted_to_change(vault, today), *_done(vault, first)]
        case "progress":
            return _done(vault, first)
        case "realised":
            return [Beside("insight", s.document.insight) for s in _insights(vault, today)]
        case "before":
            why = my_why(vault)
            return [Beside("why", why.document.why)] if why else []
    return []


def _wanted_to_change(vault: OpenVault, today: date) -> list[Beside]:
    last = last_review(vault, "week", before=today)
    return [Beside("change", last.document.change)] if last and last.document.change else []


def _done(vault: OpenVault, first: date) -> list[Beside]:
    won = dict.fromkeys(stored.document.text for stored in wins_since(vault, first))
    lived = [
        Beside("habit", stored.document.text, days)
        for stored in habits(vault)
        if (days := len([day for day in stored.document.done_on if day >= first]))
    ]
    return [*(Beside("win", text) for text in list(won)[:MOST_WINS]), *lived]
