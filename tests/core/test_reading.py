"""The reading grade is near what counting by hand gives."""

import pytest

from afterglow.core.reading import reading_grade, syllables_in


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("water", 2),
        ("breathe", 1),
        ("little", 2),
        ("whole", 1),
        ("noticed", 2),
        ("wanted", 2),
        ("stopped", 1),
        ("science", 2),
        ("medicine", 3),
        ("depression", 3),
        ("create", 2),
        ("it’s", 1),
        ("well-being", 3),
        ("2026", 1),
        ("places", 2),
        ("takes", 1),
        ("questionnaire", 3),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert syllables_in(word) == count


def test_the_grade_follows_the_published_formula():
    # Ten words of one syllable, two sentences: 0.39 * 5 + 11.8 * 1 - 15.59 is below 0.
    assert reading_grade("The cat sat on it. The dog ran to me.") == 0.0
    # Three words, nine syllables: 0.39 * 3 + 11.8 * 3 - 15.59.
    assert reading_grade("Medicine animal banana.") == pytest.approx(20.98)


def test_a_line_of_a_list_is_a_sentence_of_its_own():
    assert reading_grade("water and bread\na warm coat") == reading_grade(
        "water and bread. a warm coat."
    )


def test_a_text_without_words_has_grade_zero():
    assert reading_grade(" — … ") == 0.0


def test_plain_words_read_easier_than_official_ones():
    plain = "You can stop here. What you wrote is kept."
    official = (
        "Documentation of subjective experiences facilitates subsequent therapeutic consideration."
    )
    assert reading_grade(plain) < 3
    assert reading_grade(official) > 14
