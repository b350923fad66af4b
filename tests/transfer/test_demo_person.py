"""The demo person fills a vault, and every main page then has something true to show."""

from datetime import date

import pytest

from afterglow.journal.documents import Entry
from afterglow.transfer import demo

PAGES = ("/today/", "/plan/", "/plan/wins/", "/entries/", "/sittings/", "/timeline/", "/themes/")


@pytest.fixture
def sandy(alice):
    from django.utils import timezone

    demo.put_person(alice.vault, timezone.now().date())
    return alice


def test_every_entry_is_there(alice):
    kept = demo.put_person(alice.vault, date(2026, 11, 1))
    assert len(alice.vault.heads(Entry)) == 84
    assert kept > 300


@pytest.mark.parametrize("path", PAGES)
def test_pages_show_the_demo_person(sandy, path):
    answer = sandy.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count("<li") > 5
