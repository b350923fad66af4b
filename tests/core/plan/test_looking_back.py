"""The questions after a sitting build on what was kept, and only name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.content.library import look_back_questions
from afterglow.core.plan.looking_back import MORNING, ORDER, KeptThing, asked_back

QUESTIONS = look_back_questions()
THINGS = st.lists(
    st.builds(
        KeptThing, about=st.sampled_from(ORDER), id=st.sampled_from("abcdefgh"), words=st.just("")
    ),
    min_size=1,
    max_size=12,
)


def asked(*abouts, point=MORNING):
    things = [KeptThing(about, str(number)) for number, about in enumerate(abouts)]
    return asked_back(point, things, QUESTIONS)


def test_where_nothing_was_kept_nothing_is_asked():
    assert asked() == ()
    assert asked_back("72h", [], QUESTIONS) == ()


def test_the_voice_note_comes_first_and_then_the_drawing():
    found = asked("words", "drawing", "voice")
    assert [each.kept.about for each in found[:3]] == ["voice", "drawing", "words"]
    assert [each.key for each in found[:3]] == ["back-voice", "back-drawing", "back-words"]


def test_the_last_question_of_the_morning_leaves_everything_as_it_is():
    assert asked("voice")[-1].key == "back-leave"
    assert asked("voice", "drawing", "images", "people")[-1].key == "back-leave"


def test_three_days_later_it_is_what_stays_and_one_small_thing():
    found = asked("voice", point="72h")
    assert [(each.key, each.question.small) for each in found] == [
        ("stays-3", False),
        ("small-3", True),
    ]
    assert all(each.kept is None for each in found)


@given(THINGS)
def test_a_morning_has_four_questions_none_of_them_twice(things):
    found = asked_back(MORNING, things, QUESTIONS)
    keys = [each.key for each in found]
    assert len(found) == 4
    assert len(set(keys)) == 4
    assert all(each.kept in things for each in found if each.kept)


@given(THINGS)
def test_the_same_kept_things_are_asked_about_in_the_same_way(things):
    assert asked_back(MORNING, things, QUESTIONS) == asked_back(MORNING, things, QUESTIONS)


@given(THINGS)
def test_every_question_stands_under_a_thing_of_its_kind(things):
    for each in asked_back(MORNING, things, QUESTIONS):
        if each.kept is None:
            assert each.question.about == ()
        else:
            assert each.kept.about in each.question.about


@pytest.mark.parametrize("about", ORDER)
def test_every_kept_thing_has_a_question_of_its_own(about):
    (first, *_) = asked(about)
    assert first.kept is not None


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.id)
def test_no_question_asks_what_it_means(question):
    text = f"{question.text} {question.hint}".lower()
    assert not any(word in text for word in ("mean", "why", "stand for", "symbol", "lesson"))
