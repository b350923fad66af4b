"""Vectors of entries: sealed, made when an entry is kept, gone with it, made again when it changes."""

from datetime import UTC, datetime

import msgspec
import pytest

from afterglow.core.days import moment
from afterglow.insights.documents import EntryVectors
from afterglow.insights.queries import finding, vectors
from afterglow.insights.services import vectors as services
from afterglow.journal import services as journal
from afterglow.transfer import archive
from afterglow.vault import doors, hooks
from afterglow.vault.models import Record

NOON = moment(datetime(2031, 3, 4, 12, tzinfo=UTC), "UTC")
WORK = ["afterglow.insights.services.vectors.after_change"]
WORDS = "The harbour was grey. I thought of Oriel, and of the kite."


def keep(vault, text=WORDS):
    return journal.keep_entry(vault=vault, text=text, written=NOON)


@pytest.fixture
def at_once(monkeypatch, settings):
    """The work after a change is done at once, not beside the test's open transaction."""
    settings.AFTER_CHANGE = WORK
    monkeypatch.setattr(services, "begin", services.make_missing)


@pytest.mark.usefixtures("at_once")
def test_keeping_an_entry_makes_its_vectors(vault):
    kept = keep(vault)
    found = vectors.kept_vectors(vault)[str(kept.id)]
    assert [WORDS[start:end] for start, end in found.spans] == [
        "The harbour was grey.",
        "I thought of Oriel, and of the kite.",
    ]
    assert found.rows.shape == (2, 384)
    assert vectors.missing(vault) == []


@pytest.mark.usefixtures("at_once")
def test_vectors_go_with_their_entry(vault):
    kept = keep(vault)
    vault.delete(kept.id)
    assert vault.heads(EntryVectors) == []


@pytest.mark.usefixtures("at_once")
def test_a_changed_entry_gets_new_vectors_and_the_old_ones_are_not_kept(vault):
    kept = keep(vault)
    vault.put(msgspec.structs.replace(kept.document, text="Only this."), record=kept.id)
    assert vectors.kept_vectors(vault)[str(kept.id)].spans == ((0, 10),)
    assert Record.objects.filter(record=vectors.vectors_id(kept.id)).count() == 1
    assert vectors.missing(vault) == []


def test_vectors_of_another_revision_or_model_do_not_count(vault, monkeypatch):
    kept = keep(vault)
    services.make(vault, kept.id)
    assert vectors.missing(vault) == []
    monkeypatch.setattr(vectors, "model_name", lambda: "a later model")
    assert [head.id for head in vectors.missing(vault)] == [kept.id]
    assert vectors.kept_vectors(vault) == {}


def test_vectors_are_sealed_and_never_exported(vault):
    kept = keep(vault)
    services.make(vault, kept.id)
    rows = vectors.kept_vectors(vault)[str(kept.id)].rows.tobytes()
    row = Record.objects.get(record=vectors.vectors_id(kept.id))
    assert rows[:32] not in bytes(row.body)
    assert EntryVectors.kind not in {s.document.kind for s in archive.exported(vault)}


def test_a_lock_stops_the_work(vault):
    keep(vault)
    doors.lock(vault)
    assert services.make_missing(vault) == 0


@pytest.mark.usefixtures("at_once")
def test_the_next_unlock_goes_on_with_what_was_left(vault, settings):
    settings.AFTER_CHANGE = []
    keep(vault)
    settings.AFTER_CHANGE = WORK
    hooks.resume(vault)
    hooks.resume(vault)
    assert vectors.missing(vault) == []


def test_themes_ask_the_model_for_nothing_that_is_kept(vault, monkeypatch):
    for number in range(6):
        services.make(vault, keep(vault, f"Oriel rang about kite number {number}.").id)

    class Refusing:
        name = vectors.model_name()

        def vectors(self, passages):
            raise AssertionError

    monkeypatch.setattr(finding, "meaning", Refusing)
    assert finding.found(vault).analysis.model == Refusing.name


@pytest.mark.django_db(transaction=True)
def test_the_work_runs_in_a_thread_of_its_own(vault):
    keep(vault)
    services.begin(vault).result(timeout=60)
    assert vectors.missing(vault) == []


@pytest.mark.usefixtures("at_once")
def test_a_voice_note_without_words_stops_no_page_of_what_returns(alice):
    journal.keep_entry(vault=alice.vault, text="", written=NOON, kind_of="voice")
    assert [kept.spans for kept in vectors.kept_vectors(alice.vault).values()] == [()]
    pages = ("/themes/", "/themes/about/", "/themes/people/", "/themes/across/")
    assert {alice.get(page).status_code for page in pages} == {200}
    keep(alice.vault)
    assert {alice.get(page).status_code for page in pages} == {200}
