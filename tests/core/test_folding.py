"""Finding words whatever their case, width and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.folding import folded, spans_of, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Straße", "STRASSE"),
        ("Müdigkeit", "mudigkeit"),
        ("ﬁne", "fine"),
        ("Ｆｕｌｌ", "full"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_width_and_accents_do_not_matter(written, typed):
    assert folded(written) == folded(typed)


def test_each_word_of_a_query_is_looked_for_once():
    assert words_of("  Sea sea  LIGHT ") == ("sea", "light")


def test_the_places_found_are_those_of_the_text_as_written():
    text = "Die Straße war müde, die Straße still."
    assert [text[start:end] for start, end in spans_of(text, ["strasse", "mude"])] == [
        "Straße",
        "müde",
        "Straße",
    ]


def test_places_that_touch_become_one():
    assert spans_of("lantern", ["lan", "tern"]) == [(0, 7)]


@given(st.text(max_size=60))
def test_a_place_lies_inside_the_text(text):
    for word in words_of(text):
        for start, end in spans_of(text, [word]):
            assert 0 <= start < end <= len(text)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40), st.text(max_size=40))
def test_what_is_in_the_text_is_found_in_the_folded_text(word, rest):
    assert folded(word) in folded(word + " " + rest)
