"""A full or failing disk, an upload nobody went on with, pieces sent twice: said plainly, and nothing half kept."""

import errno
import json
import os
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.canaries import Canaries
from tests.vault.sounds import wav
from tests.vault.test_media_pages import MIB, begin, finish, send, sent

from afterglow.vault.grants import rekeying
from afterglow.vault.media import files, keys, pieces, queries, services, sweeping
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile, Upload


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def failing(monkeypatch):
    """A disk that fails with this error at this step."""

    def fail(step, number):
        def failed(*args):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(files.os, step, failed)

    return fail


def leftovers():
    return [each for each in files.folder().rglob("*") if each.is_file()]


@pytest.mark.parametrize("step", ["open", "fsync"])
@pytest.mark.parametrize(("number", "why"), [(errno.ENOSPC, "no_room"), (errno.EIO, "not_written")])
def test_a_disk_that_does_not_take_a_piece_is_said_and_the_piece_is_not_acknowledged(
    alice, failing, monkeypatch, step, number, why
):
    sound = wav(1000)
    upload = begin(alice, sound).json()["upload"]
    with monkeypatch.context():
        failing(step, number)
        answer = send(alice, upload, 0, sound)
        monkeypatch.undo()
    assert (answer.status_code, answer.json()["refused"]) == (507, why)
    assert "disk" in answer.json()["sentence"]
    assert services.kept_pieces(alice.vault, UUID(upload)) in ([], [0])
    assert send(alice, upload, 0, sound).json() == {"kept": 0}
    assert finish(alice, upload).status_code == 200


@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_disk_that_fills_up_at_the_end_keeps_no_document_and_loses_no_piece(
    alice, settings, tmp_path, failing, monkeypatch, step
):
    sound = wav(1000)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound)
    failing(step, errno.ENOSPC)
    assert finish(alice, upload).json()["refused"] == "no_room"
    monkeypatch.undo()
    settings.MEDIA_FOLDER = tmp_path / "media"
    assert alice.vault.heads(Media) == []
    assert MediaFile.objects.count() == 0
    assert services.kept_pieces(alice.vault, UUID(upload)) == [0]
    assert finish(alice, upload).status_code == 200


def test_a_full_disk_is_said_on_the_page_without_scripts(alice, failing):
    failing("fsync", errno.ENOSPC)
    file = SimpleUploadedFile("2025-03-04.txt", b"One quiet line.", content_type="text/plain")
    answer = alice.post(reverse("transfer:import"), {"file": file})
    assert "no room left on this computer" in answer.content.decode().replace("&#x27;", "'")


def test_a_row_that_cannot_be_written_leaves_no_file(alice, monkeypatch):
    def broken(**fields):
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(MediaFile.objects, "create", broken)
    with pytest.raises(OSError):
        services.keep_media(alice.vault, wav(1000), name="", content_type="audio/wav")
    monkeypatch.undo()
    assert [each for each in leftovers() if each.parent == files.folder()] == []
    assert alice.vault.heads(Media) == []


def test_a_piece_sent_again_with_other_bytes_replaces_it_and_repeats_no_nonce(alice):
    sound, other = wav(1000), wav(1000, seed=2)
    upload = begin(alice, sound).json()["upload"]
    path = pieces.folder(UUID(upload)) / "0"
    seen = set()
    for piece in (sound, other, other, sound):
        send(alice, upload, 0, piece)
        seen.add(path.read_bytes()[:12])
    assert len(seen) == 4
    media = finish(alice, upload).json()["media"]
    assert queries.read_media(alice.vault, UUID(media)) == sound


def test_pieces_exchanged_on_the_disk_are_not_taken_for_each_other(alice):
    sound = wav(3 * MIB - 44)
    upload = begin(alice, sound).json()["upload"]
    for index in range(3):
        send(alice, upload, index, sound[index * MIB : (index + 1) * MIB])
    folder = pieces.folder(UUID(upload))
    (folder / "0").rename(folder / "x")
    (folder / "1").rename(folder / "0")
    (folder / "x").rename(folder / "1")
    with pytest.raises(files.Damaged):
        services.finish_upload(alice.vault, UUID(upload))
    assert finish(alice, upload).status_code == 409


def later(**passed):
    return timezone.now() + timedelta(**passed)


def aged(path):
    os.utime(path, (1, 1))


def test_an_upload_that_nobody_went_on_with_goes_after_two_weeks(alice):
    sound = wav(1000)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound)
    assert sweeping.sweep(later(days=13)).uploads == 0
    assert services.kept_pieces(alice.vault, UUID(upload)) == [0]
    assert sweeping.sweep(later(days=15)).uploads == 1
    assert Upload.objects.count() == 0
    assert leftovers() == []


