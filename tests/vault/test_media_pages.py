"""Files taken in piece by piece and given back: whole, in part, and to nobody else."""

import io
import json
import os
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.conftest import new_person, open_client
from tests.vault.sounds import wav

from afterglow.vault import doors, renewal
from afterglow.vault.media import files, pieces, queries, services
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile, Upload

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def begin(client, content, kind="audio/wav", name="hum.wav"):
    said = {"name": name, "type": kind, "length": len(content)}
    return client.post(reverse("media:begin"), json.dumps(said), content_type="application/json")


def send(client, upload, index, piece):
    path = reverse("media:piece", kwargs={"upload": upload, "index": index})
    return client.post(path, piece, content_type="application/octet-stream")


def finish(client, upload, said=None):
    path = reverse("media:finish", kwargs={"upload": upload})
    return client.post(path, json.dumps(said or {}), content_type="application/json")


def sent(client, content, **said):
    upload = begin(client, content, **said).json()["upload"]
    for index in range(-(-len(content) // MIB)):
        send(client, upload, index, content[index * MIB : (index + 1) * MIB])
    return UUID(finish(client, upload).json()["media"])


def whole(answer):
    return b"".join(answer.streaming_content)


def test_a_recording_comes_in_pieces_and_is_given_back_whole(alice):
    sound = wav(3 * MIB)
    media = sent(alice, sound)
    answer = alice.get(reverse("media:show", kwargs={"media": media}))
    assert whole(answer) == sound
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Content-Length"] == str(len(sound))
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "hum" not in answer["Content-Disposition"]
    assert alice.vault.get(Media, media).document.name == "hum.wav"


def test_nothing_is_left_of_an_upload_that_was_finished(alice):
    sent(alice, wav(2 * MIB))
    assert Upload.objects.count() == 0
    assert list((files.folder() / pieces.INCOMING).iterdir()) == []
    assert MediaFile.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=65535-65536", 65535, 65536),
        ("bytes=100000-", 100000, None),
        ("bytes=-7", -7, None),
        ("bytes=131072-99999999", 131072, None),
    ],
)
def test_a_stretch_is_given_where_one_is_asked_for(alice, asked, first, last):
    sound = wav(200_000)
    media = sent(alice, sound)
    answer = alice.get(reverse("media:show", kwargs={"media": media}), headers={"range": asked})
    start = first if first >= 0 else len(sound) + first
    end = len(sound) - 1 if last is None else last
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end}/{len(sound)}"
    assert whole(answer) == sound[start : end + 1]


def test_a_stretch_after_the_end_is_refused_and_an_odd_one_ignored(alice):
    sound = wav(1000)
    path = reverse("media:show", kwargs={"media": sent(alice, sound)})
    beyond = alice.get(path, headers={"range": f"bytes={len(sound)}-"})
    assert beyond.status_code == 416
    assert beyond["Content-Range"] == f"bytes */{len(sound)}"
    long = "9" * 5000
    endless = (f"bytes={long}-", f"bytes=-{long}", f"bytes=0-{long}", "bytes=٣-")
    for odd in ("bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=-", *endless):
        assert alice.get(path, headers={"range": odd}).status_code == 200


def test_a_stretch_of_another_version_is_answered_with_the_whole(alice):
    sound = wav(1000)
    path = reverse("media:show", kwargs={"media": sent(alice, sound)})
    for version in ('"another"', "Wed, 21 Oct 2015 07:28:00 GMT"):
        answer = alice.get(path, headers={"range": "bytes=0-9", "if-range": version})
        assert (answer.status_code, whole(answer)) == (200, sound)


