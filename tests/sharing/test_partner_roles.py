"""Every address between two people, for everyone who holds or held a grant: only what was granted, and nothing of others."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.house import test_grant_rights as rights
from tests.house.test_rights import ADDRESSES
from tests.sharing import lives

scene = rights.scene
PARTNER = [(name, converters) for name, converters in ADDRESSES if name.startswith("partner:")]
# What the page of one person says of each scope.
SAID = {
    "mood": {"feeling"},
    "measures": {"instrument"},
    "sittings": {"dose"},
    "effects": {"effect", "cuff"},
    "plan": {"why", "insight", "means", "obstacle", "then", "purpose", "value", "goal", "win"},
    "appointments": {"toask"},
    "themes": {"theme"},
    "themes+quotes": {"quotedtheme", "quote"},
    "entries": {"title", "text"},
    "goal": {"goal"},
    "sittings+effects": {"dose", "effect", "cuff"},
    "everything": {"feeling", "instrument", "dose", "effect", "goal", "toask", "quote", "text"},
}


def words_of(answers):
    pages = [answer for answer in answers if not answer.streaming]
    return lives.found_in("".join(page.content.decode() for page in pages))


def answers_to(scene, name, converters):
    """The address with the owner as its person, and with ids of theirs where it takes one of a document."""
    owner = scene.alice.vault.owner
    documents = [scene.life.ids[name] for name in ("obstacle", "win", "harm")]
    for record in documents if "record" in converters else (owner,):
        chosen = {word: owner if word in {"person", "other"} else record for word in converters}
        try:
            yield scene.looker.get(reverse(name, kwargs=chosen))
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("scene", rights.ROLES, indirect=True)
def test_all_pages_about_one_person_hold_no_word_outside_the_scope(scene):
    answers = [each for name, conv in PARTNER for each in answers_to(scene, name, conv)]
    assert {each.status_code for each in answers} <= {200, 302, 404, 405}
    assert words_of(answers) <= scene.shown


@pytest.mark.parametrize("scene", lives.EXPECTED, indirect=True)
def test_the_page_of_one_person_says_what_was_granted(scene):
    page = scene.looker.get(reverse("partner:person", args=[scene.alice.vault.owner]))
    assert words_of([page]) >= SAID[scene.role]


@pytest.mark.parametrize("scene", ["another owner"], indirect=True)
def test_somebody_unknown_gets_no_page_about_the_person(scene):
    owner = scene.alice.vault.owner
    answers = [
        scene.looker.get(reverse(name, kwargs=dict.fromkeys(converters, owner)))
        for name, converters in PARTNER
        if converters and all(type(c).__name__ == "UUIDConverter" for c in converters.values())
    ]
    assert {each.status_code for each in answers} <= {404, 405}
