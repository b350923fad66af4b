"""A long journal is read beside the requests: with progress, stopped by a word or a lock, and taken up again."""

import gc
import weakref

import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.core.themes import ground
from afterglow.insights.queries import finding as queries
from afterglow.insights.queries import sources, vectors
from afterglow.insights.services import finding
from afterglow.insights.services import vectors as making
from afterglow.journal.services import keep_entry
from afterglow.vault import doors
from tests.conftest import new_person, open_client

THEMES = "/themes/"


@pytest.fixture
def long_journal(monkeypatch, entries):
    """Every journal counts as long, and the page waits for nothing."""
    monkeypatch.setattr(finding, "MISSING_AT_ONCE", 0)
    monkeypatch.setattr(finding, "ENTRIES_AT_ONCE", 0)
    monkeypatch.setattr(finding, "A_MOMENT_SECONDS", 0.0)
    return entries


@pytest.fixture
def by_hand(monkeypatch):
    """The thread does nothing until the test lets it."""
    work = []

    class Waiting:
        def done(self):
            return False

    monkeypatch.setattr(finding, "wait", lambda futures, timeout: None)
    monkeypatch.setattr(finding, "begin", lambda vault: work.append(vault) or Waiting())
    return work


def text_of(answer):
    return answer.content.decode()


@pytest.mark.usefixtures("long_journal", "by_hand")
def test_the_page_says_how_far_it_is_and_offers_to_stop(alice):
    page = text_of(alice.get(THEMES))
    assert "0 of 12 entries are read." in page
    assert "Stop reading" in page
    assert '<noscript><meta http-equiv="refresh"' in page


@pytest.mark.usefixtures("by_hand")
def test_what_was_read_is_counted(alice, long_journal):
    making.make(alice.vault, long_journal[0].id)
    assert "1 of 12 entries are read." in text_of(alice.get(THEMES))


@pytest.mark.usefixtures("long_journal", "by_hand")
def test_once_it_is_found_the_page_shows_it(alice):
    finding._read_and_find(alice.vault.reference())
    assert "Oriel" in text_of(alice.get(THEMES))
    assert vectors.missing(alice.vault) == []


@pytest.mark.usefixtures("by_hand")
def test_stopped_it_shows_what_was_read_and_goes_on_when_asked(alice, long_journal):
    for stored in long_journal[:6]:
        making.make(alice.vault, stored.id)
    alice.post(reverse("insights:reading"), {"word": "stop"})
    finding._read_and_find(alice.vault.reference())
    page = text_of(alice.get(THEMES))
    assert "Reading is stopped at 6 of 12 entries." in page
    assert len(queries.found(alice.vault).texts) == 6
    alice.post(reverse("insights:reading"), {"word": "on"})
    finding._read_and_find(alice.vault.reference())
    assert len(queries.found(alice.vault).texts) == 12


@pytest.mark.usefixtures("by_hand")
def test_a_lock_stops_it_and_after_the_next_unlock_it_goes_on(alice, long_journal, monkeypatch):
    real, asked = ground.vectors_of, []

    def locks_after_three(text, meaning, spans=None):
        asked.append(text)
        if len(asked) == 3:
            doors.lock(alice.vault)
        return real(text, meaning, spans)

    monkeypatch.setattr(ground, "vectors_of", locks_after_three)
    finding._read_and_find(alice.vault.reference())
    assert len(asked) == 3
    assert queries.last_found(alice.vault) is None
    again = open_client(alice.vault.keys)
    finding._read_and_find(again.vault.reference())
    assert len(asked) == 12
    assert "Oriel" in text_of(again.get(THEMES))


@pytest.mark.django_db(transaction=True)
def test_the_thread_does_it_beside_the_requests(alice, long_journal):
    assert "being read" in text_of(alice.get(THEMES))
    finding.begin(alice.vault).result(timeout=60)
    assert "Oriel" in text_of(alice.get(THEMES))


@pytest.mark.usefixtures("long_journal")
@pytest.mark.django_db(transaction=True)
def test_other_pages_answer_while_it_reads(alice):
    alice.get(THEMES)
    assert alice.get(reverse("journal:entries")).status_code == 200
    finding.begin(alice.vault).result(timeout=60)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_was_sent_meanwhile_waits_and_is_answered(alice, long_journal):
    answer = alice.post(reverse("insights:search"), {"words": "a slow river"}, follow=True)
    assert "black water" in text_of(answer)


@pytest.mark.django_db
def test_work_that_waits_keeps_nothing_open_after_a_lock():
    _door, vault = doors.open_door(new_person("late"))
    reference, opened = vault.reference(), weakref.ref(vault._opened)
    assert reference() is not None
    doors.lock(vault)
    assert reference() is None
    del vault
    gc.collect()
    assert opened() is None


def test_what_a_picture_shows_is_read_with_the_words_beside_it(vault):
    kept = keep_entry(
        vault=vault,
        text="The bridge.",
        described="A door in the sea.",
        written=moment(timezone.now(), "UTC"),
        kind_of="drawing",
    )
    assert sources.text_of(vault, kept.id) == "The bridge.\nA door in the sea."
