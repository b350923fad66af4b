"""What the entries are about: every entry in one group, broad, steady, and named in the person's words."""

import dataclasses

import numpy as np
from tests.core.themes.journals import FIRST, WordSum, journal

from afterglow.core.themes import topics
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.themes import Entry
from afterglow.core.themes.topics import as_theme, topics_of

ABOUT = {
    "sleep": "I slept badly and lay awake in bed until four. The bed was too warm to sleep.",
    "garden": "I planted beans in the garden today. The garden soil was wet and full of worms.",
    "work": "The office was loud and my boss moved the deadline. The office emptied late.",
    "swim": "I went to the pool and did twenty lengths. The pool water was cold.",
}


def entries(count=40):
    names = list(ABOUT)
    return [
        Entry(f"{names[at % 4]}{at:02}", f"{ABOUT[names[at % 4]]} Number {at} it was.", FIRST)
        for at in range(count)
    ]


def test_entries_about_the_same_stand_together_and_each_stands_once():
    topics = topics_of(lay_ground(entries(), WordSum()))
    placed = [name for topic in topics for name in topic.entries]
    assert sorted(placed) == sorted(entry.id for entry in entries())
    assert all(len({name[:-2] for name in topic.entries}) == 1 for topic in topics)


def test_a_group_is_named_by_words_that_the_others_have_less():
    topics = topics_of(lay_ground(entries(), WordSum()))
    garden = next(topic for topic in topics if topic.entries[0].startswith("garden"))
    assert set(garden.terms) <= {
        "garden",
        "planted",
        "beans",
        "soil",
        "wet",
        "worms",
        "full",
        "today",
    }
    assert garden.label == ", ".join(garden.terms)


def test_each_quote_is_exact_and_of_its_own_entry():
    known = {entry.id: entry for entry in entries()}
    for topic in topics_of(lay_ground(entries(), WordSum())):
        assert [quote.entry for quote in topic.quotes] == list(topic.entries)
        assert all(known[q.entry].text[q.start : q.end] == q.quote for q in topic.quotes)


def test_the_same_entries_in_any_order_give_the_same_groups():
    ground = lay_ground(entries(), WordSum())
    assert topics_of(ground) == topics_of(lay_ground(entries()[::-1], WordSum()))


def test_a_few_entries_or_no_model_give_none():
    assert topics_of(lay_ground(journal(6), WordSum())) == ()
    assert topics_of(lay_ground(entries(), None)) == ()


def test_entries_without_words_are_in_no_group():
    empty = [dataclasses.replace(entry, text="  ") for entry in entries()[:5]]
    rest = entries()[5:]
    placed = {n for t in topics_of(lay_ground([*empty, *rest], WordSum())) for n in t.entries}
    assert placed == {entry.id for entry in rest}


def test_a_group_can_be_given_in_the_form_of_a_theme():
    ground = lay_ground(entries(), WordSum())
    topic = topics_of(ground)[0]
    theme = as_theme(ground, topic)
    assert (theme.label, theme.entries, theme.mentions) == (
        topic.label,
        topic.entries,
        topic.quotes,
    )


def test_a_very_long_journal_grows_its_tree_on_some_entries_only(monkeypatch):
    monkeypatch.setattr("afterglow.core.themes.topics.MOST_IN_TREE", 20)
    topics = topics_of(lay_ground(entries(), WordSum()))
    assert sum(len(topic.entries) for topic in topics) == 40


def test_an_entry_takes_in_its_neighbours_and_no_stranger():
    chance = np.random.default_rng(1)
    middles = np.eye(8, dtype=np.float32)[[0] * 20 + [4] * 20]
    loose = topics._unit(middles + 0.3 * chance.standard_normal((40, 8)).astype(np.float32))
    close = topics._with_neighbours(loose)
    assert (close[:20] @ close[:20].T).mean() > (loose[:20] @ loose[:20].T).mean() + 0.05
    assert (close[:20] @ close[20:].T).mean() < (close[:20] @ close[:20].T).mean() - 0.5


def test_neighbours_are_the_same_however_many_are_read_at_once(monkeypatch):
    rows = np.random.default_rng(2).standard_normal((30, 8)).astype(np.float32)
    one = topics._with_neighbours(topics._unit(rows))
    monkeypatch.setattr(topics, "ROWS_AT_ONCE", 7)
    assert np.allclose(one, topics._with_neighbours(topics._unit(rows)), atol=1e-6)
