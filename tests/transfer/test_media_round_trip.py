"""Photos and recordings go out with an export, come back the same, and go with the entry that showed them."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import carry_out_due_deletions, delete_entry
from afterglow.transfer import archive, services
from afterglow.vault.media import files, pieces, queries
from afterglow.vault.media import services as media
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile, Upload
from tests.vault.sounds import wav

pytestmark = pytest.mark.django_db
NOW = moment(datetime(2026, 3, 5, 21, 14, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def drawing():
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).save(out, "PNG")
    return out.getvalue()


def hum_and_drawing(vault):
    """An entry with a recording and a drawing beside it."""
    hum = media.keep_media(vault, wav(70_000), name="hum.wav", content_type="audio/wav", seconds=2)
    drawn = media.keep_media(vault, drawing(), name="sea", content_type="image/png")
    entry = Entry(written=NOW, text="What I hummed.", media=(hum.id, drawn.id))
    return vault.put(entry), hum, drawn


def zip_of(vault):
    out = io.BytesIO()
    archive.write_archive(vault, out, language="en")
    return out.getvalue()


def media_of(vault):
    return {
        stored.id: (stored.document, queries.read_media(vault, stored.id))
        for stored in vault.all(Media)
    }


def test_originals_come_back_equal_in_another_vault(vault, bob):
    hum_and_drawing(vault)
    content = zip_of(vault)
    kept, problems = services.import_file(vault=bob.vault, content=content, name="x.zip", now=NOW)
    assert (kept, problems) == (4, [])
    assert media_of(bob.vault) == media_of(vault)
    assert bob.vault.all(Entry)[0].document == vault.all(Entry)[0].document
    again, _ = services.import_file(vault=bob.vault, content=content, name="x.zip", now=NOW)
    assert again == 0


def test_the_readable_page_shows_pictures_and_plays_recordings(vault):
    _, hum, drawn = hum_and_drawing(vault)
    out = zipfile.ZipFile(io.BytesIO(zip_of(vault)))
    page = out.read("index.html").decode()
    assert f'<img src="media/{drawn.id}.png"' in page
    assert f'src="media/{hum.id}.wav"' in page
    assert {f"media/{drawn.id}.png", f"media/{hum.id}.wav"} <= set(out.namelist())
    assert f"../media/{hum.id}.wav" in out.read("entries/2026-03-05-001.md").decode()


def brought(client, content, name="afterglow-export.zip"):
    file = SimpleUploadedFile(name, content, content_type="application/zip")
    return client.post(reverse("transfer:import"), {"file": file})


def test_they_come_in_through_the_page_too_and_nothing_lies_about_after_it(vault, bob):
    hum_and_drawing(vault)
    preview = brought(bob, zip_of(vault))["Location"]
    assert MediaFile.objects.filter(owner=bob.vault.owner).count() == 0
    assert bob.post(f"{preview}keep/")["Location"] == reverse("transfer:done")
    assert media_of(bob.vault) == media_of(vault)
    assert Upload.objects.count() == 0
    assert list((files.folder() / pieces.INCOMING).iterdir()) == []


def test_an_import_that_is_called_off_leaves_nothing_sealed_behind(vault, bob):
    hum_and_drawing(vault)
    brought(bob, zip_of(vault))
    assert Upload.objects.count() == 1
    bob.post(reverse("transfer:cancel"))
    assert Upload.objects.count() == 0


def without(content, ending):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if not info.filename.endswith(ending):
                new.writestr(info.filename, old.read(info))
    return out.getvalue()


def test_a_recording_that_is_missing_from_an_export_is_named_and_the_rest_comes_in(vault, bob):
    hum_and_drawing(vault)
    content = without(zip_of(vault), ".wav")
    kept, problems = services.import_file(vault=bob.vault, content=content, name="x", now=NOW)
    assert kept == 3
    assert [problem.why for problem in problems] == ["no_file"]


def test_an_export_whose_picture_is_something_else_does_not_bring_that_in(vault, bob):
    _, _, drawn = hum_and_drawing(vault)
    out = io.BytesIO(without(zip_of(vault), f"{drawn.id}.png"))
    with zipfile.ZipFile(out, "a") as new:
        new.writestr(f"media/{drawn.id}.png", "<svg onload='x'/>")
    services.import_file(vault=bob.vault, content=out.getvalue(), name="x", now=NOW)
    assert drawn.id not in media_of(bob.vault)


def test_a_damaged_recording_is_named_in_the_export_and_the_rest_goes_out(vault):
    _, hum, drawn = hum_and_drawing(vault)
    row = MediaFile.objects.get(record=hum.id)
    path = files.folder() / row.file
    path.write_bytes(path.read_bytes()[:-1])
    out = zipfile.ZipFile(io.BytesIO(zip_of(vault)))
    assert out.read("media/not-readable.txt").decode() == f"media/{hum.id}.wav\n"
    assert out.read(f"media/{drawn.id}.png")


def on_disk():
    return {each.name for each in files.folder().iterdir() if each.is_file()}


def test_an_entry_that_goes_for_good_takes_its_files_along(
    vault, django_capture_on_commit_callbacks
):
    entry, _, _ = hum_and_drawing(vault)
    assert len(on_disk()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_entry(vault=vault, entry=entry.id, now=NOW) is None
    assert on_disk() == set()
    assert vault.heads(Media) == []


def test_what_an_earlier_revision_showed_goes_too_and_what_another_entry_shows_stays(
    vault, django_capture_on_commit_callbacks
):
    entry, hum, drawn = hum_and_drawing(vault)
    vault.put(Entry(written=NOW, text="Without them."), record=entry.id)
    vault.put(Entry(written=NOW, text="Another one.", media=(drawn.id,)))
    with django_capture_on_commit_callbacks(execute=True):
        delete_entry(vault=vault, entry=entry.id, now=NOW)
    assert queries.media_or_none(vault, hum.id) is None
    assert queries.read_media(vault, drawn.id)


def test_a_deletion_that_was_waiting_takes_the_files_when_it_is_due(
    vault, django_capture_on_commit_callbacks
):
    from afterglow.journal.documents import Deletion

    entry, _, _ = hum_and_drawing(vault)
    vault.put(Deletion(entry=entry.id, asked=NOW, due=NOW))
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out_due_deletions(vault, NOW) == 1
    assert on_disk() == set()
