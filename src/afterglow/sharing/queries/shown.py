"""What some terms show, as values for paper; and the names of its parts. Takes any vault that can be read."""

from dataclasses import dataclass
from datetime import date

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
from afterglow.vault.documents import D, Stored
from afterglow.vault.readable import Readable

LATEST_TAPS = 14
LATEST_WINS = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan as far as it is granted."""

    why: tuple[Stored[Why], ...]
    insights: tuple[Stored[Insight], ...]
    obstacles: tuple[Stored[Obstacle], ...]
    purposes: tuple[Stored[Purpose], ...]
    values: tuple[Stored[Values], ...]
    goals: tuple[Stored[Goal], ...]
    habits: tuple[Stored[Habit], ...]
    self_care: tuple[Stored[SelfCare], ...]
    wins: tuple[Stored[Win], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on a shared page. A part that was not granted is None; one that is empty is an empty tuple."""

    terms: Terms
    sittings: tuple[Stored[Sitting], ...] | None
    taps: tuple[Stored[CheckIn], ...] | None
    answers: tuple[Stored[Answers], ...] | None
    effects: tuple[Stored[Sitting], ...] | None
    themes: tuple[Stored[ThemeShown], ...] | None
    plan: Plan | None
    appointments: tuple[Stored[Appointment], ...] | None
    goal: Stored[Goal] | None
    entries: tuple[Stored[Entry], ...] | None


def shown(view: Readable, terms: Terms) -> Shown:
    """Everything on the page, newest first."""
    scopes = set(terms.scopes)
    after = {"sittings", "effects"} & scopes
    sittings = newest_first(view.all(Sitting)) if after else ()
    return Shown(
        terms=terms,
        sittings=sittings if "sittings" in scopes else None,
        taps=newest_first(view.heads(CheckIn))[:LATEST_TAPS] if "mood" in scopes else None,
        answers=newest_first(view.heads(Answers)) if "measures" in scopes else None,
        effects=_with_effects(sittings) if "effects" in scopes else None,
        themes=_themes(view) if {"themes", "quotes"} & scopes else None,
        plan=_plan(view) if "plan" in scopes else None,
        appointments=newest_first(view.all(Appointment)) if "appointments" in scopes else None,
        goal=_held(view, terms),
        entries=newest_first(view.all(Entry)) if terms.entries else None,
    )


def parts(terms: Terms) -> tuple[str, ...]:
    """The names of what these terms show, for the list of who opened what."""
    own = [name for name in terms.scopes if not (name == "themes" and "quotes" in terms.scopes)]
    own += ["entries"] if terms.entries else []
    own += ["goal"] if terms.goal else []
    return tuple(own)


def _held(view: Readable, terms: Terms) -> Stored[Goal] | None:
    return next((goal for goal in view.heads(Goal) if goal.id == terms.goal), None)


def _plan(view: Readable) -> Plan:
    return Plan(
        why=newest_first(view.heads(Why))[:1],
        insights=newest_first(view.heads(Insight)),
        obstacles=newest_first(view.heads(Obstacle)),
        purposes=newest_first(view.heads(Purpose)),
        values=newest_first(view.heads(Values))[:1],
        goals=newest_first([goal for goal in view.heads(Goal) if goal.document.state != "let_go"]),
        habits=newest_first([each for each in view.heads(Habit) if not each.document.resting]),
        self_care=newest_first(view.heads(SelfCare)),
        wins=newest_first(view.heads(Win))[:LATEST_WINS],
    )


def _with_effects(sittings: tuple[Stored[Sitting], ...]) -> tuple[Stored[Sitting], ...]:
    return tuple(s for s in sittings if s.document.side_effects or s.document.pressures)


def _themes(view: Readable) -> tuple[Stored[ThemeShown], ...]:
    found = view.heads(ThemeShown)
    return tuple(sorted(found, key=lambda s: (not s.document.pinned, -s.document.entries)))


def newest_first(stored: list[Stored[D]]) -> tuple[Stored[D], ...]:
    return tuple(
        sorted(
            stored, key=lambda each: (each.document.when() or date.min, each.change), reverse=True
        )
    )
