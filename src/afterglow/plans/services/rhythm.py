"""Changes of what was said of the things that were offered. Twice on a day is the same as once."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from afterglow.plans.documents import (
    Goal,
    JoinedProgramme,
    KeptGoal,
    OwnCheckIn,
    PracticeNote,
    QuestionNote,
    Rhythm,
)
from afterglow.plans.queries import rhythm as queries
from afterglow.plans.services.parts import add_win
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


def do_practice(*, vault: OpenVault, practice: str, title: str, on: date) -> None:
    """It was done: that is a win, in the words of its title."""
    note = queries.practice_note(vault, practice)
    if on in note.done_on:
        return
    with vault.together():
        _note(vault, note, done_on=_with(note.done_on, on))
        add_win(vault=vault, text=title, on=on, comes_from=queries.note_id(vault, practice))


def say_it_helped(*, vault: OpenVault, practice: str, on: date, helped: bool = True) -> None:
    """Whether it helped on a day; the later word counts."""
    note = queries.practice_note(vault, practice)
    yes = _with(note.helped_on, on) if helped else _without(note.helped_on, on)
    no = _without(note.no_help_on, on) if helped else _with(note.no_help_on, on)
    _note(vault, note, helped_on=yes, no_help_on=no)


def put_off_practice(*, vault: OpenVault, practice: str, on: date) -> None:
    note = queries.practice_note(vault, practice)
    _note(vault, note, put_off_on=_with(note.put_off_on, on))


def never_offer_practice(*, vault: OpenVault, practice: str, since: date | None) -> None:
    """From now on not offered; None takes it back."""
    _note(vault, queries.practice_note(vault, practice), never_since=since)


def put_off_question(*, vault: OpenVault, question: str, on: date) -> None:
    note = queries.question_note(vault, question)
    _note(vault, note, put_off_on=_with(note.put_off_on, on))


def never_ask_question(*, vault: OpenVault, question: str, since: date | None) -> None:
    _note(vault, queries.question_note(vault, question), never_since=since)


def keep_own_check_in(
    *,
    vault: OpenVault,
    point: str,
    sitting: UUID | None,
    on: date,
    answers: Sequence[str] = (),
    entries: Sequence[UUID] = (),
    skipped: bool = False,
    draft: str | None = None,
) -> Stored[OwnCheckIn]:
    document = OwnCheckIn(
        point=point,
        sitting=sitting,
        on=on,
        answers=tuple(answers),
        entries=tuple(entries),
        skipped=skipped,
    )
    return vault.put(document, draft=draft)


def join_programme(
    *, vault: OpenVault, programme: str, at_day: int, on: date
) -> Stored[JoinedProgramme]:
    """One programme at a time: another one that was going on is left."""
    now = queries.programme_now(vault)
    with vault.together():
        if now is not None:
            end_programme(vault=vault, joined=now.id, on=on, how="left")
        joined = JoinedProgramme(programme=programme, joined_on=on, since=on, at_day=at_day)
        return vault.put(joined)


def stand_at(*, vault: OpenVault, joined: UUID, at_day: int, on: date) -> None:
    """From today the programme stands at this day; a pause ends. Raises NotHere."""
    _change_joined(vault, joined, since=on, at_day=at_day, paused_on=None)


def pause_programme(*, vault: OpenVault, joined: UUID, on: date) -> None:
    """Raises NotHere."""
    _change_joined(vault, joined, paused_on=on)


def end_programme(
    *, vault: OpenVault, joined: UUID, on: date, how: Literal["left", "finished"]
) -> None:
    """Raises NotHere."""
    _change_joined(vault, joined, ended_on=on, ended=how)


def keep_goal_as_it_is(*, vault: OpenVault, goal: UUID, on: date) -> Goal:
    """A goal that had grown stale stays; it is not asked about again for a while. Raises NotHere."""
    found = vault.head(Goal, goal).document
    kept = queries.rhythm(vault)
    others = tuple(each for each in kept.kept_goals if each.goal != goal)
    remember(vault=vault, kept_goals=(*others, KeptGoal(goal=goal, on=on)))
    return found


def remember(*, vault: OpenVault, **changes: object) -> Rhythm:
    """Change some of what Today remembers and keep the rest."""
    changed = msgspec.structs.replace(queries.rhythm(vault), **changes)
    vault.put(changed, record=queries.rhythm_id(vault))
    return changed


def _change_joined(vault: OpenVault, joined: UUID, **changes: object) -> None:
    document = vault.head(JoinedProgramme, joined).document
    vault.put(msgspec.structs.replace(document, **changes), record=joined)


def _note(vault: OpenVault, note: PracticeNote | QuestionNote, **changes: object) -> None:
    named = note.practice if isinstance(note, PracticeNote) else note.question
    vault.put(msgspec.structs.replace(note, **changes), record=queries.note_id(vault, named))


def _with(days: tuple[date, ...], day: date) -> tuple[date, ...]:
    return days if day in days else (*days, day)


def _without(days: tuple[date, ...], day: date) -> tuple[date, ...]:
    return tuple(each for each in days if each != day)
