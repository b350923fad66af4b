"""The demo person fills a vault, and every main page then has something true to show."""

import io
from datetime import date

import pytest
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.queries import own_kindness
from afterglow.plans import queries as plans
from afterglow.plans.queries import rhythm
from afterglow.transfer import archive, demo, services
from afterglow.transfer.own_places import PLACES

PAGES = ("/today/", "/plan/", "/plan/wins/", "/entries/", "/sittings/", "/timeline/", "/themes/")


@pytest.fixture
def sandy(alice):

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


def test_an_export_of_the_whole_demo_person_comes_back_without_loss(sandy, bob):
    out = io.BytesIO()
    archive.write_archive(sandy.vault, out, language="en")
    now = moment(timezone.now(), "UTC")
    kept, problems = services.import_file(
        vault=bob.vault, content=out.getvalue(), name="afterglow-export.zip", now=now
    )
    assert problems == []
    assert kept > 300
    assert everything(bob.vault) == everything(sandy.vault)
    assert rhythm.days_practised(bob.vault, "breath-longer-out")
    assert own_kindness(bob.vault).sentences
    assert len(plans.my_values(bob.vault).cards) == 3


def everything(vault):
    """Documents by their id; the few with one place in every vault by their kind and words."""
    kept = list(archive.exported(vault))
    return {
        stored.document if stored.document.kind in PLACES else stored.id: stored.document
        for stored in kept
    }
