"""A seed reaches what may belong with it; people who return are all there; nothing is shown twice."""

from dataclasses import replace

from tests.core.themes.journals import WordSum, journal

from afterglow.core.themes import reach
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground


def groups():
    ground = lay_ground(journal(40), WordSum())
    return ground, reach.chosen(ground, reach.reached(ground))


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
    found = reach.chosen(ground, reach.reached(ground))
    assert {group.name for group in found} >= set(names)


def test_no_two_groups_of_a_kind_are_mostly_the_same():
    _, found = groups()
    words = [set(group.rows) for group in found if not group.is_person]
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            assert len(one & other) < 0.5 * min(len(one), len(other))


def test_what_was_taught_already_is_not_shown_again():
    ground = lay_ground(journal(40), WordSum())
    found = reach.chosen(ground, reach.reached(ground), range(len(ground.texts)))
    assert all(group.is_person for group in found)


def test_a_long_journal_weighs_fewer_seeds(monkeypatch):
    ground = lay_ground(journal(40), WordSum())
    monkeypatch.setattr(reach, "LEAST_WORDS", 2)
    monkeypatch.setattr(reach, "MOST_LOOKS", 0)
    words = [group for group in reach.reached(ground) if not group.is_person]
    assert len(words) == 2


def test_without_weights_themes_are_found_by_plain_nearness(monkeypatch):
    monkeypatch.setattr(reach, "learned", lambda: None)
    found = find_themes(journal(40), meaning=WordSum())
    assert "Oriel" in {theme.label for theme in found.themes}
