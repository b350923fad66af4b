"""What a person decided about themes holds: for ever, after editing, and when all is found anew."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.insights.words import WORDS

from afterglow.core.themes.decided import Held, Place, id_of_label
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.held import Shaper, as_known, next_to_ask
from afterglow.core.themes.meaning import load_model
from afterglow.core.themes.themes import Entry

FIRST = date(2031, 2, 1)


@pytest.fixture(scope="module")
def model():
    return load_model()


def journal(words=WORDS):
    return [Entry(f"e{number}", text, FIRST + timedelta(days=number)) for number, text in words]


def shaper_of(entries, model, known=()):
    found = find_themes(entries, meaning=model, previous=known)
    return Shaper(lay_ground(entries, model, found.vectors), found.themes, model)


@pytest.fixture(scope="module")
def shaper(model):
    return shaper_of(journal(), model)


def place(text, number):
    own = dict(WORDS)[number]
    start = own.index(text)
    return Place(f"e{number}", start, start + len(text))


RIVER = place("In the sitting there was a dark river under the kitchen floor.", 1)
BLACK = place(
    "The river again, black water beneath the floor, but it was slower and it carried me.", 17
)
SOUP = place("Oriel came over with soup, and she stayed until dark.", 8)


def held_of(theme, **changes):
    places = tuple(Place(m.entry, m.start, m.end) for m in theme.mentions)
    return replace(Held(theme.id, theme.label, theme.type, places=places), **changes)


def started(*yes, no=(), label="the river"):
    return Held(id_of_label(label), label, yes=yes, places=yes, no=no, started=True)


def places_of(theme):
    return {Place(m.entry, m.start, m.end) for m in theme.mentions}


def test_every_quote_stands_exactly_in_its_entry(shaper):
    texts = {entry.id: entry.text for entry in journal()}
    for theme in shaper.shaped([started(RIVER)]).themes:
        assert all(texts[m.entry][m.start : m.end] == m.quote for m in theme.mentions)


def test_a_name_given_by_the_person_is_the_label(shaper):
    theme = shaper.shaped([]).themes[0]
    assert shaper.shaped([held_of(theme, name="What I call it")]).theme(theme.id).label == (
        "What I call it"
    )


def test_what_matters_stands_first_and_what_was_put_away_does_not_stand_there(shaper):
    themes = shaper.shaped([]).themes
    last, first = themes[-1], themes[0]
    shaped = shaper.shaped([held_of(last, pinned=True), held_of(first, dismissed=True)])
    assert shaped.themes[0].id == last.id
    assert [theme.id for theme in shaped.put_away] == [first.id]
    assert first.id not in {theme.id for theme in shaped.themes}


def test_a_theme_can_begin_with_one_sentence_and_gathers_what_is_like_it(shaper):
    theme = shaper.shaped([started(RIVER)]).theme(id_of_label("the river"))
    assert RIVER in places_of(theme)
    assert BLACK in places_of(theme)
    assert theme.why == ("you_started_it",)


def test_what_is_not_part_of_it_never_comes_back(shaper):
    with_soup = shaper.shaped([started(RIVER, SOUP)]).theme(id_of_label("the river"))
    without = shaper.shaped([started(RIVER, no=(BLACK, SOUP))]).theme(id_of_label("the river"))
    assert SOUP in places_of(with_soup)
    assert not places_of(without) & {BLACK, SOUP}


def test_one_refused_quote_leaves_the_others_of_a_found_theme_alone(shaper):
    theme = shaper.shaped([]).themes[0]
    refused = min(places_of(theme), key=lambda p: (p.entry, p.start))
    shaped = shaper.shaped([held_of(theme, no=(refused,))]).theme(theme.id)
    assert places_of(shaped) == places_of(theme) - {refused}


def test_a_person_found_under_the_name_of_one_that_is_kept_is_the_same_person(shaper):
    found = next(theme for theme in shaper.shaped([]).themes if theme.type == "person")
    at = min(places_of(found), key=lambda p: (p.entry, p.start))
    kept = replace(started(SOUP, no=(at,), label=found.label), kind="person")
    themes = [theme for theme in shaper.shaped([kept]).themes if theme.label == found.label]
    assert [theme.id for theme in themes] == [kept.id]
    assert places_of(themes[0]) >= places_of(found) - {at}
    assert at not in places_of(themes[0])


def test_merged_themes_are_one_and_can_be_taken_apart(shaper):
    one, other = shaper.shaped([]).themes[:2]
    together = shaper.shaped([held_of(one, into=other.id), held_of(other)])
    joined = together.theme(other.id)
    assert joined.label == other.label
    assert places_of(joined) == places_of(one) | places_of(other)
    assert together.theme(one.id) is None
    assert places_of(together.theme_alone(one.id)) == places_of(one)
    assert places_of(together.theme_alone(other.id)) == places_of(other)
    assert shaper.shaped([held_of(one), held_of(other)]).theme(one.id) is not None


def test_a_ring_of_merges_loses_nothing(shaper):
    one, other = shaper.shaped([]).themes[:2]
    ring = [held_of(one, into=other.id), held_of(other, into=one.id)]
    assert {one.id, other.id} & {theme.id for theme in shaper.shaped(ring).themes}


def test_split_off_passages_leave_without_counting_as_wrong(shaper):
    theme = shaper.shaped([]).themes[0]
    away = sorted(places_of(theme), key=lambda p: (p.entry, p.start))[:1]
    shaped = shaper.shaped([held_of(theme, away=tuple(away))]).theme(theme.id)
    assert places_of(shaped) == places_of(theme) - set(away)


def test_a_decision_holds_when_everything_is_found_anew_with_more_entries(model):
    theme = shaper_of(journal(), model).shaped([]).themes[0]
    decided = held_of(theme, name="Mine", pinned=True)
    more = [
        *journal(),
        Entry("e40", "Oriel rang about the garden wall.", FIRST + timedelta(days=40)),
    ]
    later = shaper_of(more, model, as_known([decided])).shaped([decided]).theme(theme.id)
    assert later.label == "Mine"
    assert len(places_of(later) & places_of(theme)) >= 0.3 * len(places_of(theme))


def test_a_decided_theme_that_is_no_longer_found_is_made_again_from_its_passages(shaper):
    lost = Held("ffffffffffff", "a quiet thing", name="A quiet thing", places=(SOUP, RIVER))
    theme = shaper.shaped([lost]).theme("ffffffffffff")
    assert theme.label == "A quiet thing"
    assert places_of(theme) == {SOUP, RIVER}


def test_a_theme_without_any_passage_left_is_not_shown(shaper):
    gone = Held("ffffffffffff", "gone", places=(Place("no such entry", 0, 5),))
    assert shaper.shaped([gone]).theme("ffffffffffff") is None


def test_the_next_question_is_never_about_what_is_settled(shaper):
    held = started(RIVER)
    theme = shaper.shaped([held]).theme(held.id)
    first = next_to_ask(theme, held)
    at = Place(first.entry, first.start, first.end)
    assert at not in places_of(theme)
    assert next_to_ask(theme, held, {at}) != first
    assert next_to_ask(theme, replace(held, no=(at,))) != first


def test_a_tap_gives_what_finding_everything_anew_would_give(shaper, model):
    held = [started(RIVER, BLACK, no=(SOUP,)), started(SOUP, label="soup")]
    tapped = shaper.shaped(held)
    assert shaper_of(journal(), model).shaped(held) == tapped


def test_without_the_model_words_still_make_a_theme():
    shaper = shaper_of(journal(), None)
    theme = shaper.shaped([started(RIVER)]).theme(id_of_label("the river"))
    assert RIVER in places_of(theme)
    assert shaper.nearest(np.ones(384, dtype=np.float32), 5) == []


def test_nearest_are_near_in_meaning(shaper, model):
    asked = model.vectors(["I can never refuse when they ask me"])[0]
    assert any("say no" in mention.quote for mention in shaper.nearest(asked, 3))
