"""What can be made and kept, as a person does it: said, drawn, photographed, sung, danced."""

import io
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from afterglow.core.days import day_of
from afterglow.core.drawing import strokes
from afterglow.journal import queries
from afterglow.journal.documents import Entry
from afterglow.journal.queries import making
from afterglow.medicine.services import plan_sitting, record_done
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile
from tests.vault.sounds import wav

MIB = 1024 * 1024
LINE = {
    "v": 1,
    "width": 720,
    "height": 900,
    "strokes": [{"c": 1, "w": 10, "p": [10, 10, 50, 300, 400, 90]}],
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def today():
    return day_of(timezone.now(), "UTC").isoformat()


def page(name, *arguments):
    return reverse(f"journal:{name}", args=arguments)


def post(client, name, **fields):
    return client.post(page(name), {"day": today()} | fields)


def only(client):
    (stored,) = client.vault.all(Entry)
    return stored


def photo_file():
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#336699").save(out, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", out.getvalue(), "image/jpeg")


def streamed(client, content):
    """What the recorder does: pieces of something whose length is not known yet."""
    said = {"name": "recording", "type": "audio/wav", "length": None}
    begun = client.post("/media/begin/", json.dumps(said), content_type="application/json")
    upload = begun.json()["upload"]
    for index in range(-(-len(content) // MIB)):
        piece = content[index * MIB : (index + 1) * MIB]
        client.post(f"/media/{upload}/{index}/", piece, content_type="application/octet-stream")
    return upload


def test_every_way_of_keeping_something_is_one_tap_away(alice):
    answer = alice.get(page("capture")).content.decode()
    ways = ("voice", "write", "draw", "photo", "poem", "music", "movement")
    assert all(f'href="{page(way)}"' in answer for way in ways)
    assert page("capture") in alice.get(page("write")).content.decode()


def test_a_recording_that_was_streamed_is_kept_with_its_length_and_words(alice):
    upload = streamed(alice, wav(40_000))
    post(
        alice,
        "voice",
        upload=upload,
        lasted_seconds="75",
        waveform="[3, 50, 9]",
        text="the river again",
    )
    entry = only(alice).document
    (shown,) = making.shown(alice.vault, entry)
    assert (entry.kind_of, entry.text, entry.lasted_seconds) == ("voice", "the river again", 75)
    assert shown.media.content_type == "audio/wav"
    assert shown.media.waveform == (3, 50, 9)
    answer = alice.get(page("entry", only(alice).id)).content.decode()
    assert f'src="{reverse("media:show", args=[shown.id])}"' in answer
    assert "the river again" in answer


def test_a_recording_as_a_file_is_kept_too(alice):
    file = SimpleUploadedFile("memo.wav", wav(20_000), "audio/wav")
    post(alice, "voice", recording=file)
    assert [
        each.media.content_type for each in making.shown(alice.vault, only(alice).document)
    ] == ["audio/wav"]


def test_a_voice_note_without_words_asks_for_a_few_and_takes_them_later(alice):
    post(alice, "voice", upload=streamed(alice, wav(9_000)))
    stored = only(alice)
    assert "What was it about?" in alice.get(page("entry", stored.id)).content.decode()
    alice.post(page("add_words", stored.id), {"text": "about my father"})
    answer = alice.get(page("entry", stored.id)).content.decode()
    assert "about my father" in answer
    assert "What was it about?" not in answer
    assert queries.search(alice.vault, "father").count == 1
    assert len(making.shown(alice.vault, only(alice).document)) == 1


def test_no_recording_at_all_is_said_kindly_and_keeps_the_words(alice):
    answer = post(alice, "voice", text="only words so far").content.decode()
    assert "There is no recording yet" in answer
    assert "only words so far" in answer
    assert not alice.vault.heads(Entry)


def test_a_file_that_is_not_sound_is_refused_with_its_reason_and_the_words_stay(alice):
    file = SimpleUploadedFile("notes.pdf", b"%PDF-1.7 something", "application/pdf")
    answer = post(alice, "voice", recording=file, text="my words").content.decode()
    assert "my words" in answer
    assert not alice.vault.heads(Entry)
    assert not alice.vault.heads(Media)


def test_a_recording_that_broke_off_can_be_kept_or_let_go(alice, bob):
    upload = streamed(alice, wav(30_000))
    assert "not finished" in alice.get(page("capture")).content.decode()
    assert "not finished" not in bob.get(page("capture")).content.decode()
    assert f"upload={upload}" in alice.get(page("voice")).content.decode()
    bob.post(page("let_go_unfinished", upload))
    assert "not finished" in alice.get(page("capture")).content.decode()
    again = alice.get(f"{page('voice')}?upload={upload}").content.decode()
    assert "The recording is here" in again
    post(alice, "voice", upload=upload)
    assert only(alice).document.media
    assert "not finished" not in alice.get(page("capture")).content.decode()


def test_a_recording_that_is_let_go_is_gone(alice):
    upload = streamed(alice, wav(30_000))
    alice.post(page("let_go_unfinished", upload))
    assert "not finished" not in alice.get(page("capture")).content.decode()
    answer = post(alice, "voice", upload=upload, text="words stay").content.decode()
    assert "not here any more" in answer
    assert "words stay" in answer


def test_near_a_sitting_no_page_offers_to_let_a_recording_of_this_browser_go(alice):
    assert "data-begun-let-go" in alice.get(page("voice")).content.decode()
    sitting = plan_sitting(vault=alice.vault, day=day_of(timezone.now(), "UTC"), zone="UTC")
    record_done(vault=alice.vault, sitting=sitting.id)
    for name in ("voice", "music"):
        answer = alice.get(page(name)).content.decode()
        assert "data-begun-keep" in answer
        assert "data-begun-let-go" not in answer


def test_a_photo_is_kept_with_caption_and_description(alice):
    post(alice, "photo", photo=photo_file(), text="the harbour", described="blue water, one boat")
    entry = only(alice).document
    (shown,) = making.shown(alice.vault, entry)
    assert shown.media.is_picture
    answer = alice.get(page("entry", only(alice).id)).content.decode()
    assert 'alt="blue water, one boat"' in answer
    assert queries.search(alice.vault, "boat").count == 1


def test_without_a_photo_the_words_stay(alice):
    answer = post(alice, "photo", text="no photo yet").content.decode()
    assert "Please choose a photo" in answer
    assert "no photo yet" in answer


def test_a_drawing_is_kept_as_strokes_and_as_a_picture_and_can_be_taken_up_again(alice):
    post(alice, "draw", strokes=json.dumps(LINE), described="a bridge")
    stored = only(alice)
    assert strokes.read(making.strokes_of(alice.vault, stored.document)).strokes[0].c == 1
    (picture,) = making.shown(alice.vault, stored.document)
    assert picture.media.content_type == "image/png"
    again = alice.get(page("draw_on", stored.id)).content.decode()
    assert "300,400,90" in again
    more = LINE | {"strokes": LINE["strokes"] * 2}
    sent = {"strokes": json.dumps(more), "described": "a bridge and its mirror", "day": today()}
    alice.post(page("draw_on", stored.id), sent | {"base_rev": stored.rev})
    after = only(alice).document
    assert len(strokes.read(making.strokes_of(alice.vault, after)).strokes) == 2
    assert after.described == "a bridge and its mirror"


def test_a_drawing_changed_in_two_places_keeps_both(alice):
    post(alice, "draw", strokes=json.dumps(LINE), described="first")
    stored = only(alice)
    sent = {"strokes": json.dumps(LINE), "day": today(), "base_rev": stored.rev}
    alice.post(page("draw_on", stored.id), sent | {"described": "here"})
    answer = alice.post(page("draw_on", stored.id), sent | {"described": "there"})
    assert "/both/" in answer["Location"]


def test_words_can_be_the_whole_drawing(alice):
    post(alice, "draw", described="a door in the sea")
    assert only(alice).document.media == ()
    assert "a door in the sea" in alice.get(page("gallery")).content.decode()


@pytest.mark.parametrize(
    "broken", ["{", '{"v":9}', '{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":4,"p":[1]}]}']
)
def test_strokes_that_cannot_be_read_are_said_so_and_the_words_stay(alice, broken):
    answer = post(alice, "draw", strokes=broken, described="a tree").content.decode()
    assert "could not be read" in answer
    assert "a tree" in answer
    assert not alice.vault.heads(Entry)


def test_an_empty_sheet_is_not_kept(alice):
    empty = json.dumps(LINE | {"strokes": []})
    assert "There is nothing here yet" in post(alice, "draw", strokes=empty).content.decode()


def test_a_poem_keeps_its_lines(alice):
    post(alice, "poem", text="one\n  two\n\nthree", title="Small")
    entry = only(alice).document
    assert (entry.text, entry.title) == ("one\n  two\n\nthree", "Small")


def test_music_is_kept_as_text_and_nothing_is_fetched(alice):
    post(alice, "music", title="Spiegel", artist="Somebody", link="https://example.org/x?y=<b>")
    answer = alice.get(page("entry", only(alice).id)).content.decode()
    assert "Spiegel" in answer
    assert "https://example.org/x?y=&lt;b&gt;" in answer
    assert 'href="https://example.org' not in answer


def test_what_was_hummed_is_kept(alice):
    post(alice, "music", upload=streamed(alice, wav(9_000)), text="a low hum")
    assert only(alice).document.kind_of == "music"
    assert len(only(alice).document.media) == 1


def test_a_movement_is_a_line_and_a_number(alice):
    post(alice, "movement", text="slow circles", minutes="7")
    entry = only(alice).document
    assert (entry.text, entry.lasted_seconds) == ("slow circles", 420)
    assert "There is nothing here yet" in post(alice, "movement").content.decode()


def test_the_gallery_stands_by_sitting_and_shows_nothing_of_a_tender_piece(alice):
    sitting = plan_sitting(vault=alice.vault, day=day_of(timezone.now(), "UTC"), zone="UTC")
    record_done(vault=alice.vault, sitting=sitting.id)
    post(alice, "photo", photo=photo_file(), text="from the sitting", sitting=str(sitting.id))
    post(alice, "poem", text="hidden words", tender="on")
    answer = alice.get(page("gallery")).content.decode()
    assert "from the sitting" in answer
    assert "hidden words" not in answer
    groups = making.gallery(alice.vault)
    assert [group.sitting for group in groups] == [sitting.id, None]


def test_another_person_sees_none_of_it(alice, bob):
    post(alice, "draw", strokes=json.dumps(LINE), described="mine")
    stored = only(alice)
    assert bob.get(page("draw_on", stored.id)).status_code == 404
    assert bob.post(page("add_words", stored.id), {"text": "x"}).status_code == 404
    assert "mine" not in bob.get(page("gallery")).content.decode()


def test_a_failed_keep_keeps_nothing(alice, monkeypatch):
    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("afterglow.journal.services.photos.keep_entry", fail)
    with pytest.raises(RuntimeError):
        post(alice, "photo", photo=photo_file())
    assert not alice.vault.heads(Media)
    assert not MediaFile.objects.exists()


def test_a_drawing_is_taken_away_as_svg_and_never_a_page_of_its_own(alice, bob):
    alice.post("/capture/draw/", {"strokes": LINE_FOR_A_FILE, "day": "2026-01-02"})
    (stored,) = alice.vault.heads(Entry)
    path = f"/capture/draw/{stored.id}/file/"
    answer = alice.get(path)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content.count(b"<path") >= 1
    assert bob.get(path).status_code == 404


def test_a_drawing_in_words_only_has_no_file(alice):
    alice.post("/capture/draw/", {"described": "a door", "day": "2026-01-02"})
    (stored,) = alice.vault.heads(Entry)
    assert alice.get(f"/capture/draw/{stored.id}/file/").status_code == 404


LINE_FOR_A_FILE = (
    '{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":10,"p":[9,9,50,99,99,80]}]}'
)


def begin(client, form, **fields):
    """What the page sends while somebody types."""
    assert client.post(reverse("accounts:draft"), {"_form": form} | fields).status_code == 200


WAYS = {
    "poem": ({"text": "a line\nanother", "title": "River"}, {}),
    "music": ({"title": "Spiegel im Spiegel", "text": "slow"}, {}),
    "movement": ({"text": "arms first", "minutes": "5"}, {}),
    "voice": ({"text": "the river"}, {"recording": wav(9_000)}),
    "photo": ({"text": "by the river", "described": "a heron"}, {"photo": None}),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_typed_beside_anything_made_is_a_draft_until_it_is_kept(alice, way):
    words, file = WAYS[way]
    begin(alice, f"{way}.new", **words, upload="", waveform="[1]", tender="on")
    shown = alice.get(page(way)).content.decode()
    assert f'data-draft="{way}.new"' in shown
    assert "This is what you had begun" in shown
    for value in words.values():
        assert value.splitlines()[0] in shown
    if "photo" in file:
        file = {"photo": photo_file()}
    elif file:
        file = {"recording": SimpleUploadedFile("a.wav", file["recording"], "audio/wav")}
    assert post(alice, way, **words, **file).status_code == 302
    assert alice.vault.draft(f"{way}.new") == {}
    assert "This is what you had begun" not in alice.get(page(way)).content.decode()


def test_a_draft_beside_a_recording_brings_back_the_words_and_no_recording(alice):
    begin(alice, "voice.new", text="the river", upload=str(uuid4()), waveform="[1, 2]")
    shown = alice.get(page("voice")).content.decode()
    assert "the river" in shown
    assert "data-recorder" in shown


def test_what_is_refused_keeps_its_draft(alice):
    begin(alice, "photo.new", text="by the river")
    odd = SimpleUploadedFile("p.jpg", b"nothing of a picture", "image/jpeg")
    post(alice, "photo", text="by the river", photo=odd)
    assert alice.vault.draft("photo.new")["text"] == "by the river"
