"""Feelings in the body, found as the person wrote them."""

import pytest

from afterglow.core.themes.feelings import body_feelings


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("My chest was so tight at dinner.", "chest"),
        ("A heavy weight on my chest all day.", "chest"),
        ("My heart raced when she rang.", "heart"),
        ("There was a lump in my throat.", "throat"),
        ("My stomach dropped.", "stomach"),
        ("Heavy limbs, slow morning.", "limbs"),
        ("My hands would not stop shaking.", "hands"),
        ("I was clenching my jaw again.", "jaw and face"),
        ("I couldn’t breathe.", "chest"),
    ],
)
def test_a_feeling_in_the_body_is_found_in_its_place(text, place):
    assert place in {feeling.place for feeling in body_feelings(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The chest of drawers is oak.",
        "She is a tight-fisted neighbour.",
        "Hearts won the rubber.",
        "",
    ],
)
def test_words_that_only_look_alike_are_left_alone(text):
    assert body_feelings(text) == []


def test_the_place_in_the_text_is_exact():
    text = "Rain. My chest felt very tight, then soup."
    (found,) = body_feelings(text)
    assert text[found.start : found.end] == "chest felt very tight"
