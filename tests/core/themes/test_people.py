"""People: one person behind several forms where the text says so, and only there; who a pronoun may be."""

import numpy as np
import pytest

from afterglow.core.themes.kin import kin_in, told_names
from afterglow.core.themes.people import find_people
from afterglow.core.themes.pronouns import pronouns_of

ANNA = ["I went with Anna.", "Told Anna so.", "I miss my sister."]


def people(passages):
    return {p.label: p for p in find_people(passages, range(len(passages)))}


@pytest.mark.parametrize(
    "said",
    [
        "My sister Anna rang.",
        "I saw my sister, Anna, there.",
        "my sister is called Anna",
        "My older sister's name is Anna.",
        "Anna, my sister, laughed.",
        "Anna is my sister.",
        "Meine Schwester Anna rief an.",
        "Meine Schwester heißt Anna.",
    ],
)
def test_a_kin_word_is_the_person_whom_the_text_gives_it_to(said):
    assert 2 in people([*ANNA, said])["Anna"].passages


@pytest.mark.parametrize(
    "said",
    ["My sister rang.", "Anna and my sister rang.", "My sister Anna rang. My sister Eva did not."],
)
def test_where_the_text_does_not_say_it_they_stay_apart(said):
    assert 2 not in people([*ANNA, said])["Anna"].passages


def test_a_name_is_a_name_before_it_is_a_kin_word():
    found = people([*ANNA, "My sister Anna rang.", "My sister said no.", "My sister left."])
    assert "Anna" in found
    assert "my sister" not in {label.lower() for label in found}


def test_a_long_form_joins_the_short_one():
    found = people(["Told Rhi.", "Rhi rang.", "with Rhi", "Rhiannon about seven sat there."])
    assert found["Rhi"].forms == ("Rhi", "Rhiannon")


def test_two_names_that_meet_in_one_passage_are_two_people():
    said = ["Told Sam.", "Sam rang.", "with Samira", "Samira rang.", "Told Sam and Samira so."]
    assert people(said)["Sam"].forms == ("Sam",)


def test_a_plural_is_no_longer_name():
    assert people(["Told Len.", "Len rang.", "Lentils again."])["Len"].forms == ("Len",)


def test_a_name_that_only_opens_sentences_is_found():
    assert "Teddy" in people(["Teddy said no.", "Teddy rang.", "Teddy laughed."])


def test_days_in_the_plural_are_nobody():
    assert people(["I met with Thursdays.", "Told Thursdays."]) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dads scarf", [("father", "dad")]),
        ("Rang meine Schwester an", [("sister", "meine Schwester")]),
        ("Her mother came", []),
        ("I sat with Mother", [("mother", "Mother")]),
    ],
)
def test_kin_words(text, found):
    assert kin_in(text) == found


def test_two_sisters_stay_two():
    assert told_names(["My sister Anna.", "My sister Eva."], {"Anna": 1, "Eva": 1}) == {}


def carried(passages, entries=None):
    entry_of = np.array(entries or [0] * len(passages), dtype=np.int64)
    found = find_people(passages, range(len(passages)))
    rows = pronouns_of(found, passages, entry_of).carried
    return {person.label: dict(own) for person, own in zip(found, rows, strict=True)}


def test_she_is_carried_from_the_sentence_that_names_her():
    rows = carried(["Told Mum.", "She laughed.", "Rain.", "I held her hand.", "Mum rang."])
    assert rows["Mum"] == {1: 1, 3: 2}


def test_he_is_not_she_and_an_entry_ends_the_run():
    assert carried(["Told Mum.", "He laughed.", "Mum rang."]) == {"Mum": {}}
    assert carried(["Told Mum.", "She laughed.", "Mum rang."], [0, 1, 1]) == {"Mum": {}}


def test_the_next_one_named_takes_over():
    rows = carried(["Told Mum.", "Told Nan.", "She laughed.", "Mum rang.", "Nan rang."])
    assert rows["Nan"] == {2: 1}
    assert rows["Mum"] == {}
