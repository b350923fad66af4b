"""Guided programmes: the one the person is in, and today's part of it."""

from dataclasses import dataclass
from uuid import UUID

from afterglow.core.content import library
from afterglow.core.content.kinds import Practice, Programme, ProgrammeDay, Question
from afterglow.core.plan.phase import Place
from afterglow.core.plan.programme import day_of, is_over, next_part, part_of, suggested
from afterglow.medicine import queries as medicine
from afterglow.plans.documents import JoinedProgramme
from afterglow.plans.queries import rhythm
from afterglow.vault.open_vault import OpenVault


@dataclass(frozen=True, slots=True)
class TodaysPart:
    """What a programme says for today; question and practice are ids, or empty."""

    title: str
    day: int
    note: str = ""
    question: str = ""
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person is in a programme. `next_day` is the next one with something in it."""

    record: UUID
    joined: JoinedProgramme
    programme: Programme
    day: int
    next_day: int | None
    over: bool

    @property
    def paused(self) -> bool:
        return self.joined.paused_on is not None


@dataclass(frozen=True, slots=True)
class DayOfProgramme:
    """One day with its question and practice as people read them."""

    part: ProgrammeDay
    question: Question | None
    practice: Practice | None


def programme(name: str, language: str) -> Programme | None:
    return next((each for each in library.programmes(language) if each.id == name), None)


def standing(vault: OpenVault, place: Place, language: str) -> Standing | None:
    """The programme that is going on or paused, if it still exists."""
    joined = rhythm.programme_now(vault)
    known = programme(joined.document.programme, language) if joined else None
    if joined is None or known is None:
        return None
    document = joined.document
    day = day_of(
        known,
        place,
        since=document.since,
        at_day=document.at_day,
        paused_on=document.paused_on,
    )
    after = next_part(known, day)
    return Standing(
        joined.id, document, known, day, after.day if after else None, is_over(known, day)
    )


def part_for_today(vault: OpenVault, place: Place, language: str) -> TodaysPart | None:
    """What the programme says for today; None while it pauses and on days without a part."""
    now = standing(vault, place, language)
    if now is None or now.paused:
        return None
    part = part_of(now.programme, now.day)
    if part is None:
        return None
    return TodaysPart(now.programme.title, part.day, part.note, part.question, part.practice)


def days_of(known: Programme, language: str) -> list[DayOfProgramme]:
    questions = {each.id: each for each in library.questions(language)}
    practices = {each.id: each for each in library.practices(language)}
    return [
        DayOfProgramme(part, questions.get(part.question), practices.get(part.practice))
        for part in known.days
    ]


def suggestion(vault: OpenVault, place: Place, language: str) -> Programme | None:
    """A programme that fits just now, for someone who is in none and was never in this one."""
    if rhythm.programme_now(vault) is not None:
        return None
    name = suggested(place, sittings=len(medicine.done_sittings(vault)))
    joined = {stored.document.programme for stored in rhythm.joined_programmes(vault)}
    return None if name in joined else programme(name, language)
