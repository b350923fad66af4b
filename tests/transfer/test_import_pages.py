"""Nothing is kept before the person says so, and what waits for the answer is sealed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from afterglow.journal.documents import Entry
from afterglow.measures.documents import Answers
from afterglow.transfer import services
from afterglow.vault import staging
from afterglow.vault.models import StagedRow

pytestmark = pytest.mark.django_db
TEXT = "---\ndate: 2026-01-02T20:00\n---\nThe cormorant dries its wings."


def bring(client, text=TEXT, name="a.md"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("transfer:import"), {"file": file})


def test_a_brought_file_is_shown_and_not_kept(alice, vault):
    page = alice.get(bring(alice).url).content.decode()
    assert "The cormorant dries its wings." in page
    assert "1 entry" in page
    assert vault.heads(Entry) == []


def test_staged_rows_are_sealed(alice):
    bring(alice)
    rows = list(StagedRow.objects.all())
    assert len(rows) == 2
    assert not any(b"cormorant" in bytes(row.sealed) for row in rows)


def test_staged_rows_are_readable_where_nothing_is_hidden(nothing_hidden, alice):
    staging.stage(alice.vault, [b"cormorant"])
    assert b"cormorant" in bytes(StagedRow.objects.get().sealed)


def test_saying_yes_keeps_it_and_leaves_nothing_staged(alice, vault):
    batch = staging_of(alice)
    answer = alice.post(reverse("transfer:keep", args=[batch]))
    assert answer.url == reverse("transfer:done")
    (entry,) = vault.all(Entry)
    assert entry.document.text == "The cormorant dries its wings."
    assert not StagedRow.objects.exists()


def test_saying_no_keeps_nothing(alice, vault):
    bring(alice)
    alice.post(reverse("transfer:cancel"))
    assert vault.heads(Entry) == []
    assert not StagedRow.objects.exists()


def test_the_same_text_at_the_same_time_is_recognised(alice):
    alice.post(reverse("transfer:keep", args=[staging_of(alice)]))
    page = alice.get(bring(alice, name="other name.md").url).content.decode()
    assert "1 is here already" in page


def test_a_problem_is_shown_with_file_and_line(alice):
    page = alice.get(bring(alice, "date,score\n2026-01-01,99\n", "phq.csv").url).content.decode()
    assert "phq.csv, line 2: the score is not" in page


def test_a_large_import_goes_on_where_it_stopped(alice, vault, monkeypatch):
    monkeypatch.setattr("afterglow.transfer.services.KEPT_AT_ONCE", 2)
    batch = staging_of(alice, "date,score\n2026-01-01,9\n2026-01-08,8\n2026-01-15,7\n", "phq.csv")
    page = alice.get(alice.post(reverse("transfer:keep", args=[batch])).url).content.decode()
    assert "2 of 3 are kept" in page
    assert alice.post(reverse("transfer:keep", args=[batch])).url == reverse("transfer:done")


def test_another_person_finds_no_preview(alice, bob):
    url = bring(alice).url
    assert bob.get(url).status_code == 404


def test_another_person_cannot_keep_it(alice, bob):
    batch = staging_of(alice)
    bob.post(reverse("transfer:keep", args=[batch]))
    assert bob.vault.heads(Entry) == []
    assert StagedRow.objects.exists()


def staging_of(client, text=TEXT, name="a.md"):
    bring(client, text, name)
    return staging.newest(client.vault)


def test_each_step_opens_only_the_rows_that_it_keeps(alice, vault, monkeypatch):
    lines = "".join(f"2026-01-0{day},{day}\n" for day in range(1, 8))
    batch = staging_of(alice, f"date,score\n{lines}", "phq.csv")
    monkeypatch.setattr(services, "KEPT_AT_ONCE", 2)
    opened, open_row = [], staging._opened
    monkeypatch.setattr(staging, "_opened", lambda *given: opened.append(1) or open_row(*given))
    kept = []
    while StagedRow.objects.exists():
        kept.append(services.keep_staged(vault=vault, batch=batch).kept)
    assert kept == [2, 4, 6, 7]
    assert len(vault.heads(Answers)) == 7
    # Every row once, and the preview at each step and at the end.
    assert len(opened) == 7 + len(kept) + 1