def test_another_person_finds_nothing_of_it(alice, bob):
    sound = wav(2 * MIB)
    media = sent(alice, sound)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound[:MIB])
    answers = [
        bob.get(reverse("media:show", kwargs={"media": media})),
        bob.get(reverse("media:small", kwargs={"media": media})),
        bob.get(reverse("media:state", kwargs={"upload": upload})),
        send(bob, upload, 1, sound[MIB : 2 * MIB]),
        finish(bob, upload),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert alice.get(reverse("media:state", kwargs={"upload": upload})).json() == {"kept": [0]}


def test_an_upload_goes_on_after_signing_in_again(db):
    keys = new_person("alice")
    sound = wav(3 * MIB)
    first = open_client(keys)
    upload = begin(first, sound).json()["upload"]
    send(first, upload, 0, sound[:MIB])
    doors.lock(first.vault)
    assert send(first, upload, 1, sound[MIB : 2 * MIB]).status_code == 423
    later = open_client(keys)
    assert later.get(reverse("media:state", kwargs={"upload": upload})).json() == {"kept": [0]}
    for index in range(1, 4):
        send(later, upload, index, sound[index * MIB : (index + 1) * MIB])
    media = UUID(finish(later, upload).json()["media"])
    assert queries.read_media(later.vault, media) == sound


def test_a_lost_answer_to_finishing_names_the_same_file_again(alice):
    sound = wav(1000)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound)
    assert finish(alice, upload).json() == finish(alice, upload).json()
    assert MediaFile.objects.count() == 1


def test_a_piece_that_is_missing_or_does_not_fit_is_named(alice):
    sound = wav(3 * MIB)
    upload = begin(alice, sound).json()["upload"]
    send(alice, upload, 0, sound[:MIB])
    assert finish(alice, upload).json()["refused"] == "not_all"
    assert send(alice, upload, 1, b"short").json()["refused"] == "odd_piece"
    assert send(alice, upload, 9, sound[:MIB]).json()["refused"] == "odd_piece"
    assert send(alice, upload, 0, bytes(MIB + 1)).json()["refused"] == "odd_piece"


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "not_known"),
        (b"%PDF-1.7 ...", "application/pdf", "not_known"),
        (b"<html><script>1</script>", "text/html", "not_known"),
        (b"x" * 10, "image/heic", "heic"),
        (b"x" * 10, "video/x-matroska", "video"),
    ],
)
def test_what_is_not_kept_is_refused_before_it_is_sent_with_a_kind_sentence(
    alice, content, kind, why
):
    answer = begin(alice, content, kind=kind)
    assert answer.status_code == 415
    assert answer.json()["refused"] == why
    assert answer.json()["sentence"].endswith(".")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"<html>", b"<svg/>", b"GIF89a", b"plain"])
def test_what_only_says_it_is_a_photo_is_refused_when_it_has_arrived(alice, content):
    upload = begin(alice, content, kind="image/jpeg").json()["upload"]
    send(alice, upload, 0, content)
    assert finish(alice, upload).json()["refused"] == "not_known"
    assert MediaFile.objects.count() == 0


def test_a_file_beyond_its_limit_is_refused(alice):
    said = {"name": "x", "type": "audio/ogg", "length": 51 * MIB}
    answer = alice.post(reverse("media:begin"), json.dumps(said), content_type="application/json")
    assert (answer.status_code, answer.json()["refused"]) == (413, "too_large")


def photo(size=(900, 600), **saved):
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, "JPEG", **saved)
    return out.getvalue()


def test_a_photo_has_a_small_one_beside_it(alice):
    media = sent(alice, photo(), kind="image/jpeg", name="sea.jpg")
    large = alice.get(reverse("media:show", kwargs={"media": media}))
    small = alice.get(reverse("media:small", kwargs={"media": media}))
    assert large["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(whole(large))).size == (900, 600)
    assert Image.open(io.BytesIO(whole(small))).size == (480, 320)


def test_place_device_and_thumbnail_stay_behind_and_the_picture_stands_upright(vault):
    exif = Image.Exif()
    exif[0x010F] = "Canary Camera Works"
    exif[0x0112] = 6  # lying on its right side
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x9286)
    given = photo((900, 600), exif=exif, comment=b"canary comment")
    assert b"Canary Camera" in given
    kept = services.keep_media(vault, given, name="a.jpg", content_type="image/jpeg")
    content = queries.read_media(vault, kept.id)
    assert b"anary" not in content
    assert b"Exif" not in content
    assert (kept.document.width, kept.document.height) == (600, 900)


