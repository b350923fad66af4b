"""What was said, drawn or photographed without a connection arrives as what it is, once, with its files."""

import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from afterglow.core.days import moment
from afterglow.core.drawing import strokes
from afterglow.journal.documents import Entry
from afterglow.journal.queries import making
from afterglow.medicine.documents import Sitting
from afterglow.vault.media import services as media
from afterglow.vault.media import sweeping
from afterglow.vault.media.documents import Media
from tests.vault.outgoing import sealed, sealed_bytes, send
from tests.vault.sounds import wav

LINE = json.dumps(
    {
        "v": 1,
        "width": 720,
        "height": 900,
        "strokes": [{"c": 1, "w": 10, "p": [9, 9, 50, 99, 99, 80]}],
    }
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#345").save(file, "JPEG")
    return file.getvalue()


def arrive(person, kind, fields, files=()):
    """Post the pieces and then the item, as a phone does; gives the answer and the item's id."""
    owner, item, described = person.vault.owner, uuid4(), []
    for content, content_type in files:
        piece = uuid4()
        blob = sealed_bytes(owner, piece, content)
        assert send(person, owner, piece, blob, part_of=item).status_code == 200
        described.append(
            {"type": content_type, "length": len(content), "pieces": [str(piece)], "seconds": 7}
        )
    item, blob = sealed(owner, kind, fields, item=item, media=described)
    return send(person, owner, item, blob).json(), item


def test_a_voice_note_said_without_a_connection_is_a_voice_note(alice):
    said, item = arrive(
        alice,
        "voice",
        [["text", "the river"], ["lasted_seconds", "7"]],
        [(wav(9_000), "audio/wav")],
    )
    entry = alice.vault.get(Entry, item).document
    assert said["kept"] == "open"
    assert (entry.kind_of, entry.text, entry.lasted_seconds) == ("voice", "the river", 7)
    (shown,) = making.shown(alice.vault, entry)
    assert shown.media.is_sound
    assert shown.media.seconds == 7


def test_a_voice_note_without_words_is_kept_too(alice):
    _, item = arrive(alice, "voice", [["text", ""]], [(wav(9_000), "audio/wav")])
    assert alice.vault.get(Entry, item).document.kind_of == "voice"


def test_a_recording_that_was_streamed_is_named_and_not_sent_again(alice):
    upload = media.begin_upload(
        alice.vault, name="recording", content_type="audio/wav", length=None
    )
    media.take_piece(alice.vault, upload, 0, wav(9_000))
    _, item = arrive(
        alice,
        "voice",
        [["upload", str(upload)], ["lasted_seconds", "3"], ["waveform", "[4, 60, 9]"]],
    )
    entry = alice.vault.get(Entry, item).document
    assert entry.media == (upload,)
    assert making.shown(alice.vault, entry)[0].media.waveform == (4, 60, 9)


@pytest.mark.parametrize("odd", ["", "loud", '{"a": 1}', "[1.5]"])
def test_an_odd_waveform_never_costs_the_recording(alice, odd):
    upload = media.begin_upload(
        alice.vault, name="recording", content_type="audio/wav", length=None
    )
    media.take_piece(alice.vault, upload, 0, wav(9_000))
    _, item = arrive(alice, "voice", [["upload", str(upload)], ["waveform", odd]])
    assert alice.vault.get(Entry, item).document.media == (upload,)


def begun(person, content):
    """What a recorder had sent while somebody spoke."""
    upload = media.begin_upload(
        person.vault, name="recording", content_type="audio/wav", length=None
    )
    media.take_piece(person.vault, upload, 0, content)
    return upload


def sounds(person):
    """How long each kept recording is, by entry."""
    return [
        [each.media.length for each in making.shown(person.vault, stored.document)]
        for stored in person.vault.all(Entry)
    ]


def test_a_recording_that_comes_whole_needs_nothing_of_what_was_streamed(alice):
    upload = begun(alice, wav(9_000))
    later = timezone.now() + timedelta(days=30)
    sweeping.sweep(later)
    fields = [["upload", str(upload)], ["recording_id", str(uuid4())]]
    said, _ = arrive(alice, "voice", fields, [(wav(9_000), "audio/wav")])
    assert said["kept"] == "open"
    assert sounds(alice) == [[len(wav(9_000))]]


def test_what_was_streamed_of_a_recording_that_came_whole_is_not_offered_again(alice):
    fields = [["upload", str(begun(alice, wav(9_000)))], ["recording_id", str(uuid4())]]
    arrive(alice, "voice", fields, [(wav(9_000), "audio/wav")])
    assert sounds(alice) == [[len(wav(9_000))]]
    assert making.unfinished(alice.vault) == []


@pytest.mark.parametrize("kind", ["voice", "said"])
def test_one_recording_that_two_tabs_sealed_is_one_entry(alice, kind):
    fields, sound = [["recording_id", str(uuid4())]], [(wav(9_000), "audio/wav")]
    for _ in range(2):
        said, _ = arrive(alice, kind, fields, sound)
        assert said["kept"] == "open"
    assert sounds(alice) == [[len(wav(9_000))]]
    assert len(alice.vault.heads(Media)) == 1


def test_a_recording_that_the_page_had_kept_is_not_kept_again_at_the_lock(alice):
    own = str(uuid4())
    form = {"upload": str(begun(alice, wav(9_000))), "recording_id": own, "text": "the river"}
    alice.post("/session/say/", form)
    arrive(alice, "voice", [["recording_id", own]], [(wav(9_000), "audio/wav")])
    (entry,) = [stored.document for stored in alice.vault.all(Entry)]
    assert (entry.text, len(entry.media)) == ("the river", 1)


def test_a_form_that_is_sent_twice_keeps_its_recording_once_and_all_its_words(alice):
    own, day = str(uuid4()), timezone.now().date().isoformat()
    for words in ("the river", "the river and the bridge", ""):
        upload = str(begun(alice, wav(9_000)))
        form = {"upload": upload, "recording_id": own, "text": words, "day": day}
        alice.post("/capture/voice/", form)
    (entry,) = [stored.document for stored in alice.vault.all(Entry)]
    assert entry.text == "the river and the bridge"
    assert len(entry.media) == 1
    assert making.unfinished(alice.vault) == []


def test_what_had_arrived_goes_when_the_recording_came_as_a_file_of_the_form(alice):
    """The connection went while somebody spoke, and is back when the form is sent."""
    memo = SimpleUploadedFile("recording", wav(9_000), "audio/wav")
    own, arrived = str(uuid4()), str(begun(alice, wav(4_000)))
    form = {"recording": memo, "recording_id": own, "instead_of": arrived}
    alice.post("/session/say/", form)
    assert sounds(alice) == [[len(wav(9_000))]]
    assert making.unfinished(alice.vault) == []


def test_what_broke_off_and_is_kept_by_two_taps_is_one_entry(alice):
    form = {"upload": str(begun(alice, wav(9_000))), "day": timezone.now().date().isoformat()}
    for _ in range(2):
        alice.post("/capture/voice/", form)
    assert sounds(alice) == [[len(wav(9_000))]]


def test_what_had_arrived_and_was_kept_elsewhere_gives_way_to_the_whole_recording(alice):
    """Kept from another device as far as it had arrived; then the phone that recorded it is back."""
    upload, day = str(begun(alice, wav(4_000))), timezone.now().date().isoformat()
    alice.post("/capture/voice/", {"upload": upload, "text": "as far as it came", "day": day})
    fields = [["instead_of", upload], ["lasted_seconds", "9"], ["recording_id", str(uuid4())]]
    said, _ = arrive(alice, "voice", fields, [(wav(9_000), "audio/wav")])
    assert said["kept"] == "open"
    assert sounds(alice) == [[len(wav(9_000))]]
    (entry,) = [stored.document for stored in alice.vault.all(Entry)]
    assert (entry.text, entry.lasted_seconds) == ("as far as it came", 9)


def test_a_shorter_copy_never_takes_the_place_of_the_whole_recording(alice):
    own = str(uuid4())
    arrive(alice, "voice", [["recording_id", own]], [(wav(9_000), "audio/wav")])
    arrive(alice, "voice", [["recording_id", own]], [(wav(4_000), "audio/wav")])
    assert sounds(alice) == [[len(wav(9_000))]]


def test_an_id_without_a_recording_says_nothing(alice):
    own = [["recording_id", str(uuid4())]]
    arrive(alice, "music", own, [(wav(9_000), "audio/wav")])
    arrive(alice, "music", [*own, ["title", "Spiegel"]])
    assert len(alice.vault.heads(Entry)) == 2


@pytest.mark.parametrize("odd", ["", "nothing", "0"])
def test_an_odd_id_never_costs_the_recording(alice, odd):
    arrive(alice, "voice", [["recording_id", odd]], [(wav(9_000), "audio/wav")])
    assert sounds(alice) == [[len(wav(9_000))]]


def test_a_photo_comes_with_both_its_texts(alice):
    fields = [["text", "by the lake"], ["described", "a grey heron"]]
    _, item = arrive(alice, "photo", fields, [(picture(), "image/jpeg")])
    entry = alice.vault.get(Entry, item).document
    assert (entry.kind_of, entry.described) == ("photo", "a grey heron")
    assert making.shown(alice.vault, entry)[0].media.is_picture


def test_a_drawing_comes_as_strokes_and_its_picture_is_made_here(alice):
    alice.vault.keep_draft("drawing.new", {"strokes": LINE})
    _, item = arrive(alice, "drawing", [["strokes", LINE], ["described", "a path"]])
    entry = alice.vault.get(Entry, item).document
    assert strokes.read(making.strokes_of(alice.vault, entry)).strokes[0].c == 1
    assert making.shown(alice.vault, entry)[0].media.is_picture
    assert alice.vault.draft("drawing.new") == {}


def test_another_drawing_that_was_begun_meanwhile_stays_a_draft(alice):
    alice.vault.keep_draft("drawing.new", {"strokes": LINE.replace("99", "88")})
    arrive(alice, "drawing", [["strokes", LINE]])
    assert alice.vault.draft("drawing.new")


def test_a_poem_music_and_a_movement_are_what_they_were(alice):
    _, poem = arrive(alice, "poem", [["title", "Heron"], ["text", "hold\nstill"]])
    _, music = arrive(alice, "music", [["title", "Spiegel"], ["artist", "Arvo"], ["link", ""]])
    _, movement = arrive(alice, "movement", [["text", "slow"], ["minutes", "4"]])
    kept = [alice.vault.get(Entry, each).document for each in (poem, music, movement)]
    assert kept[0].text == "hold\nstill"
    assert kept[0].title == "Heron"
    assert (kept[1].listened.title, kept[1].listened.artist) == ("Spiegel", "Arvo")
    assert kept[2].lasted_seconds == 240


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("voice", [["text", "no sound"]]),
        ("drawing", [["strokes", "{}"]]),
        ("poem", [["text", " "]]),
    ],
)
def test_what_is_not_whole_asks_to_be_looked_at_and_is_not_lost(alice, kind, fields):
    said, _ = arrive(alice, kind, fields)
    assert said["kept"] == "look"
    assert alice.vault.heads(Entry) == []


