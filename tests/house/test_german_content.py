"""German is complete: every text of ours has German words, and every number and name is the same in both."""

import re
import tomllib
from typing import Literal, get_origin, get_type_hints

import msgspec
import pytest
from tests.house.test_content import DATA, NOT_OUR_WORDS, SHELVES, claims_of, sentences

from afterglow.core import content
from afterglow.core.instruments import instruments, load_instrument, score

# Facts, keys and ids: they are read by the program, or are the same in every language.
# Fields that hold one of a few fixed words are facts too; the kinds say which.
FACTS = NOT_OUR_WORDS | {
    "cautions",
    "checked",
    "group",
    "key",
    "number",
    "phases",
    "text_number",
    "text_word",
}
# In these the name is ours; in a help line it is the name of a service.
WITH_NAMES_OF_OURS = {
    "cautions",
    "countries",
    "feelings",
    "habit_areas",
    "interactions",
    "routes",
    "side_effects",
    "worth_mentioning",
}
# In a day of a programme these are ids; what a question is about is one of a few words of the program.
ALSO_FACTS = {"programmes": {"question", "practice"}, "look_back_questions": {"about"}}
# Words that are German and English, said here so that each is meant.
THE_SAME_IN_BOTH = {"China", "Japan", "Filipino", "Hindi", "Marathi", "Tamil", "Telugu"}
# Folders and files that nobody reads, or that belong to the English demo person.
WITHOUT_GERMAN = {"claims.toml", "de", "demo", "feelings", "heads", "lift", "themes", "words"}

ENGLISH_FILES = [
    file.relative_to(DATA)
    for file in sorted((*DATA.rglob("*.toml"), *DATA.rglob("know/*.md")))
    if file.relative_to(DATA).parts[0] not in WITHOUT_GERMAN
]
GERMAN_FILES = sorted((DATA / "de").rglob("*.toml"))
SERVICES = [
    pytest.param(known, line, id=line.id)
    for known in content.help.choices()
    for line in known.lines
]


def worded(value, facts, place=()):
    """Every text of ours in a value, by its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from worded(each, facts, (*place, number))
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in facts:
                yield from worded(each, facts, (*place, key))


def one_of_a_few(kind):
    return {name for name, hint in get_type_hints(kind).items() if get_origin(hint) is Literal}


def texts_of(shelf, item):
    facts = FACTS | ALSO_FACTS.get(shelf, set()) | one_of_a_few(type(item))
    built = msgspec.to_builtins(item)
    found = dict(worded(built, facts))
    if shelf in WITH_NAMES_OF_OURS:
        found[("name",)] = built["name"]
    for number, reference in enumerate(built.get("references", ())):
        found[("references", number, "says")] = reference["says"]
    return found


def texts_by_item(shelf, language):
    return {
        getattr(item, "id", "") or item.code: texts_of(shelf, item)
        for item in SHELVES[shelf](language)
    }


def digits_of(text):
    return re.findall(r"\d+", text.replace(":00", ""))


@pytest.mark.parametrize("shelf", sorted(SHELVES))
def test_every_text_has_german_words(shelf):
    german = texts_by_item(shelf, "de")
    missing = {
        (name, *place): text
        for name, texts in texts_by_item(shelf, "en").items()
        for place, text in texts.items()
        if text
        and text not in THE_SAME_IN_BOTH
        and german[name].get(place, "").strip() in {"", text.strip()}
    }
    assert missing == {}


@pytest.mark.parametrize("shelf", sorted(SHELVES))
def test_no_german_text_claims_or_shouts(shelf):
    texts = [text for item in SHELVES[shelf]("de") for text in sentences(msgspec.to_builtins(item))]
    assert [claim for text in texts for claim in claims_of(text)] == []
    assert [text for text in texts if "!" in text] == []


@pytest.mark.parametrize("file", ENGLISH_FILES, ids=str)
def test_every_file_of_words_has_its_german_one(file):
    assert (DATA / "de" / file).is_file()


@pytest.mark.parametrize("file", GERMAN_FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_no_german_words_are_left_over_from_something_that_went(file):
    english = tomllib.loads((DATA / file.relative_to(DATA / "de")).read_text("utf-8"))
    german = tomllib.loads(file.read_text("utf-8"))
    for key, tables in german.items():
        if isinstance(tables, list) and all("id" in table for table in tables):
            known = {table["id"] for table in english[key]}
            assert {table["id"] for table in tables} <= known


@pytest.mark.parametrize(("known", "line"), SERVICES)
def test_a_help_line_keeps_its_numbers_and_says_the_same_digits_in_german(known, line):
    (german,) = [
        each for each in content.help.country(known.code, "de").lines if each.id == line.id
    ]
    for fact in ("number", "text_number", "text_word", "website", "free", "checked", "source"):
        assert getattr(german, fact) == getattr(line, fact)
    assert digits_of(german.what + german.hours) == digits_of(line.what + line.hours)


@pytest.mark.parametrize("known", content.help.choices(), ids=lambda known: known.code)
def test_a_country_keeps_its_emergency_numbers_in_german(known):
    german = content.help.country(known.code, "de")
    assert [each.number for each in german.emergency] == [each.number for each in known.emergency]
    assert digits_of(german.note) == digits_of(known.note)
    assert german.source == known.source


@pytest.mark.parametrize("english", instruments(), ids=lambda instrument: instrument.id)
def test_an_instrument_scores_the_same_in_german_and_keeps_its_codes(english):
    german = load_instrument(english.id, "de")
    assert facts_of(german) == facts_of(english)
    for case in english.golden:
        assert score(german, case.given()) == score(english, case.given())


@pytest.mark.parametrize("english", instruments(), ids=lambda instrument: instrument.id)
def test_every_word_of_an_instrument_is_german(english):
    shown = {"title", "about", "recall", "bands_note", "source", "text", "name", "options"}
    german = words_of(load_instrument(english.id, "de"), shown)
    same = {
        place: text
        for place, text in words_of(english, shown).items()
        if text == german[place] and text != "minimal"
    }
    assert same == {}
    assert "Deutscher Wortlaut" in load_instrument(english.id, "de").source


def facts_of(instrument):
    """All that is scored, coded or cited; the words left out."""
    built = msgspec.to_builtins(instrument)
    for name in ("title", "about", "recall", "bands_note", "source"):
        del built[name]
    for part, word in (("items", "text"), ("options", "text"), ("bands", "name")):
        built[part] = [{k: v for k, v in each.items() if k != word} for each in built[part]]
    if built["follow_up"]:
        built["follow_up"] = (built["follow_up"]["loinc"], len(built["follow_up"]["options"]))
    return built


def words_of(instrument, shown):
    parts = {"items", "bands", "follow_up"}
    return {
        place: text
        for place, text in worded(msgspec.to_builtins(instrument), set())
        if place[0] in shown | parts and not {"key", "loinc"} & set(place)
    }
