"""Passages are what a person would underline, and their offsets are exact in any script."""

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.themes.passages import LONGEST_WORDS, split


def texts(text):
    return [passage.text for passage in split(text)]


@given(st.text(max_size=300))
def test_every_passage_is_exactly_its_span(text):
    assert all(text[p.start : p.end] == p.text for p in split(text))


@given(st.text(alphabet="ab .,!?\n-1", max_size=200))
def test_no_letter_is_lost_and_none_is_doubled(text):
    kept = "".join(texts(text))
    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


def test_sentences_are_cut_at_their_stops():
    assert texts("The rain stopped. Was it late? Nobody knew.") == [
        "The rain stopped.",
        "Was it late?",
        "Nobody knew.",
    ]


def test_abbreviations_and_initials_do_not_end_a_sentence():
    assert len(texts("Dr. Osei and J. Moss came by, e.g. to talk.")) == 1


def test_a_time_of_day_may_end_a_sentence():
    assert len(texts("She came at 3 p.m. He left.")) == 2


def test_list_items_stand_alone_without_their_bullets():
    assert texts("- milk\n2. eggs\n[ ] post the letter") == ["milk", "eggs", "post the letter"]


def test_dictated_text_is_cut_into_clauses():
    dictated = "so i went down to the water and then i thought about my brother " * 6
    passages = split(dictated)
    assert len(passages) >= 4
    assert all(len(p.text.split()) <= LONGEST_WORDS for p in passages)


def test_scripts_without_spaces_are_cut_at_their_own_stops():
    assert texts("雨が降った。寒い。") == ["雨が降った。", "寒い。"]


def test_dialogue_keeps_its_quotation_marks():
    assert texts("“Rest,” she said. “You may.” I did.")[1] == "“You may.”"


def test_emoji_alone_are_no_passage():
    assert texts("😀😀\n\n😀 yes") == ["😀 yes"]


def test_nothing_gives_nothing():
    assert split("") == []
    assert split(" \n\t ") == []


def test_a_huge_unbroken_run_stays_in_bounded_pieces():
    assert max(len(p.text) for p in split("a" * 100_000)) <= 1200