def test_the_same_voice_note_sent_twice_is_there_once(alice):
    owner, item = alice.vault.owner, uuid4()
    piece = uuid4()
    send(alice, owner, piece, sealed_bytes(owner, piece, wav(9_000)), part_of=item)
    part = {"type": "audio/wav", "length": len(wav(9_000)), "pieces": [str(piece)]}
    item, blob = sealed(owner, "voice", [["text", "once"]], item=item, media=[part])
    for _ in range(2):
        send(alice, owner, item, blob)
    assert len(alice.vault.heads(Entry)) == 1


def test_the_draft_of_a_poem_goes_with_its_words_and_another_one_stays(alice):
    alice.vault.keep_draft("poem.new", {"title": "River", "text": "a line"})
    arrive(alice, "poem", [["title", "Another"], ["text", "a line, and more"]])
    assert alice.vault.draft("poem.new")["title"] == "River"
    arrive(alice, "poem", [["title", "River"], ["text", "a line, and more"]])
    assert alice.vault.draft("poem.new") == {}


def test_the_form_on_the_page_is_kept_before_it_is_sent(alice):
    for way in ("voice", "photo", "draw", "poem", "music", "movement"):
        kind = "drawing" if way == "draw" else way
        assert f'data-outbox="{kind}"' in alice.get(f"/capture/{way}/").content.decode()


