"""What brings the help panel under a saved entry, in short lines and in whole pages."""

import numpy as np
import pytest

from afterglow.core.safety import head as head_module
from afterglow.core.safety import language, look
from afterglow.core.safety.features import BUCKETS
from afterglow.core.themes.meaning import load_model, load_safety_model

NAMES = ("safety", "safety_meaning")

INDIRECT = [
    "I've picked the day and nobody knows.",
    "My kids would be happier with me out of the way for good.",
    "Counted out my tablets and put them where I can reach them tonight.",
]
ORDINARY = [
    "The ego death was soft, like snow, and then I had soup.",
    "Killed the last boss and made pancakes.",
    "Gave four bags of clothes to the charity shop.",
    "Dreamt that I fell off a cliff and woke up laughing.",
    "Mum's roses died in the frost.",
    "Blood pressure was fine, needle went in first time.",
]
PAGE = (
    "Up at seven, walked the dog by the canal, frost on everything. Work was slow. "
    "Lunch with Hannah, she has a new job and a new coat. "
    "I don't want to be alive any more. "
    "Then the bus home, soup, the crossword, and a bath with the radio on."
)


@pytest.mark.parametrize("text", INDIRECT)
def test_indirect_words_bring_the_panel(text):
    assert look(text).show


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_and_session_words_stay_quiet(text):
    assert not look(text).show


def test_one_line_in_an_ordinary_page_brings_the_panel_and_is_marked():
    signs = look(PAGE)
    at = PAGE.index("I don't want")
    assert signs.show
    assert any(start <= at < end for start, end in signs.spans)


def test_spans_are_in_order_and_do_not_overlap():
    signs = look(PAGE + " I want to die. I want to die.")
    ends = [0, *(end for _, end in signs.spans)]
    assert all(start >= before for (start, _), before in zip(signs.spans, ends, strict=False))


@pytest.mark.parametrize("text", ["", "   \n\n", "🌧️🌧️", "。。。", "\x00\x01", "!!!???"])
def test_texts_without_words_stay_quiet(text):
    assert look(text) == (False, ())


def test_a_very_long_text_without_a_stop_is_read_in_pieces():
    signs = look("and then we went on and " * 4000 + "i want to kill myself")
    assert signs.spans == () or all(end - start < 2000 for start, end in signs.spans)


def test_without_the_weights_the_patterns_still_bring_the_panel(monkeypatch):
    monkeypatch.setattr(language, "words_head", lambda: None)
    monkeypatch.setattr(language, "meaning_head", lambda: None)
    assert look("I want to die.").show


def test_a_model_of_meaning_is_asked_once_for_all_windows():
    asked = []

    class Model:
        def vectors(self, passages):
            asked.append(len(passages))
            return np.zeros((len(passages), 384), dtype=np.float32)

    look("One. Two. Three.", meaning=Model())
    assert asked == [6]


def test_the_committed_weights_are_small_and_whole():
    assert head_module.words_head().weights.shape == (BUCKETS,)
    assert head_module.meaning_head().weights.shape == (384,)
    sizes = [(head_module.HEADS_FOLDER / f"{name}.npz").stat().st_size for name in NAMES]
    assert sum(sizes) < 200_000


def test_the_tuned_model_answers_otherwise_than_the_one_it_came_from():
    line = ["I would rather not wake up tomorrow."]
    likeness = float((load_safety_model().vectors(line) * load_model().vectors(line)).sum())
    assert likeness < 0.9


def test_without_its_file_there_is_no_tuned_model(tmp_path):
    assert load_safety_model(tmp_path) is None
