"""Everything people read: it loads, says source and licence, reads easily, and claims nothing forbidden."""

import ast
import json
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from afterglow.core import content
from afterglow.core.claims import forbidden_claims
from afterglow.core.content.files import read_front_matter
from afterglow.core.instruments import instruments
from afterglow.core.reading import reading_grade

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA = content.data_folder()
PACKAGE = DATA.parent
EASIEST_GRADE_ALLOWED = 8
# Shorter texts are names and labels, for which a grade says nothing.
FEWEST_WORDS_FOR_A_GRADE = 8

SHELVES = {
    "practices": content.practices,
    "questions": content.questions,
    "programmes": content.programmes,
    "coping": content.coping,
    "grounding": content.grounding,
    "kind_words": content.kind_words,
    "exercises": content.exercises,
    "beginnings": content.beginnings,
    "reminder_words": content.reminder_words,
    "checklists": content.checklists,
    "connection_troubles": content.connection_troubles,
    "safety_pages": content.safety_pages,
    "safety_parts": content.safety_parts,
    "know_first": content.know_first,
    "interactions": content.interactions,
    "worth_mentioning": content.worth_mentioning,
    "side_effects": content.side_effects,
    "feelings": content.feelings,
    "routes": content.routes,
    "countries": content.countries,
    "worksheets": content.worksheets,
    "values": content.values,
    "letter_ideas": content.letter_ideas,
    "habit_areas": content.habit_areas,
    "own_checks": content.own_checks,
    "look_back_questions": content.look_back_questions,
    "cautions": content.cautions,
}
# Names of sources and of services are not ours to word.
NOT_OUR_WORDS = {"id", "code", "source", "licence", "references", "name", "website", "checked_by"}

