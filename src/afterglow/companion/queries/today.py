"""What Today shows, put together from what the capabilities know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from afterglow.accounts.queries import preferences
from afterglow.core.content import library
from afterglow.core.content.kinds import Coping, Practice, Question
from afterglow.core.plan.choose import practices_of, question_of
from afterglow.core.plan.phase import Place, place_of
from afterglow.measures import queries as measures
from afterglow.measures.documents import CheckIn
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import Goal
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

DAY_FORM = "day"


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the page; where `hard` is set, goals, measures and my why wait."""

    day: date
    place: Place
    last: Stored[Sitting] | None
    following: Stored[Sitting] | None
    tap: Stored[CheckIn] | None
    question: Question | None
    goals: list[Stored[Goal]]
    practices: list[Practice]
    coping: Coping | None
    hard: bool
    tell_clinic: bool
    nothing_lifted: bool
    ask_how_it_was: bool
    enough: bool
    paused: bool
    low_energy: bool
    measure_due: bool
    gap: bool


def today(vault: OpenVault, day: date, language: str) -> Today:
    """The whole of Today for one person on one day."""
    last = medicine.last_sitting(vault, day)
    following = medicine.next_sitting(vault, day)
    place = place_of(
        day,
        last=last.document.day if last else None,
        following=following.document.day if following else None,
    )
    state = day_state(vault, day)
    likes = preferences(vault)
    hard = _is_hard(vault, day, state, last, place)
    paused = bool(likes.paused_on or likes.finished_on)
    most = 1 if likes.low_energy else place.most_things
    goals = [] if hard or paused else _goals(vault, day, state, max(most, 1))
    return Today(
        day=day,
        place=place,
        last=last,
        following=following,
        tap=measures.check_in_of(vault, day),
        question=None if hard or paused else _question(day, place, language, state),
        goals=[] if likes.low_energy else goals,
        practices=[]
        if hard or paused or likes.low_energy
        else _practices(day, place, language, state, likes.unsuitable, most - len(goals)),
        coping=_coping(day, language) if hard else None,
        hard=hard,
        tell_clinic=measures.item9_today(vault, day) > 1,
        nothing_lifted=last is not None and last.document.felt == "nothing",
        ask_how_it_was=_ask(last, place),
        enough=state.enough,
        paused=paused,
        low_energy=likes.low_energy,
        measure_due=not hard
        and not paused
        and place.phase != "rest"
        and measures.is_due(vault, "phq-9", day),
        gap=_after_a_gap(vault, day),
    )


@dataclass(frozen=True, slots=True)
class DayState:
    """What was said today about today; it is forgotten tomorrow."""

    hard: bool = False
    enough: bool = False
    not_now: frozenset[str] = frozenset()

    @property
    def not_now_ids(self) -> set[UUID]:
        return {UUID(text) for text in self.not_now if len(text) == 36 and text.count("-") == 4}


def day_state(vault: OpenVault, day: date) -> DayState:
    kept = vault.draft(DAY_FORM)
    if kept.get("day") != day.isoformat():
        return DayState()
    return DayState(
        hard=kept.get("hard") == "yes",
        enough=kept.get("enough") == "yes",
        not_now=frozenset(kept.get("not_now", "").split()),
    )


def _question(day: date, place: Place, language: str, state: DayState) -> Question | None:
    return question_of(day, place, library.questions(language), not_now=state.not_now)


def _practices(
    day: date, place: Place, language: str, state: DayState, unsuitable: tuple[str, ...], most: int
) -> list[Practice]:
    return practices_of(
        day,
        place,
        library.practices(language),
        most=most,
        not_now=state.not_now,
        unsuitable=unsuitable,
    )


def _coping(day: date, language: str) -> Coping | None:
    options = library.coping(language)
    return options[day.toordinal() % len(options)] if options else None


def _goals(vault: OpenVault, day: date, state: "DayState", most: int) -> list[Stored[Goal]]:
    due = plans.goals_due(vault, day)
    return [goal for goal in due if goal.id not in state.not_now_ids][:most]


def _is_hard(
    vault: OpenVault, day: date, state: "DayState", last: Stored[Sitting] | None, place: Place
) -> bool:
    return state.hard or measures.is_hard_today(vault, day) or _hard_sitting(last, place)


def _hard_sitting(last: Stored[Sitting] | None, place: Place) -> bool:
    """A sitting called hard keeps its first days quiet."""
    return last is not None and last.document.felt == "hard" and (place.days_since or 0) <= 2


def _ask(last: Stored[Sitting] | None, place: Place) -> bool:
    return last is not None and not last.document.felt and place.days_since in {0, 1, 2, 3}


def _after_a_gap(vault: OpenVault, day: date) -> bool:
    """A week or more without a tap reads as a welcome, never as a count."""
    taps = measures.check_ins(vault)
    return bool(taps) and (day - taps[-1].document.at.day).days >= 7
