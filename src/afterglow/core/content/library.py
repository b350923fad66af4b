"""The shelves: every kind of content by name and language, read once and kept. German where it exists, else English."""

from functools import cache

import msgspec

from afterglow.core.bad_input import BadInput
from afterglow.core.content import kinds, session_kinds
from afterglow.core.content.files import (
    ENGLISH,
    files_of,
    laid_over,
    language_of,
    load_all,
    read_front_matter,
)
from afterglow.core.content.folder import data_folder


@cache
def practices(language: str = ENGLISH) -> tuple[kinds.Practice, ...]:
    return load_all("practices", "practice", kinds.Practice, language)


@cache
def questions(language: str = ENGLISH) -> tuple[kinds.Question, ...]:
    return load_all("prompts", "question", kinds.Question, language)


@cache
def programmes(language: str = ENGLISH) -> tuple[kinds.Programme, ...]:
    return load_all("programmes", "programme", kinds.Programme, language)


@cache
def worksheets(language: str = ENGLISH) -> tuple[kinds.Worksheet, ...]:
    return load_all("worksheets", "worksheet", kinds.Worksheet, language)


@cache
def values(language: str = ENGLISH) -> tuple[kinds.Value, ...]:
    return load_all("values", "value", kinds.Value, language)


@cache
def letter_ideas(language: str = ENGLISH) -> tuple[kinds.LetterIdea, ...]:
    return load_all("letters", "letter", kinds.LetterIdea, language)


@cache
def habit_areas(language: str = ENGLISH) -> tuple[kinds.HabitArea, ...]:
    return load_all("habits", "area", kinds.HabitArea, language)


@cache
def own_checks(language: str = ENGLISH) -> tuple[kinds.OwnCheck, ...]:
    """Check-ins with oneself, by the point after a sitting that is their id."""
    return load_all("own_check_ins", "check", kinds.OwnCheck, language)


@cache
def look_back_questions(language: str = ENGLISH) -> tuple[session_kinds.LookBackQuestion, ...]:
    """What may be asked the morning after a sitting and on days 3 and 7, in the order of asking."""
    return load_all("looking_back", "question", session_kinds.LookBackQuestion, language)


@cache
def cautions(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    """What a person may mark as theirs, so that practices with it are not offered."""
    return load_all("cautions", "caution", kinds.Named, language)


@cache
def coping(language: str = ENGLISH) -> tuple[kinds.Coping, ...]:
    return load_all("safety/coping", "coping", kinds.Coping, language)


@cache
def grounding(language: str = ENGLISH) -> tuple[kinds.Grounding, ...]:
    return load_all("safety/grounding", "grounding", kinds.Grounding, language)


@cache
def exercises(language: str = ENGLISH) -> tuple[kinds.Exercise, ...]:
    """Exercises that have a page of their own."""
    return load_all("exercises", "exercise", kinds.Exercise, language)


@cache
def beginnings(language: str = ENGLISH) -> tuple[session_kinds.Beginning, ...]:
    """Ways to begin with an image of one's own."""
    return load_all("beginnings", "beginning", session_kinds.Beginning, language)


@cache
def kind_words(language: str = ENGLISH) -> tuple[kinds.KindWord, ...]:
    return load_all("kind_words", "kind_word", kinds.KindWord, language)


@cache
def reminder_words(language: str = ENGLISH) -> tuple[kinds.ReminderWord, ...]:
    return load_all("reminders", "word", kinds.ReminderWord, language)


@cache
def connection_troubles(language: str = ENGLISH) -> tuple[kinds.Trouble, ...]:
    """What may be in the way between a phone and this program, for the doctor, the pages and a refusal."""
    return load_all("connection", "trouble", kinds.Trouble, language)


def connection_trouble(trouble_id: str, language: str = ENGLISH) -> kinds.Trouble:
    """One of `connection_troubles`. Raises LookupError."""
    for trouble in connection_troubles(language):
        if trouble.id == trouble_id:
            return trouble
    raise LookupError(trouble_id)


@cache
def checklists(language: str = ENGLISH) -> tuple[kinds.Checklist, ...]:
    return load_all("checklists", "checklist", kinds.Checklist, language)


@cache
def safety_pages(language: str = ENGLISH) -> tuple[kinds.Page, ...]:
    """`whom-to-tell`, `something-was-done`, `much-energy` and `others-at-this-device`."""
    names = ("whom_to_tell", "mania", "others_at_this_device")
    return tuple(
        page for name in names for page in load_all(f"safety/{name}", "page", kinds.Page, language)
    )


def safety_page(page_id: str, language: str = ENGLISH) -> kinds.Page:
    """One of `safety_pages`. Raises LookupError."""
    for page in safety_pages(language):
        if page.id == page_id:
            return page
    raise LookupError(page_id)


@cache
def safety_parts(language: str = ENGLISH) -> tuple[kinds.SafetyPart, ...]:
    """The parts of a safety plan, in the order in which they are read when it gets hard."""
    return load_all("safety/plan", "part", kinds.SafetyPart, language)


@cache
def interactions(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    """What is worth asking the prescriber about."""
    return load_all("interactions", "interaction", kinds.Named, language)


@cache
def worth_mentioning(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    """Topics asked about once a month."""
    return load_all("worth_mentioning", "topic", kinds.Named, language)


@cache
def side_effects(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    return load_all("side_effects", "side_effect", kinds.Named, language)


@cache
def feelings(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    """Feelings that can be tapped beside the level of a check-in."""
    return load_all("feelings", "feeling", kinds.Named, language)


@cache
def routes(language: str = ENGLISH) -> tuple[kinds.Named, ...]:
    return load_all("routes", "route", kinds.Named, language)


@cache
def know_first(language: str = ENGLISH) -> tuple[kinds.KnowPage, ...]:
    """The parts of *Know first* and the guides behind the four doors, in reading order."""
    root = data_folder()
    pages = []
    for file in files_of(root, "know", ".md"):
        facts, body = read_front_matter(file)
        over = root / language_of(language) / "know" / file.name
        if over.is_file():
            facts_over, body = read_front_matter(over)
            facts = laid_over(facts, facts_over)
        try:
            pages.append(msgspec.convert(facts | {"body": body}, kinds.KnowPage))
        except msgspec.ValidationError as error:
            raise BadInput(file.name, None, None, str(error)) from error
    return tuple(sorted(pages, key=lambda page: page.order))


def door_guide(door: kinds.Door, language: str = ENGLISH) -> kinds.KnowPage:
    """The guide behind `tomorrow`, `home`, `series` or `while-ago`. Raises LookupError."""
    for page in know_first(language):
        if page.door == door and door:
            return page
    raise LookupError(door)
