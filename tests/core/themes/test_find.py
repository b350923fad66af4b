"""Finding themes: exact quotes, people by name, the same result every time, decisions that hold."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.themes.journals import FIRST, WordSum, journal

from afterglow.core.themes import find
from afterglow.core.themes.context import a_few_in_context
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.grow import add_entry, like_this
from afterglow.core.themes.taught import next_uncertain
from afterglow.core.themes.themes import Decisions, Entry, Mark


@pytest.fixture(params=[None, WordSum()], ids=["words", "vectors"])
def meaning(request):
    return request.param


def labels(analysis):
    return {theme.label for theme in analysis.themes}


def test_every_quote_is_exact(meaning):
    texts = {entry.id: entry.text for entry in journal()}
    quotes = [m for theme in find_themes(journal(), meaning=meaning).themes for m in theme.mentions]
    assert quotes
    assert all(texts[m.entry][m.start : m.end] == m.quote for m in quotes)


def test_a_person_who_returns_is_found_by_name(meaning):
    people = [t.label for t in find_themes(journal(), meaning=meaning).themes if t.type == "person"]
    assert "Oriel" in people
    assert "My brother" in people


def test_the_same_journal_gives_the_same_themes(meaning):
    one = find_themes(journal(), meaning=meaning)
    other = find_themes(list(reversed(journal())), meaning=meaning)
    assert one.themes == other.themes


def test_labels_are_unique(meaning):
    found = [theme.label.lower() for theme in find_themes(journal(), meaning=meaning).themes]
    assert len(found) == len(set(found))


def test_an_empty_journal_has_no_themes(meaning):
    assert find_themes([], meaning=meaning).themes == ()


def test_under_five_entries_nothing_is_shown(meaning):
    assert find_themes(journal(4), meaning=meaning).themes == ()


def test_empty_and_wordless_entries_do_no_harm(meaning):
    odd = [Entry("z1", "", FIRST), Entry("z2", "…", FIRST), Entry("z3", "雨。", FIRST)]
    assert find_themes([*journal(), *odd], meaning=meaning).themes


def test_a_renamed_theme_keeps_its_name_and_a_dismissed_one_stays_away(meaning):
    first, second, *_ = find_themes(journal(), meaning=meaning).themes
    decisions = Decisions(renamed={first.id: "Mine"}, dismissed=frozenset({second.id}))
    after = find_themes(journal(), meaning=meaning, decisions=decisions)
    assert after.theme(first.id).label == "Mine"
    assert after.theme(second.id) is None


def test_merged_themes_become_one_with_the_passages_of_both(meaning):
    first, second, *_ = find_themes(journal(), meaning=meaning).themes
    after = find_themes(
        journal(), meaning=meaning, decisions=Decisions(merged={second.id: first.id})
    )
    assert after.theme(second.id) is None
    assert set(after.theme(first.id).entries) >= set(second.entries)


def test_a_pinned_theme_comes_first(meaning):
    last = find_themes(journal(), meaning=meaning).themes[-1]
    after = find_themes(
        journal(), meaning=meaning, decisions=Decisions(pinned=frozenset({last.id}))
    )
    assert after.themes[0].id == last.id


def mark(entry, part, label="The kite", belongs=True):
    text = next(e.text for e in journal() if e.id == entry)
    start = text.index(part)
    return Mark(label, entry, start, start + len(part), belongs)


def test_a_marked_theme_appears_under_exactly_its_label(meaning):
    analysis = find_themes(journal(), meaning=meaning, marks=[mark("e04", "Dreamt of a kite")])
    assert analysis.themes[0].label == "The kite"


def test_what_was_marked_not_this_is_not_in_the_theme(meaning):
    marks = [
        mark("e04", "Dreamt of a kite with no string and nobody holding it."),
        mark("e03", "The kite string was in my hand.", belongs=False),
    ]
    theme = find_themes(journal(), meaning=meaning, marks=marks).themes[0]
    assert "The kite string was in my hand." not in {
        m.quote for m in theme.mentions if m.entry == "e03"
    }


def test_the_next_question_is_about_a_passage_outside_the_theme():
    marks = [mark("e04", "Dreamt of a kite with no string and nobody holding it.")]
    analysis = find_themes(journal(), meaning=WordSum(), marks=marks)
    theme = analysis.themes[0]
    asked = next_uncertain(analysis, theme.id)
    assert asked is not None
    assert asked not in theme.mentions


def test_a_theme_can_start_from_one_sentence(meaning):
    one = mark("e01", "and I wanted to follow the kite up")
    theme = like_this(one.entry, one.start, one.end, label="Up", entries=journal(), meaning=meaning)
    assert theme.mentions[0].entry == "e01"
    assert len(theme.entries) > 1


def test_one_more_entry_leaves_old_ids_and_passages_in_place(meaning):
    before = find_themes(journal(), meaning=meaning)
    new = Entry("new", "Oriel rang about the kite.", journal()[-1].written_on)
    after = add_entry(before, journal(), new, meaning=meaning)
    assert [t.id for t in after.themes] == [t.id for t in before.themes]
    assert all(
        set(b.mentions) <= set(a.mentions) for a, b in zip(after.themes, before.themes, strict=True)
    )
    assert "new" in next(t for t in after.themes if t.label == "Oriel").entries


def test_ids_stay_when_the_journal_grows(meaning):
    before = find_themes(journal(16), meaning=meaning)
    after = find_themes(journal(17), meaning=meaning, previous=before.themes)
    kept = {t.id for t in before.themes} & {t.id for t in after.themes}
    assert len(kept) >= 0.7 * len(before.themes)


def test_who_remembers_nothing_reads_a_grown_journal_from_where_it_stood(monkeypatch):
    meaning = WordSum()
    stood = find_themes(journal(16), meaning=meaning)
    ground = lay_ground(journal(19), meaning)
    part = find.themes_of_a_part(ground, meaning)
    assert [(t.id, t.mentions) for t in part] == [(t.id, t.mentions) for t in stood.themes]
    told = find_themes(journal(19), meaning=meaning, previous=stood.themes)
    assert find_themes(journal(19), meaning=meaning).themes == told.themes
    assert find.themes_of_a_part(lay_ground(journal(16), meaning), meaning) == ()
    monkeypatch.setattr(find, "themes_of_a_part", lambda *_: ())
    assert find_themes(journal(19), meaning=meaning).themes != told.themes


def test_vectors_kept_from_before_are_not_made_again():
    class Refusing(WordSum):
        def vectors(self, passages):
            raise AssertionError

    kept = find_themes(journal(), meaning=WordSum())
    again = find_themes(journal(), meaning=Refusing(), passage_vectors=kept.vectors)
    assert again.themes == kept.themes


def test_feelings_are_read_for_every_entry():
    class Reader:
        def of(self, passages, vectors):
            return [{"joy": 0.5} if "laughed" in text else {} for text in passages]

    analysis = find_themes(journal(), meaning=None, feelings=Reader())
    assert analysis.entry_feelings["e05"] == {"joy": 0.5}
    assert analysis.entry_feelings["e00"] == {}


def test_a_split_passage_leaves_its_theme(meaning):
    theme = find_themes(journal(), meaning=meaning).themes[0]
    away = theme.mentions[0]
    decisions = Decisions(split={theme.id: ((away.entry, away.start, away.end),)})
    after = find_themes(journal(), meaning=meaning, decisions=decisions).theme(theme.id)
    assert replace(away) not in after.mentions


def test_one_more_entry_that_says_my_brother_joins_him(meaning):
    found = find_themes(journal(), meaning=meaning)
    more = Entry("z1", "Rain. I rang my brother at last.", FIRST.replace(year=2032))
    grown = add_entry(found, journal(), more, meaning=meaning)
    him = next(theme for theme in grown.themes if theme.label == "My brother")
    assert "I rang my brother at last." in {mention.quote for mention in him.mentions}


def test_one_more_entry_joins_the_same_themes_whether_all_or_few_passages_are_read():
    found = find_themes(journal(), meaning=WordSum())
    more = Entry("z1", journal()[1].text, FIRST.replace(year=2032))
    few = add_entry(found, journal(), more, meaning=WordSum())
    every = add_entry(replace(found, centre=None), journal(), more, meaning=WordSum())
    assert [theme.mentions for theme in few.themes] == [theme.mentions for theme in every.themes]
    assert any(m.entry == "z1" for theme in few.themes for m in theme.mentions)


def test_few_passages_have_the_vectors_they_have_among_all():
    ground = lay_ground(journal(), WordSum())
    rows = [0, 1, 5, len(ground.texts) - 1]
    starts = [int(np.flatnonzero(ground.entry_of == ground.entry_of[row])[0]) for row in rows]
    places = [
        (ground.entries[ground.entry_of[row]].id, row - start)
        for row, start in zip(rows, starts, strict=True)
    ]
    few = ground.centre.taken_from(a_few_in_context(ground.kept, places))
    assert np.allclose(few, ground.vectors[rows], atol=1e-6)