def test_a_picture_that_unfolds_without_end_is_refused(vault):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(services.Refused) as refused:
        services.keep_media(vault, out.getvalue(), name="", content_type="image/png")
    assert refused.value.why == "too_large"


def test_a_drawing_stays_a_png_with_what_is_clear_in_it(vault):
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (1, 2, 3, 0)).save(out, "PNG")
    kept = services.keep_media(vault, out.getvalue(), name="", content_type="image/png")
    assert kept.document.content_type == "image/png"
    assert Image.open(io.BytesIO(queries.read_media(vault, kept.id))).mode == "RGBA"


def test_strokes_of_a_drawing_are_kept_as_they_are_and_only_ever_downloaded(alice):
    strokes = json.dumps({"strokes": [[1, 2, 0.5]]}).encode()
    media = sent(alice, strokes, kind="application/json", name="strokes")
    answer = alice.get(reverse("media:show", kwargs={"media": media}))
    assert whole(answer) == strokes
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_stream_ends_when_the_vault_is_locked(alice):
    media = sent(alice, wav(MIB))
    stream = alice.get(reverse("media:show", kwargs={"media": media})).streaming_content
    next(stream)
    doors.lock(alice.vault)
    assert list(stream) == []


def test_a_file_of_a_form_is_sealed_as_it_arrives(alice, monkeypatch):
    seen = []
    monkeypatch.setattr(pieces, "write", lambda way, index, piece: seen.append((index, len(piece))))
    content = b"Written one evening.\n" * 70_000
    file = SimpleUploadedFile("notes.txt", content, content_type="text/plain")
    alice.post(reverse("transfer:import"), {"file": file})
    assert seen == [(0, MIB), (1, len(content) - MIB)]


def test_a_form_without_scripts_brings_a_file_in_and_leaves_no_pieces(alice):
    file = SimpleUploadedFile("2025-03-04.txt", b"One quiet line.", content_type="text/plain")
    answer = alice.post(reverse("transfer:import"), {"file": file})
    assert answer.status_code == 302
    assert Upload.objects.count() == 0
    assert alice.get(answer["Location"]).status_code == 200


def test_names_and_kinds_of_files_are_nowhere_in_clear(alice):
    sent(alice, wav(MIB + 100), name="what-nobody-knows.wav")
    row = MediaFile.objects.get()
    assert row.record != UUID(row.file)
    content = (files.folder() / row.file).read_bytes()
    assert b"RIFF" not in content
    if os.name != "nt":
        assert (files.folder() / row.file).stat().st_mode & 0o777 == 0o600
        assert files.folder().stat().st_mode & 0o777 == 0o700


def test_removing_media_removes_its_files(vault, django_capture_on_commit_callbacks):
    kept = services.keep_media(vault, photo(), name="", content_type="image/jpeg")
    names = [row.file for row in MediaFile.objects.all()]
    assert len(names) == 2
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_media(vault, kept.id)
    assert MediaFile.objects.count() == 0
    assert vault.heads(Media) == []
    assert not [name for name in names if (files.folder() / name).exists()]


def test_an_unknown_upload_takes_nothing(alice):
    assert send(alice, uuid4(), 0, b"x").status_code == 404
    assert finish(alice, uuid4()).status_code == 404


def test_new_keys_for_the_vault_cost_no_file_and_no_upload(db):
    keys = new_person("alice")
    old = open_client(keys)
    sound = wav(2 * MIB)
    media = sent(old, sound)
    upload = begin(old, sound).json()["upload"]
    send(old, upload, 0, sound[:MIB])
    new = renewal.renew(keys)
    later = open_client(new)
    assert queries.read_media(later.vault, media) == sound
    for index in (1, 2):
        send(later, upload, index, sound[index * MIB : (index + 1) * MIB])
    again = UUID(finish(later, upload).json()["media"])
    assert queries.read_media(later.vault, again) == sound
