"""Gathers what is known of the person on a day, and lets `core.plan` choose."""

from dataclasses import dataclass
from datetime import date

from afterglow.accounts.documents import Preferences
from afterglow.companion.queries.day import DayState
from afterglow.companion.queries.due import due_today, next_appointment
from afterglow.companion.queries.programmes import part_for_today
from afterglow.core.content import library
from afterglow.core.content.kinds import Practice
from afterglow.core.plan.choose import Choice, choose
from afterglow.core.plan.person import LOW, PartOfDay, Person, Said, part_of_day
from afterglow.core.plan.phase import Place, place_of
from afterglow.core.plan.score import Part, lived, parts_of
from afterglow.journal import queries as journal
from afterglow.measures import queries as measures
from afterglow.measures.documents import CheckIn
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.queries import rhythm
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

TENDER = frozenset({"tender", "unreal", "sad"})
HIGH = frozenset({"wired", "beliefs"})
TENDER_DAYS = 7
PARTS_OF_DAY: tuple[PartOfDay, ...] = ("morning", "afternoon", "evening", "night")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, when and in which language a choice is made; `hour` is of the person's wall clock."""

    vault: OpenVault
    day: date
    hour: int
    language: str
    likes: Preferences
    state: DayState


def place_on(vault: OpenVault, day: date) -> Place:
    kept = medicine.kept_sittings(vault)
    return place_of(
        day,
        done=[stored.document.day for stored in kept if stored.document.done],
        planned=[stored.document.day for stored in kept if not stored.document.done],
    )


def choice_for(asked: Asked, place: Place) -> Choice:
    return choose(
        place,
        person_of(asked, place),
        questions=library.questions(asked.language),
        practices=library.practices(asked.language),
        due=due_today(asked.vault, place),
    )


def sum_of(asked: Asked, place: Place, practice: Practice) -> tuple[Part, ...]:
    """The lines by which a practice was chosen, to be looked at."""
    person = person_of(asked, place)
    had = lived(library.practices(asked.language), person.practices, place.day)
    return parts_of(practice, place, person, had)


def person_of(asked: Asked, place: Place) -> Person:
    vault, day, likes = asked.vault, asked.day, asked.likes
    tap = measures.check_in_of(vault, day)
    last = medicine.last_sitting(vault, day)
    meeting = next_appointment(vault, day)
    part = part_for_today(vault, place, asked.language)
    return Person(
        practices=_said_of_practices(vault),
        questions=_said_of_questions(vault),
        answered=_answered(vault),
        unsuitable=frozenset(likes.unsuitable) | _unsuitable_today(tap, last, place),
        put_off=asked.state.ids_put_off,
        handled=_handled(vault, day) + asked.state.things_put_off,
        hardest=_known_part(likes.hardest),
        now=part_of_day(asked.hour),
        level=tap.document.level if tap else None,
        tired=tap is not None and "tired" in tap.document.feelings,
        own_images=last is not None and last.document.has_after,
        meeting_on=meeting.document.day if meeting else None,
        nothing_lifted=last is not None and last.document.felt == "nothing",
        low_energy=likes.low_energy,
        programme=part.title if part else "",
        programme_question=part.question if part else "",
        programme_practice=part.practice if part else "",
    )


def _unsuitable_today(
    tap: Stored[CheckIn] | None, last: Stored[Sitting] | None, place: Place
) -> frozenset[str]:
    """What today adds: sore spots on a low or tender day and in the days after a hard sitting, and highs."""
    found = set()
    felt = set(tap.document.feelings) if tap else set()
    if (tap and tap.document.level <= LOW) or felt & TENDER:
        found.add("tender")
    if last and last.document.felt == "hard" and (place.days_since or 0) <= TENDER_DAYS:
        found.add("tender")
    if felt & HIGH:
        found.add("bipolar")
    return frozenset(found)


def _known_part(kept: str) -> PartOfDay:
    return next((part for part in PARTS_OF_DAY if part == kept), "")


def _said_of_practices(vault: OpenVault) -> dict[str, Said]:
    return {
        name: Said(
            done=note.done_on,
            helped=note.helped_on,
            no_help=note.no_help_on,
            put_off=note.put_off_on,
            never=note.never_since is not None,
        )
        for name, note in rhythm.practice_notes(vault).items()
    }


def _said_of_questions(vault: OpenVault) -> dict[str, Said]:
    return {
        name: Said(put_off=note.put_off_on, never=note.never_since is not None)
        for name, note in rhythm.question_notes(vault).items()
    }


def _answered(vault: OpenVault) -> dict[str, date]:
    """The last day on which each question was answered."""
    answered: dict[str, date] = {}
    for stored in reversed(journal.entries(vault)):
        if stored.document.question:
            answered[stored.document.question] = stored.document.written.day
    return answered


def _handled(vault: OpenVault, day: date) -> int:
    """How many small things were done today, wherever they were done."""
    practices = sum(day in note.done_on for note in rhythm.practice_notes(vault).values())
    goals = sum(day in stored.document.done_on for stored in plans.goals_done(vault))
    habits = sum(day in stored.document.done_on for stored in plans.habits(vault))
    return practices + goals + habits
