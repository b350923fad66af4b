"""A seed reaches what may belong with it; people who return are all there; nothing is shown twice."""

from dataclasses import replace

import numpy as np
from tests.core.themes.journals import WordSum, journal

from afterglow.core.themes import choosing, reach, seeds
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.grouping import Group
from afterglow.core.themes.labels import kind_of
from afterglow.core.themes.signs import view_of


def groups():
    ground = lay_ground(journal(40), WordSum())
    return ground, choosing.chosen(ground, reach.reached(ground))


def test_everyone_who_returns_often_is_there_even_when_others_tell_more():
    _, found = groups()
    assert {group.name for group in found if group.is_person} >= {"Oriel"}


def test_what_tells_most_comes_before_the_other_people():
    names = ["Aled", "Bela", "Cato", "Dora", "Enid", "Finn", "Gwen", "Hugo", "Iris", "Jude"]
    told = [
        replace(entry, text=f"{entry.text} I told {names[at % 10]} about it.")
        for at, entry in enumerate(journal(40))
    ]
    ground = lay_ground(told, WordSum())
    found = choosing.chosen(ground, reach.reached(ground))
    assert {group.name for group in found} >= set(names)


def test_no_two_groups_of_a_kind_are_mostly_the_same():
    _, found = groups()
    words = [set(group.rows) for group in found if not group.is_person]
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            assert len(one & other) < 0.5 * min(len(one), len(other))


def test_what_was_taught_already_is_not_shown_again():
    ground = lay_ground(journal(40), WordSum())
    found = choosing.chosen(ground, reach.reached(ground), range(len(ground.texts)))
    assert all(group.is_person for group in found)


def test_a_long_journal_weighs_fewer_seeds(monkeypatch):
    ground = lay_ground(journal(40), WordSum())
    monkeypatch.setattr(seeds, "LEAST_WORDS", 2)
    monkeypatch.setattr(seeds, "LEAST_SEEDS_OF_A_KIND", 1)
    monkeypatch.setattr(seeds, "MOST_LOOKS", 0)
    found = reach.reached(ground)
    assert len([group for group in found if group.kind is None]) == 2
    assert len([group for group in found if group.kind == "insight"]) == 1


def test_without_weights_themes_are_found_by_plain_nearness(monkeypatch):
    monkeypatch.setattr(reach, "learned", lambda: None)
    found = find_themes(journal(40), meaning=WordSum())
    assert "Oriel" in {theme.label for theme in found.themes}


def test_what_was_understood_and_what_is_in_the_way_start_themes_of_their_own():
    ground = lay_ground(journal(40), WordSum())
    kinds = {group.kind for group in reach.reached(ground)}
    assert {"insight", "obstacle", "person"} <= kinds


def test_the_passages_of_such_a_seed_stand_in_different_entries():
    ground = lay_ground(journal(40), WordSum())
    view = view_of(ground, ground.vectors)
    for seed in seeds.seeds(view):
        if seed.kind not in {None, "person"}:
            assert len({ground.entry_of[row] for row in seed.rows}) > 1


def test_what_stood_before_stays_unless_something_tells_clearly_more():
    ground = lay_ground(journal(40), WordSum())
    one = Group("a", False, "a", (0, 3, 6, 9), (1.0,) * 4, (), ("a",), worth=0.5)
    other = Group("b", False, "b", (0, 3, 6, 10), (1.0,) * 4, (), ("b",), worth=0.6)
    clearly = replace(other, worth=1.2)
    stood = [frozenset(one.rows)]
    assert choosing.chosen(ground, [one, other]) == [other]
    assert choosing.chosen(ground, [one, other], standing=stood) == [one]
    assert choosing.chosen(ground, [one, clearly], standing=stood) == [clearly]


def test_who_is_named_in_an_inward_passage_is_shown_there():
    ground = lay_ground(journal(40), WordSum())
    inward = replace(ground, weight=np.ones_like(ground.weight))
    group = next(each for each in reach.reached(inward) if each.name == "Oriel")
    named = {row for row, text in enumerate(ground.texts) if "Oriel" in text}
    assert named <= set(group.rows)


def test_what_a_group_was_started_from_decides_where_its_passages_do_not():
    ground = lay_ground(journal(40), WordSum())
    even = replace(ground, kinds=np.full((len(ground.texts), 6), 1 / 6, np.float32))
    group = Group("k", False, "k", (0, 3), (1.0, 1.0), (), ("k",), kind="insight")
    assert kind_of(even, group) == "insight"
    assert kind_of(even, replace(group, kind="obstacle")) == "obstacle"
