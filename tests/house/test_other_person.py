"""Every address with a name of somebody else's in it, asked for by another person: nothing there, nothing changed."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from tests.house.test_rights import ADDRESSES, OPEN

from afterglow.journal.documents import Entry
from afterglow.transfer import demo
from afterglow.vault.models import Manifest

NAMED = [
    (name, converters)
    for name, converters in ADDRESSES
    if any(type(each).__name__ == "UUIDConverter" for each in converters.values())
]
UNNAMED = [name for name, converters in ADDRESSES if not converters and name not in OPEN]
# A second tap after all is done leads on, as it does for an id that nobody has.
LEADS_ON = {"transfer:keep", "companion:still_fits", "journal:let_go_unfinished"}
OTHERS = {"StringConverter": ("home",), "IntConverter": (0, 1)}
SLUGS = ("why", "insight", "obstacle", "purpose", "goal", "win", "person", "appointment", "theme")


@pytest.fixture
def demo_alice(alice):
    """Alice with a whole life in her vault."""
    demo.put_person(alice.vault, timezone.now().date())
    return alice


def paths_to(client, name, converters):
    """The address with each id of this person's, one for each kind of document."""
    ids = {stored.document.kind: stored.id for stored in client.vault._opened.heads.values()}
    chosen = [{}]
    for word, converter in converters.items():
        kind = type(converter).__name__
        values = ids.values() if kind == "UUIDConverter" else OTHERS.get(kind, SLUGS)
        chosen = [each | {word: value} for each in chosen for value in values]
    for each in chosen:
        try:
            yield reverse(name, kwargs=each)
        except NoReverseMatch:
            continue


def test_what_is_somebody_elses_is_not_there(demo_alice, bob):
    before = Manifest.objects.get(owner=demo_alice.vault.owner).counter
    wrong = []
    for name, converters in NAMED:
        closed = {404, 405} | ({302} if name in LEADS_ON else set())
        for path in paths_to(demo_alice, name, converters):
            answers = (bob.get(path), bob.post(path, {"word": "x", "text": "x"}))
            wrong += [(path, a.status_code) for a in answers if a.status_code not in closed]
    assert wrong == []
    assert len(NAMED) > 30
    assert Manifest.objects.get(owner=demo_alice.vault.owner).counter == before


def test_no_page_shows_another_persons_words(demo_alice, bob):
    snippets = [stored.document.snippet[:40] for stored in demo_alice.vault.heads(Entry)]
    shown = [snippet for snippet in snippets if len(snippet) > 20]
    assert len(shown) > 50
    pages = {name: text_of(bob.get(reverse(name), follow=True)) for name in UNNAMED}
    found = [(name, each) for name, text in pages.items() for each in shown if each in text]
    assert found == []


def text_of(page):
    return "" if page.streaming else page.content.decode()
