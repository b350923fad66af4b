"""Reads of what was said of the things that were offered."""

from datetime import date
from uuid import UUID, uuid5

from afterglow.plans.documents import (
    JoinedProgramme,
    OwnCheckIn,
    PracticeNote,
    QuestionNote,
    Rhythm,
)
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

NAMES = UUID("3f0e6a57-6c0c-4f37-9d0e-0f5a4c0b7a11")


def practice_notes(vault: OpenVault) -> dict[str, PracticeNote]:
    """What was said of each practice, by its id."""
    return {stored.document.practice: stored.document for stored in vault.heads(PracticeNote)}


def practice_note(vault: OpenVault, practice: str) -> PracticeNote:
    """What was said of one practice, or an empty note."""
    try:
        return vault.head(PracticeNote, note_id(vault, practice)).document
    except NotHere:
        return PracticeNote(practice=practice)


def days_practised(vault: OpenVault, practice: str) -> tuple[date, ...]:
    """The days on which a practice was done, earliest first."""
    return tuple(sorted(practice_note(vault, practice).done_on))


def lived_practices(vault: OpenVault) -> list[PracticeNote]:
    """Practices that were done, the last one first; those that are not to be offered again are left out."""
    lived = [note for note in practice_notes(vault).values() if note.done_on]
    lived.sort(key=lambda note: (max(note.done_on), note.practice), reverse=True)
    return [note for note in lived if note.never_since is None]


def question_notes(vault: OpenVault) -> dict[str, QuestionNote]:
    return {stored.document.question: stored.document for stored in vault.heads(QuestionNote)}


def question_note(vault: OpenVault, question: str) -> QuestionNote:
    try:
        return vault.head(QuestionNote, note_id(vault, question)).document
    except NotHere:
        return QuestionNote(question=question)


def own_check_ins(vault: OpenVault) -> list[Stored[OwnCheckIn]]:
    """All check-ins with oneself, newest first; answers are not opened."""
    return sorted(vault.heads(OwnCheckIn), key=lambda s: (s.document.on, s.change))[::-1]


def joined_programmes(vault: OpenVault) -> list[Stored[JoinedProgramme]]:
    """All programmes that were ever joined, newest first."""
    return sorted(vault.heads(JoinedProgramme), key=lambda s: (s.document.joined_on, s.change))[
        ::-1
    ]


def programme_now(vault: OpenVault) -> Stored[JoinedProgramme] | None:
    """The programme that the person is in, if any; paused ones too."""
    for stored in joined_programmes(vault):
        if not stored.document.ended:
            return stored
    return None


def rhythm(vault: OpenVault) -> Rhythm:
    try:
        return vault.head(Rhythm, rhythm_id(vault)).document
    except NotHere:
        return Rhythm()


def note_id(vault: OpenVault, offered: str) -> UUID:
    """One note for each practice or question of a person."""
    return uuid5(NAMES, f"{vault.owner.hex} {offered}")


def rhythm_id(vault: OpenVault) -> UUID:
    return uuid5(NAMES, vault.owner.hex)
