"""What goes out comes back the same, and only to its owner."""

import io
import json
import os
import zipfile
from datetime import UTC, datetime

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from afterglow.accounts.documents import Preferences
from afterglow.accounts.queries import preferences, preferences_id
from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.measures.documents import Answers, CheckIn
from afterglow.measures.services import keep_check_in, keep_total
from afterglow.transfer import archive, services
from afterglow.vault import documents
from afterglow.vault.documents import Document

pytestmark = pytest.mark.django_db

NOW = moment(datetime(2026, 3, 5, 21, 14, tzinfo=UTC), "Europe/Lisbon")
TEXT = "The sea was loud.\n\n---\n\n<b>Ines</b> called; “we” laughed. 🌊  \n"


class Comet(Document, frozen=True, kw_only=True):
    kind = "comet"
    in_body = frozenset({"tail"})
    tail: str = ""


def documents_in(content):
    return json.loads(zipfile.ZipFile(io.BytesIO(content)).read("afterglow.json"))["documents"]


@pytest.fixture
def written(vault):
    keep_entry(
        vault=vault,
        text=TEXT,
        written=NOW,
        kind_of="dream",
        title='A "boat": blue',
        tags=["sea", "two words"],
        tender=True,
    )
    keep_entry(vault=vault, text="Second", written=NOW)
    keep_check_in(vault=vault, at=NOW, level=5, feelings=["numb"], words="so so")
    keep_total(vault=vault, at=NOW, instrument="phq-9", total=11)
    return vault


def zip_of(vault):
    out = io.BytesIO()
    archive.write_archive(vault, out, language="en")
    return out.getvalue()


def everything(vault):
    return {
        stored.id: stored.document
        for kind in (Entry, CheckIn, Answers)
        for stored in vault.all(kind)
    }


def test_an_own_export_comes_back_equal_in_another_vault(written, bob):
    kept, problems = services.import_file(
        vault=bob.vault, content=zip_of(written), name="afterglow-export.zip", now=NOW
    )
    assert (kept, problems) == (4, [])
    assert everything(bob.vault) == everything(written)


def test_an_own_export_brought_in_again_adds_nothing(written):
    before = everything(written)
    kept, _ = services.import_file(
        vault=written, content=zip_of(written), name="afterglow-export.zip", now=NOW
    )
    assert kept == 0
    assert everything(written) == before