ITEMS = [
    pytest.param(shelf, item, id=f"{shelf}-{getattr(item, 'id', None) or item.code}")
    for shelf, load in SHELVES.items()
    for item in load()
]
# Learned numbers and word lists: nobody reads them, and tools write most of them.
MACHINERY = {"heads", "lift", "feelings", "patterns.toml"}
TOML_FILES = [
    file
    for file in sorted(DATA.rglob("*.toml"))
    if not MACHINERY & set(file.relative_to(DATA).parts)
]
MACHINE_FILES = [
    file for file in sorted(DATA.rglob("*.toml")) if MACHINERY & set(file.relative_to(DATA).parts)
]
FRONT_PAGES = sorted((DATA / "know").glob("*.md"))
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
PAPERS = [*sorted(ROOT.glob("README.md")), *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(PACKAGE.rglob("*.py"))

GIVEN_CLAIMS = json.loads((HERE / "claims.json").read_text("utf-8"))
MORE_CLAIMS = tomllib.loads((HERE / "claims_more.toml").read_text("utf-8"))
FORBIDDEN = [c["text"] for c in GIVEN_CLAIMS if c["label"] == "forbidden"] + MORE_CLAIMS[
    "forbidden"
]
ALLOWED = [c["text"] for c in GIVEN_CLAIMS if c["label"] == "allowed"] + MORE_CLAIMS["allowed"]


def sentences(value):
    """All texts of ours in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from sentences(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in NOT_OUR_WORDS:
                yield from sentences(each)


def texts_of(item):
    return list(sentences(msgspec.to_builtins(item)))


def claims_of(text):
    return [f"{claim.rule}: {text[claim.start : claim.end]}" for claim in forbidden_claims(text)]


def shown(file):
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_forbidden_claim_is_found(text):
    assert claims_of(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_an_allowed_sentence_passes(text):
    assert claims_of(text) == []


def test_a_claim_says_where_it_stands():
    text = "Write a line. It cures the slump."
    (claim,) = forbidden_claims(text)
    assert (text[claim.start : claim.end], claim.rule) == ("cures", "cure")


@pytest.mark.parametrize("file", TOML_FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_every_content_file_says_its_licence_and_source(file):
    facts = tomllib.loads(file.read_text("utf-8"))
    assert str(facts.get("licence", "")).strip()
    assert str(facts.get("source", "")).strip()


@pytest.mark.parametrize("file", MACHINE_FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_every_file_of_numbers_or_word_lists_says_where_it_comes_from(file):
    opening = "".join(file.read_text("utf-8").splitlines(keepends=True)[:4])
    assert re.search(r"source|written by tools/|own work", opening, re.IGNORECASE)


@pytest.mark.parametrize("file", FRONT_PAGES, ids=lambda file: file.name)
def test_every_page_says_its_licence_and_source(file):
    facts, body = read_front_matter(file)
    assert facts["licence"]
    assert facts["source"]
    assert body


@pytest.mark.parametrize("shelf", sorted(SHELVES))
def test_every_shelf_holds_something_or_waits_for_its_file(shelf):
    assert SHELVES[shelf]() or shelf == "programmes"


@pytest.mark.parametrize("shelf", sorted(SHELVES))
def test_german_loads_with_the_same_ids(shelf):
    def ids(items):
        return sorted(getattr(item, "id", None) or item.code for item in items)

    assert ids(SHELVES[shelf]("de")) == ids(SHELVES[shelf]())


@pytest.mark.parametrize(("shelf", "item"), ITEMS)
def test_no_text_makes_a_forbidden_claim(shelf, item):
    assert [claim for text in texts_of(item) for claim in claims_of(text)] == []


@pytest.mark.parametrize(("shelf", "item"), ITEMS)
def test_every_text_reads_at_grade_eight_or_below(shelf, item):
    hard = {
        text[:60]: round(reading_grade(text), 1)
        for text in texts_of(item)
        if len(text.split()) >= FEWEST_WORDS_FOR_A_GRADE
        and reading_grade(text) > EASIEST_GRADE_ALLOWED
    }
    assert hard == {}


@pytest.mark.parametrize(("shelf", "item"), ITEMS)
def test_nothing_shouts(shelf, item):
    assert [text for text in texts_of(item) if "!" in text] == []


@pytest.mark.parametrize("shelf", ["practices", "questions", "coping", "kind_words"])
def test_no_two_texts_of_a_shelf_are_the_same(shelf):
    texts = [item.text for item in SHELVES[shelf]()]
    assert len(texts) == len(set(texts))


def test_every_programme_names_questions_and_practices_that_exist():
    known = {item.id for item in (*content.questions(), *content.practices())} | {""}
    named = {
        name
        for each in content.programmes()
        for day in each.days
        for name in (day.question, day.practice)
    }
    assert named <= known


@pytest.mark.parametrize("door", ["tomorrow", "home", "series", "while-ago"])
def test_every_door_leads_to_its_guide(door):
    assert content.door_guide(door).sections


def test_the_points_of_all_checklists_have_ids_of_their_own():
    ids = [point.id for each in content.checklists() for point in each.points]
    assert len(ids) == len(set(ids))


def test_questions_cover_every_phase_and_stage():
    phases = {phase for question in content.questions() for phase in question.phases}
    stages = {question.stage for question in content.questions()}
    assert {"dense", "daily", "weekly", "monthly", "prepare", "hard", "series"} <= phases
    assert stages == {"narrate", "notice", "matters", "act", "look-back"}


def test_a_hard_evening_has_at_least_twelve_ways_that_ask_for_little():
    assert len([item for item in content.coping() if item.energy == 1]) >= 12


def test_a_hard_day_has_quiet_words_after_everything_that_can_be_kept():
    quiet = {word.after for word in content.kind_words() if word.hard_days}
    assert quiet == {"win", "check-in", "entry", "gap", "enough"}


@pytest.mark.parametrize("instrument", instruments(), ids=lambda instrument: instrument.id)
def test_what_we_say_about_an_instrument_claims_nothing(instrument):
    assert claims_of(instrument.about) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_no_page_makes_a_forbidden_claim(file):
    assert (
        claims_of(re.sub(r"\{#.*?#\}|<[^>]*>", " ", file.read_text("utf-8"), flags=re.DOTALL)) == []
    )


@pytest.mark.parametrize("file", PAPERS, ids=shown)
def test_no_paper_makes_a_forbidden_claim(file):
    assert claims_of(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", MODULES, ids=shown)
def test_no_translatable_sentence_in_code_makes_a_forbidden_claim(file):
    assert [claim for text in translatable(file) for claim in claims_of(text)] == []


def translatable(file):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "_",
            "gettext",
            "ngettext",
        }:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