def test_the_pages_that_a_browser_keeps_hold_all_their_forms_need(stranger):
    assert b"data-drawing" in stranger.get("/offline/draw/").content
    assert b"data-recorder" in stranger.get("/offline/voice/").content
    assert b'name="photo"' in stranger.get("/offline/photo/").content


def test_a_photo_through_the_plain_form_still_works(alice):
    file = SimpleUploadedFile("p.jpg", picture(), content_type="image/jpeg")
    alice.post("/capture/photo/", {"photo": file, "text": "plain", "day": "2026-01-02"})
    assert [stored.document.kind_of for stored in alice.vault.heads(Entry)] == ["photo"]


@pytest.mark.parametrize(("hours", "belongs"), [(3, True), (30, False), (-3, False)])
@pytest.mark.parametrize("kind", ["poem", "entry"])
def test_what_a_kept_page_sends_belongs_to_the_sitting_that_had_begun(alice, kind, hours, belongs):
    """Such a page cannot ask of which sitting."""
    began = timezone.now() - timedelta(hours=hours)
    sitting = alice.vault.put(Sitting(day=began.date(), began=moment(began, "UTC")))
    _, item = arrive(alice, kind, [["text", "the river"]])
    assert alice.vault.get(Entry, item).document.sitting == (sitting.id if belongs else None)


def test_a_page_that_asked_of_which_sitting_is_believed(alice):
    began = timezone.now() - timedelta(hours=1)
    alice.vault.put(Sitting(day=began.date(), began=moment(began, "UTC")))
    _, item = arrive(alice, "poem", [["text", "the river"], ["sitting", ""]])
    assert alice.vault.get(Entry, item).document.sitting is None