def test_the_markdown_alone_brings_entries_back_with_their_marks(written, bob):
    source = zipfile.ZipFile(io.BytesIO(zip_of(written)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as only_text:
        for name in source.namelist():
            if name.endswith(".md"):
                only_text.writestr(name, source.read(name))
    services.import_file(vault=bob.vault, content=out.getvalue(), name="a.zip", now=NOW)
    dream = next(s.document for s in bob.vault.all(Entry) if s.document.kind_of == "dream")
    assert dream.text == TEXT
    assert (dream.title, dream.tags, dream.tender) == ('A "boat": blue', ("sea", "two words"), True)
    assert dream.written == NOW


def test_the_readable_page_escapes_what_was_written(written):
    page = zipfile.ZipFile(io.BytesIO(zip_of(written))).read("index.html").decode()
    assert "&lt;b&gt;Ines&lt;/b&gt;" in page
    assert "<b>Ines" not in page


def test_the_json_names_kind_and_version_of_every_document(written):
    rows = json.loads(zipfile.ZipFile(io.BytesIO(zip_of(written))).read("afterglow.json"))
    kinds = sorted(row["kind"] for row in rows["documents"])
    assert kinds == ["answers", "check-in", "entry", "entry"]


def test_an_export_is_a_download_that_unzips(alice, written):
    answer = alice.post(reverse("transfer:export"), {"passphrase": "", "again": ""})
    assert answer["Content-Disposition"] == 'attachment; filename="afterglow-export.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    assert "entries/2026-03-05-001.md" in names


def test_looking_at_the_export_page_exports_nothing(alice, written):
    answer = alice.get(reverse("transfer:export"))
    assert "Content-Disposition" not in answer
    assert "anyone who has the file can read it" in answer.content.decode()


def test_a_locked_export_opens_with_its_words_only(alice, written):
    pyrage = pytest.importorskip("pyrage")
    words = "seven quiet otters"
    answer = alice.post(reverse("transfer:export"), {"passphrase": words, "again": words})
    locked = answer.getvalue()
    assert b"afterglow.json" not in locked
    opened = pyrage.passphrase.decrypt(locked, words)
    assert "afterglow.json" in zipfile.ZipFile(io.BytesIO(opened)).namelist()


def test_two_different_words_lock_nothing(alice, written):
    answer = alice.post(
        reverse("transfer:export"), {"passphrase": "seven quiet otters", "again": "eight"}
    )
    assert answer.status_code == 200
    assert "Content-Disposition" not in answer


def test_a_stranger_gets_no_export(stranger):
    answer = stranger.post(reverse("transfer:export"), {"passphrase": "", "again": ""})
    assert "Content-Disposition" not in answer


def test_a_locked_export_comes_back_with_its_words(alice, bob, written):
    words = "seven quiet otters"
    locked = alice.post(
        reverse("transfer:export"), {"passphrase": words, "again": words}
    ).getvalue()
    file = SimpleUploadedFile("afterglow-export.zip.age", locked)
    brought = bob.post(reverse("transfer:import"), {"file": file, "passphrase": words})
    bob.post(f"{brought.url}keep/")
    assert everything(bob.vault) == everything(written)


def test_other_words_do_not_open_a_locked_export(written):
    locked = b"".join(
        archive.locked_stream(written, language="en", passphrase="seven quiet otters")
    )
    with pytest.raises(archive.StillLocked):
        archive.unlocked(locked, "eight quiet otters")


def test_what_this_version_does_not_know_goes_out_as_it_came(vault, monkeypatch):
    monkeypatch.setitem(documents._KINDS, "comet", Comet)
    vault.put(Comet(tail="long"))
    before = documents_in(zip_of(vault))
    monkeypatch.delitem(documents._KINDS, "comet")
    vault._opened.start_over()
    assert len(vault.unread()) == 1
    assert documents_in(zip_of(vault)) == before


def test_an_entry_changed_since_the_export_stays_as_it_is_here(written):
    content = zip_of(written)
    second = next(head for head in written.heads(Entry) if head.document.snippet == "Second")
    changed = msgspec.structs.replace(written.get(Entry, second.id).document, text="Third")
    written.put(changed, record=second.id)
    services.import_file(vault=written, content=content, name="a.zip", now=NOW)
    assert written.get(Entry, second.id).document.text == "Third"


def test_preferences_find_their_own_place_in_another_vault(vault, bob):
    vault.put(Preferences(lock_minutes=5), record=preferences_id(vault))
    services.import_file(vault=bob.vault, content=zip_of(vault), name="a.zip", now=NOW)
    assert preferences(bob.vault).lock_minutes == 5


def test_a_folder_of_texts_comes_in_with_the_dates_of_its_files(vault, tmp_path):
    (tmp_path / "walks").mkdir()
    file = tmp_path / "walks" / "river.txt"
    file.write_text("Along the river")
    os.utime(file, (NOW.at.timestamp(), NOW.at.timestamp()))
    services.import_folder(vault=vault, folder=tmp_path, now=NOW)
    (entry,) = vault.heads(Entry)
    assert entry.document.written == NOW


def test_earlier_words_of_an_entry_come_back_too(vault, bob):
    entry = keep_entry(vault=vault, text="First words", written=NOW)
    for text in ("Second words", "Third words"):
        changed = msgspec.structs.replace(vault.get(Entry, entry.id).document, text=text)
        vault.put(changed, record=entry.id)
    services.import_file(
        vault=bob.vault, content=zip_of(vault), name="afterglow-export.zip", now=NOW
    )
    texts = [each.document.text for each in bob.vault.history(Entry, entry.id)]
    assert texts == ["Third words", "Second words", "First words"]
