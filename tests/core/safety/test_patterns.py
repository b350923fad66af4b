"""The transparent layer: clear words show the panel, clear contexts hold it back."""

import pytest

from afterglow.core.safety.patterns import brings_panel, plain

CLEAR = [
    "I want to die.",
    "i dont want to be alive anymore",
    "Everyone would be better off without me.",
    "I’m scared of what I might do to myself tonight.",
    "the suicidal thoughts are loud again",
    "Been saving up my tablets for a while.",
    "I wish I hadn't woken up, I wish I was dead.",
    "I hurt myself after the call.",
]
HARMLESS = [
    "The man in the film said he wanted to kill himself.",
    "No thoughts of harming myself this week.",
    "I dreamt I wanted to die and a horse talked me out of it.",
    "Ten years ago I was suicidal, back then I told nobody.",
    "This deadline makes me want to die, lol.",
    "The tomatoes died in the frost.",
]


@pytest.mark.parametrize("text", CLEAR)
def test_clear_words_bring_the_panel(text):
    assert brings_panel(plain(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_clear_contexts_hold_it_back(text):
    assert not brings_panel(plain(text))


def test_plain_text_keeps_its_length_so_that_offsets_stay():
    text = "İstanbul’da “kalmak” ẞ"
    assert len(plain(text)) == len(text)
