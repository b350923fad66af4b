"""What belongs to a taught theme is judged with learned weights, and as much is shown as balances best."""

import numpy as np
from tests.core.themes.journals import WordSum, journal

from afterglow.core.themes import belongs
from afterglow.core.themes.belongs import chances_of, how_many
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.meaning import load_model
from afterglow.core.themes.signs import Lesson
from afterglow.core.themes.taught import taught_groups
from afterglow.core.themes.themes import Mark


def row_of(ground, text):
    return ground.texts.index(text)


def kite_lesson(ground):
    yes = row_of(ground, "Dreamt of a kite with no string and nobody holding it.")
    no = row_of(ground, "Bought bread.")
    return Lesson("The kite", (yes,), (no,))


def test_a_passage_like_the_marked_one_is_likelier_than_one_like_the_refused_one():
    ground = lay_ground(journal(), load_model())
    (chances,) = chances_of(ground, [kite_lesson(ground)])
    near = row_of(ground, "The kite string was in my hand.")
    far = row_of(ground, "Milk, bus, rain.")
    assert chances[near] > chances[far]


def test_what_is_marked_for_another_theme_becomes_less_likely():
    ground = lay_ground(journal(), WordSum())
    near = row_of(ground, "The kite string was in my hand.")
    alone = chances_of(ground, [kite_lesson(ground)])[0][near]
    beside = chances_of(ground, [kite_lesson(ground), Lesson("My hand", (near,), ())])[0][near]
    assert beside < alone


def test_without_vectors_or_weights_nothing_is_judged(monkeypatch):
    words_only = lay_ground(journal(), None)
    assert chances_of(words_only, [kite_lesson(words_only)]) is None
    monkeypatch.setattr(belongs, "learned", lambda: None)
    ground = lay_ground(journal(), WordSum())
    assert chances_of(ground, [kite_lesson(ground)]) is None


def test_without_weights_a_taught_theme_still_grows_to_what_is_nearest(monkeypatch):
    monkeypatch.setattr(belongs, "learned", lambda: None)
    ground = lay_ground(journal(), WordSum())
    entry = ground.entries[4]
    group = taught_groups(ground, [Mark("Kite", entry.id, 0, len(entry.text), belongs=True)])[0]
    assert len(group.rows) > 1


def test_as_many_are_shown_as_are_likely():
    assert how_many(np.array([0.9, 0.8, 0.7, 0.01, 0.01], dtype=np.float32)) == 3
    assert how_many(np.array([], dtype=np.float32)) == 0


def test_the_same_marks_give_the_same_chances():
    ground = lay_ground(journal(), WordSum())
    one, other = (chances_of(ground, [kite_lesson(ground)]) for _ in range(2))
    assert np.array_equal(one, other)