def test_parts_and_files_without_a_row_go_and_what_is_kept_stays(alice):
    media = sent(alice, wav(1000))
    lost = files.folder() / files.write(b"k" * 32, b"nobody knows this one")
    part = files.folder() / f"{'a' * 32}.part"
    part.write_bytes(b"half")
    young = files.folder() / files.write(b"k" * 32, b"on its way to its row")
    orphan = files.folder() / pieces.INCOMING / ("b" * 32)
    orphan.mkdir()
    for each in (lost, part, orphan):
        aged(each)
    for each in MediaFile.objects.all():
        aged(files.folder() / each.file)
    swept = sweeping.sweep(timezone.now())
    assert (swept.uploads, swept.files) == (1, 2)
    assert not any(each.exists() for each in (lost, part, orphan))
    assert young.exists()
    assert queries.read_media(alice.vault, media)


def test_a_database_that_knows_nothing_of_a_folder_sweeps_no_file_out_of_it(alice):
    sent(alice, wav(1000))
    path = files.folder() / MediaFile.objects.get().file
    aged(path)
    MediaFile.objects.all().delete()
    assert sweeping.sweep(timezone.now()).files == 0
    assert path.exists()


def test_a_document_that_was_deleted_by_itself_takes_its_file_along(alice):
    media = sent(alice, wav(1000))
    alice.vault.delete(media)
    assert sweeping.sweep(timezone.now()).files == 1
    assert leftovers() == []


def test_too_many_uploads_at_once_are_refused_until_some_are_done(alice, monkeypatch):
    monkeypatch.setattr("afterglow.vault.media.uploads.MOST_UPLOADS", 2)
    for _ in range(2):
        begin(alice, wav(1000))
    answer = begin(alice, wav(1000))
    assert (answer.status_code, answer.json()["refused"]) == (429, "too_many")
    oldest = Upload.objects.order_by("hour").first()
    Upload.objects.filter(id=oldest.id).update(hour=later(hours=-5))
    assert begin(alice, wav(1000)).status_code == 200
    assert not Upload.objects.filter(id=oldest.id).exists()


def test_a_form_file_beyond_every_limit_leaves_nothing(alice, monkeypatch):
    monkeypatch.setattr("afterglow.vault.media.uploads.MOST_PIECES", 1)
    file = SimpleUploadedFile("a.txt", b"x" * (MIB + 5), content_type="text/plain")
    answer = alice.post(reverse("transfer:import"), {"file": file})
    assert "too large for this page" in answer.content.decode()
    assert Upload.objects.count() == 0
    assert leftovers() == []


def test_deleting_everything_removes_every_file(alice, bob, django_capture_on_commit_callbacks):
    from afterglow.vault import unlock

    sent(alice, wav(1000))
    upload = begin(alice, wav(1000)).json()["upload"]
    send(alice, upload, 0, wav(1000))
    his = sent(bob, wav(1000))
    with django_capture_on_commit_callbacks(execute=True):
        unlock.destroy(alice.vault.owner)
    assert len(leftovers()) == 1
    assert queries.read_media(bob.vault, his)


def test_what_is_said_of_a_recording_is_kept_within_bounds(alice):
    sound = wav(1000)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound)
    media = finish(alice, upload, {"seconds": 2.5, "waveform": [-3, 50, 900] * 300}).json()["media"]
    kept = next(each for each in alice.vault.all(Media) if str(each.id) == media).document
    assert kept.seconds == 2.5
    assert kept.waveform[:3] == (0, 50, 100)
    assert len(kept.waveform) == services.MOST_WAVES
    assert json.dumps(kept.waveform)


def test_new_data_keys_after_a_grant_ended_seal_the_file_anew_and_lose_nothing(
    alice, django_capture_on_commit_callbacks
):
    media = sent(alice, wav(200_000))
    before = MediaFile.objects.get()
    old_key = keys.file_key(keys.media_key(alice.vault.keys, media), before)
    with django_capture_on_commit_callbacks(execute=True):
        rekeying.reseal(alice.vault, [media])
    after = MediaFile.objects.get()
    assert after.file != before.file
    assert [each.name for each in leftovers()] == [after.file]
    assert queries.read_media(alice.vault, media) == wav(200_000)
    length = alice.vault.head(Media, media).document.length
    with pytest.raises(files.Damaged):
        b"".join(files.read(old_key, after.file, length, 0, length))


def test_new_data_keys_leave_a_damaged_file_no_worse(alice):
    media = sent(alice, wav(200_000))
    path = files.folder() / MediaFile.objects.get().file
    path.write_bytes(path.read_bytes()[:-1])
    rekeying.reseal(alice.vault, [media])
    assert next(iter(queries.open_range(alice.vault, media, 0, 1000))) == wav(200_000)[:1000]


def test_with_nothing_hidden_the_scan_would_find_the_sound_on_the_disk(nothing_hidden, alice):
    canaries = Canaries()
    sound = wav(3000).replace(wav(3000)[100:140], canaries.word("sound").encode()[:40].ljust(40))
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound)
    assert canaries.found_in_files(leftovers())
    media = UUID(finish(alice, upload).json()["media"])
    assert canaries.found_in_files(leftovers())
    assert queries.read_media(alice.vault, media) == sound
