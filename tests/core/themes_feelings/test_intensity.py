"""How strongly a passage is put."""

from afterglow.core.themes.feelings import intensity


def test_stronger_words_count_for_more_than_milder_ones():
    mild, plain, strong = (
        intensity(text)
        for text in ("I was a little sad, maybe.", "I was sad.", "I was so utterly, deeply sad!")
    )
    assert mild < plain < strong


def test_capitals_and_drawn_out_letters_raise_it():
    assert intensity("I am ANGRY, sooo angry") > intensity("I am angry, so angry")


def test_it_stays_between_nought_and_one():
    assert intensity("so very really " * 40) == 1.0
    assert intensity("maybe slightly a little bit " * 40) == 0.0


def test_a_passage_without_words_has_none():
    assert intensity("… 12 🌧️") == 0.0
