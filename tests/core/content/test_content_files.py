"""Reading content files: overlay, shared source, refusals, front matter. With files made here, not the real ones."""

import msgspec
import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.content.files import (
    laid_over,
    language_of,
    load_all,
    load_one,
    read_front_matter,
)


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    word: str
    source: str
    licence: str
    minutes: int = 1


class Shelf:
    """A content folder made here."""

    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.write(
        "cards/a.toml",
        'source = "Afterglow"\nlicence = "Apache-2.0"\nreviewed = ""\n'
        '[[card]]\nid = "one"\nword = "sea"\n[[card]]\nid = "two"\nword = "door"\nsource = "a book"\n',
    )
    shelf.write("de/cards/a.toml", '[[card]]\nid = "one"\nword = "Meer"\n')
    return shelf


def cards(shelf, language="en"):
    return {card.id: card for card in load_all("cards", "card", Card, language, shelf.root)}


def test_source_and_licence_of_a_file_hold_for_every_entry_without_its_own(shelf):
    assert cards(shelf)["one"].source == "Afterglow"
    assert cards(shelf)["two"].source == "a book"


def test_german_words_lie_over_english_ones(shelf):
    assert cards(shelf, "de")["one"].word == "Meer"


def test_what_has_no_german_stays_english(shelf):
    assert cards(shelf, "de")["two"].word == "door"


def test_a_language_without_a_folder_reads_as_english(shelf):
    assert cards(shelf, "fr") == cards(shelf)


def test_a_regional_tag_finds_its_language():
    assert [language_of(tag) for tag in ("de", "de-AT", "DE_ch", "")] == ["de", "de", "de", "en"]


def test_a_single_file_stands_before_a_folder_of_the_same_name(shelf):
    shelf.write("cards.toml", '[[card]]\nid = "zero"\nword = "x"\nsource = "s"\nlicence = "l"\n')
    assert list(cards(shelf)) == ["zero"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[card]]\nid = "one"\nword = "again"\nsource = "s"\nlicence = "l"', "used twice"),
        ('[[card]]\nid = "three"\nword = "x"', "source"),
        ('[[card]]\nid = "three"\nword = "x"\nsource = "s"\nlicence = "l"\nwrod = "y"', "wrod"),
        ('[[card]]\nid = "three"\nword = 3\nsource = "s"\nlicence = "l"', "word"),
        ("[[card]\n", "line 1"),
        ('card = "x"', "list of tables"),
    ],
)
def test_a_broken_entry_is_refused_with_its_file(shelf, text, why):
    shelf.write("cards/b.toml", text)
    with pytest.raises(BadInput, match=why) as refusal:
        cards(shelf)
    assert refusal.value.source == "b.toml"


def test_lists_of_tables_are_laid_over_one_by_one():
    base = {"days": [{"day": 1, "note": "slow"}, {"day": 2, "note": "walk"}]}
    over = {"days": [{"note": "langsam"}, {"note": "gehen"}]}
    assert laid_over(base, over) == {
        "days": [{"day": 1, "note": "langsam"}, {"day": 2, "note": "gehen"}]
    }


def test_a_list_of_words_is_replaced_as_a_whole():
    assert laid_over({"steps": ["a", "b"]}, {"steps": ["c"]}) == {"steps": ["c"]}


def test_one_whole_file_takes_its_overlay_too(shelf):
    shelf.write("one.toml", 'id = "one"\nword = "sea"\nsource = "s"\nlicence = "l"')
    shelf.write("de/one.toml", 'word = "Meer"')
    assert load_one("one.toml", Card, "de", shelf.root).word == "Meer"


def test_front_matter_stands_between_two_fences(shelf):
    shelf.write("page.md", "+++\nid = 'x'\n+++\n\nHello\n")
    assert read_front_matter(shelf.root / "page.md") == ({"id": "x"}, "Hello")


@pytest.mark.parametrize("text", ["Hello", "+++\nid = 'x'\nHello", "Hi\n+++\n+++\n"])
def test_a_page_without_its_fences_is_refused(shelf, text):
    shelf.write("page.md", text)
    with pytest.raises(BadInput, match=r"\+\+\+"):
        read_front_matter(shelf.root / "page.md")


def test_words_find_their_table_by_id_in_whatever_order():
    base = {"lines": [{"id": "a", "number": "1"}, {"id": "b", "number": "2"}]}
    over = {"lines": [{"id": "b", "what": "zwei"}, {"id": "a", "what": "eins"}]}
    assert laid_over(base, over)["lines"] == [
        {"id": "a", "number": "1", "what": "eins"},
        {"id": "b", "number": "2", "what": "zwei"},
    ]
