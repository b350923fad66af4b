"""What was kept of a sitting, and the questions that build on it the next morning and on days 3 and 7."""

from uuid import UUID

from afterglow.companion.queries.due import own_check_due
from afterglow.core.content import library
from afterglow.core.content.session_kinds import About
from afterglow.core.plan.looking_back import POINTS, AskedBack, KeptThing, asked_back
from afterglow.core.plan.phase import Place
from afterglow.journal import queries as journal
from afterglow.journal.documents import MADE, Entry
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans.queries import rhythm
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

SHOWN_CHARS = 160
FIELDS: tuple[tuple[str, About], ...] = (
    ("images", "images"),
    ("messages", "messages"),
    ("people", "people"),
    ("feelings", "feelings"),
    ("body_felt", "body"),
)
KINDS_MADE: dict[str, About] = {
    "voice": "voice",
    "drawing": "drawing",
    "photo": "photo",
    "music": "music",
    "poem": "poem",
    "movement": "movement",
}


def look_back_due(vault: OpenVault, place: Place) -> str:
    """The point that is open today and can build on something kept, or nothing.

    Not after a sitting called *nothing much*, and after a hard one only once the person asked for questions again.
    """
    point, last = own_check_due(vault, place), medicine.last_sitting(vault, place.day)
    if point is None or point not in POINTS or last is None or not _may_look_back(vault, last):
        return ""
    return point if kept_things(vault, last) else ""


def _may_look_back(vault: OpenVault, last: Stored[Sitting]) -> bool:
    if last.document.felt == "hard":
        return rhythm.rhythm(vault).reflect_after == last.id
    return last.document.felt != "nothing"


def questions_back(
    vault: OpenVault, sitting: Stored[Sitting], point: str, language: str
) -> tuple[AskedBack, ...]:
    """The questions of a point, each with the kept thing that stands above it."""
    return asked_back(point, kept_things(vault, sitting), library.look_back_questions(language))


def kept_things(vault: OpenVault, sitting: Stored[Sitting]) -> list[KeptThing]:
    """What was kept of a sitting, in the order of keeping; nothing tender, nothing that is to be removed, no answers."""
    entries = [
        KeptThing(_about(stored.document), str(stored.id), _words(stored.document))
        for stored in reversed(journal.entries(vault))
        if _belongs(stored.document, sitting) and _may_be_shown(vault, stored)
    ]
    return [*entries, *_noted(vault, sitting)]


def _belongs(entry: Entry, sitting: Stored[Sitting]) -> bool:
    if entry.sitting is not None:
        return entry.sitting == sitting.id
    began = sitting.document.began
    return began is not None and began.at <= entry.written.at and entry.written.day == began.day


def _may_be_shown(vault: OpenVault, stored: Stored[Entry]) -> bool:
    answers = {question.id for question in library.look_back_questions()}
    entry = stored.document
    if entry.tender or entry.kind_of == "letter" or entry.question in answers:
        return False
    return journal.waiting_deletion(vault, stored.id) is None


def _about(entry: Entry) -> About:
    return KINDS_MADE[entry.kind_of] if entry.kind_of in MADE else "words"


def _words(entry: Entry) -> str:
    return entry.title or entry.snippet


def _noted(vault: OpenVault, sitting: Stored[Sitting]) -> list[KeptThing]:
    """The words on the page of the sitting itself, which are opened only where there are any."""
    if not sitting.document.has_after:
        return []
    whole = vault.get(Sitting, sitting.id).document
    return [
        KeptThing(about, str(sitting.id), _beginning(getattr(whole, name)))
        for name, about in FIELDS
        if getattr(whole, name).strip()
    ]


def _beginning(text: str) -> str:
    """The first lines as they are, cut at a word where they are long."""
    text = text.strip()
    if len(text) <= SHOWN_CHARS:
        return text
    return f"{text[:SHOWN_CHARS].rpartition(' ')[0] or text[:SHOWN_CHARS]}…"


def answers_so_far(vault: OpenVault, sitting: UUID, point: str) -> dict[str, UUID]:
    """The documents that hold the answers of a run that is not ended yet, by the id of the question."""
    kept = vault.draft(run_name(sitting, point))
    return {question: UUID(record) for question, record in kept.items()}


def run_name(sitting: UUID, point: str) -> str:
    return f"look-back.{sitting}.{point}"
