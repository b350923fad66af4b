"""Several photos in one entry: each with its words, more of them later, one taken out, and none lost for another."""

import io
import json
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from afterglow.core.days import day_of, moment
from afterglow.insights.queries.sources import words_of
from afterglow.journal import queries
from afterglow.journal.documents import MOST_PHOTOS, Entry, Seen
from afterglow.journal.queries import making
from afterglow.journal.services import clear_history, delete_entry
from afterglow.medicine.services import HeldForNow, plan_sitting, record_done
from afterglow.transfer import archive, services
from afterglow.vault import outbox
from afterglow.vault.media.documents import Media
from afterglow.vault.media.queries import read_media
from afterglow.vault.models import OutboxItem
from tests.journal.test_entry_pages import typed
from tests.journal.test_made_without_connection import arrive

EXIF_MAKE = 271


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def jpeg(colour="#336699"):
    out, exif = io.BytesIO(), Image.Exif()
    exif[EXIF_MAKE] = "SecretCamera"
    Image.new("RGB", (64, 48), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def photo(name="a.jpg", colour="#336699"):
    return SimpleUploadedFile(name, jpeg(colour), "image/jpeg")


def heic():
    return SimpleUploadedFile("b.heic", b"\0\0\0\x18ftypheic" + bytes(40), "image/heic")


def page(name, *arguments):
    return reverse(f"journal:{name}", args=arguments)


def keep(client, files, **fields):
    day = day_of(timezone.now(), "UTC").isoformat()
    return client.post(page("photo"), {"day": day, "photo": files} | fields)


def only(client):
    client.vault._opened.refresh()
    (stored,) = client.vault.all(Entry)
    return stored


def two(client):
    keep(client, [photo(), photo(colour="#993333")], text="the walk", seen=["a heron", "a boat"])
    return only(client)


def text(client, path):
    return client.get(path).content.decode()


def test_several_photos_stand_in_one_entry_each_with_its_words(alice):
    stored = two(alice)
    assert [each.words for each in making.shown(alice.vault, stored.document)] == [
        "a heron",
        "a boat",
    ]
    answer = text(alice, page("entry", stored.id))
    assert answer.count('alt="a heron"') == answer.count('alt="a boat"') == 1
    gallery = text(alice, page("gallery"))
    assert 'alt="a heron"' in gallery
    assert "2 photos" in gallery
    assert queries.search(alice.vault, "boat").count == 1
    assert words_of(stored.document) == "the walk\na heron\na boat"


def test_nothing_of_the_device_stays_in_any_of_them(alice):
    for media in two(alice).document.media:
        assert b"SecretCamera" not in read_media(alice.vault, media)


def test_one_photo_is_kept_as_ever(alice):
    keep(alice, [photo()], seen=["a heron"])
    entry = only(alice).document
    assert (entry.described, entry.seen, len(entry.media)) == ("a heron", (), 1)


def test_without_scripts_one_line_speaks_of_all(alice):
    keep(alice, [photo(), photo()], described="the lake")
    entry = only(alice).document
    assert (entry.described, entry.seen) == ("the lake", ())
    assert text(alice, page("entry", only(alice).id)).count('alt="the lake"') == 2


def test_one_that_is_refused_costs_neither_the_others_nor_the_words(alice):
    answer = keep(alice, [photo(), heic(), photo()], text="mine", seen=["one", "two", "three"])
    entry = only(alice).document
    assert [each.words for each in entry.seen] == ["one", "three"]
    assert entry.text == "mine"
    told = text(alice, answer["Location"])
    assert "Not every photo could be kept" in told
    assert "HEIC" in told


def test_where_none_can_be_kept_the_words_stay_on_the_page(alice):
    answer = keep(alice, [heic(), SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")])
    assert "HEIC" in answer.content.decode()
    answer = keep(alice, [heic()], text="mine")
    assert "mine" in answer.content.decode()
    assert alice.vault.heads(Entry) == []
    assert alice.vault.heads(Media) == []


def sound(name="c.jpg"):
    return SimpleUploadedFile(name, b"OggS" + bytes(60), "audio/ogg")


def test_what_is_no_picture_is_no_photo_and_what_is_no_sound_no_voice_note(alice):
    answer = keep(alice, [sound()], text="mine")
    assert "This is no picture" in answer.content.decode()
    assert "mine" in answer.content.decode()
    told = text(alice, keep(alice, [photo(), sound()])["Location"])
    assert "This is no picture" in told
    assert len(only(alice).document.media) == 1
    day = day_of(timezone.now(), "UTC").isoformat()
    answer = alice.post(page("voice"), {"day": day, "recording": photo("hum.ogg"), "text": "hum"})
    assert "This is no sound recording" in answer.content.decode()
    assert len(alice.vault.heads(Entry)) == 1


def test_what_comes_without_a_connection_is_held_to_the_same(alice):
    said, _item = arrive(alice, "photo", [["text", "a walk"]], [(sound().read(), "image/jpeg")])
    assert said["kept"] == "look"
    said, _item = arrive(alice, "voice", [["text", "a hum"]], [(jpeg(), "audio/ogg")])
    assert said["kept"] == "look"
    assert alice.vault.heads(Entry) == alice.vault.heads(Media) == []


def test_an_entry_holds_twelve_and_says_so(alice):
    answer = keep(alice, [photo() for _ in range(MOST_PHOTOS + 1)])
    assert len(only(alice).document.media) == MOST_PHOTOS
    assert "up to 12 photos" in text(alice, answer["Location"])
    more = alice.post(page("add_photos", only(alice).id), {"photo": [photo()]})
    assert "up to 12 photos" in more.content.decode()
    assert "Add photos" not in text(alice, page("photos", only(alice).id))


def test_what_was_not_kept_is_told_only_in_known_words(alice):
    stored = two(alice)
    assert "Not every" not in text(alice, page("entry", stored.id) + "?kept=1&not=<b>x")
    assert "Not every" not in text(alice, page("entry", stored.id) + "?not=heic")


def test_a_photo_can_be_added_later_and_the_first_keeps_its_words(alice):
    keep(alice, [photo()], text="one", described="a heron")
    stored = only(alice)
    alice.post(page("add_photos", stored.id), {"photo": [photo()], "described": "a boat"})
    entry = only(alice).document
    assert [each.words for each in entry.seen] == ["a heron", "a boat"]
    assert (entry.described, entry.text) == ("", "one")


def test_photos_can_be_added_to_words_and_not_to_a_drawing(alice):
    alice.post("/write/", {"text": "only words", "day": "2026-01-02"})
    stored = only(alice)
    assert "Add photos" in text(alice, page("entry", stored.id))
    alice.post(page("add_photos", stored.id), {"photo": [photo(), photo()]})
    assert len(only(alice).document.media) == 2
    alice.post("/capture/draw/", {"described": "a door", "day": "2026-01-02"})
    drawing = next(s for s in alice.vault.heads(Entry) if s.document.kind_of == "drawing")
    assert alice.get(page("add_photos", drawing.id)).status_code == 404


def test_words_of_each_photo_can_be_changed_and_cleared(alice):
    stored = two(alice)
    first, second = stored.document.media
    shown = text(alice, page("photos", stored.id))
    assert "a heron</textarea>" in shown
    said = {f"seen_{first.hex}": "a grey heron", f"seen_{second.hex}": ""}
    alice.post(page("photos", stored.id), said | {"base_rev": stored.rev})
    assert only(alice).document.seen == (Seen(media=first, words="a grey heron"),)


def test_words_that_were_only_typed_stand_there_again_also_after_a_photo_was_added(alice):
    stored = two(alice)
    name = f"seen_{stored.document.media[0].hex}"
    alice.vault.keep_draft(f"photos.{stored.id}", {name: "a grey heron", "base_rev": "1"})
    alice.post(page("add_photos", stored.id), {"photo": [photo()]})
    assert "a grey heron</textarea>" in text(alice, page("photos", stored.id))
    said = {name: "a grey heron", "base_rev": str(only(alice).rev)}
    assert "/both/" not in alice.post(page("photos", stored.id), said)["Location"]
    assert alice.vault.draft(f"photos.{stored.id}") == {}


def test_words_for_all_of_them_stay_beside_those_of_one(alice):
    keep(alice, [photo(), photo()], described="the lake")
    stored = only(alice)
    first, _second = stored.document.media
    alice.post(page("photos", stored.id), {f"seen_{first.hex}": "a heron", "for_all": "the lake"})
    entry = only(alice).document
    assert (entry.described, entry.seen[0].words) == ("the lake", "a heron")


def test_one_is_taken_out_stays_with_the_earlier_version_and_can_come_back(alice):
    stored = two(alice)
    first, second = stored.document.media
    assert "clear the earlier versions" in text(alice, page("take_out", stored.id, first))
    alice.post(page("take_out", stored.id, first), {"base_rev": stored.rev})
    entry = only(alice).document
    assert (entry.media, entry.described, entry.seen) == ((second,), "a boat", ())
    assert "With 2 photos" in text(alice, page("history", stored.id))
    alice.post(page("bring_back", stored.id), {"rev": "1"})
    assert only(alice).document.media == (first, second)


def test_it_goes_for_good_with_the_earlier_versions_and_not_near_a_sitting(alice):
    stored = two(alice)
    first, second = stored.document.media
    alice.post(page("take_out", stored.id, first), {})
    now = moment(timezone.now(), "UTC")
    sitting = plan_sitting(vault=alice.vault, day=now.day, zone="UTC")
    record_done(vault=alice.vault, sitting=sitting.id)
    with pytest.raises(HeldForNow):
        clear_history(vault=alice.vault, entry=stored.id, now=now)
    assert read_media(alice.vault, first)
    alice.vault.delete(sitting.id)
    clear_history(vault=alice.vault, entry=stored.id, now=now)
    kept = {each.id for each in alice.vault.heads(Media)}
    assert kept == {second}
    delete_entry(vault=alice.vault, entry=stored.id, now=now)
    assert alice.vault.heads(Media) == []


def test_the_last_photo_of_an_entry_without_words_is_not_taken_out(alice):
    keep(alice, [photo()])
    stored = only(alice)
    answer = alice.post(page("take_out", stored.id, stored.document.media[0]))
    assert "all that the entry holds" in answer.content.decode()
    assert len(only(alice).document.media) == 1


def test_the_last_photo_beside_words_leaves_an_entry_of_words(alice):
    keep(alice, [photo()], text="the walk", described="a heron")
    stored = only(alice)
    alice.post(page("take_out", stored.id, stored.document.media[0]))
    entry = only(alice).document
    assert (entry.kind_of, entry.media, entry.described) == ("entry", (), "")


def test_photos_changed_in_two_places_keep_both(alice):
    stored = two(alice)
    first, second = stored.document.media
    alice.post(page("take_out", stored.id, first), {"base_rev": stored.rev})
    answer = alice.post(page("take_out", stored.id, second), {"base_rev": stored.rev})
    assert answer.status_code == 404 or "/both/" in answer["Location"]
    added = {"photo": [photo()], "base_rev": stored.rev}
    assert "/both/" in alice.post(page("add_photos", stored.id), added)["Location"]


def test_another_person_reaches_none_of_it(alice, bob):
    stored = two(alice)
    first = stored.document.media[0]
    for path in (
        page("photos", stored.id),
        page("add_photos", stored.id),
        page("take_out", stored.id, first),
    ):
        assert bob.get(path).status_code == bob.post(path).status_code == 404
    assert alice.get(page("take_out", stored.id, uuid4())).status_code == 404


def test_several_come_without_a_connection_each_with_its_words(alice):
    files = [(jpeg(), "image/jpeg"), (jpeg("#aa3355"), "image/jpeg")]
    said, item = arrive(
        alice, "photo", [["text", "a walk"], ["seen", "heron"], ["seen", ""]], files
    )
    entry = alice.vault.get(Entry, item).document
    assert said["kept"] == "open"
    assert (entry.seen, len(entry.media)) == ((Seen(media=entry.media[0], words="heron"),), 2)


def test_of_several_that_come_one_that_is_refused_waits_and_the_rest_is_kept(alice):
    files = [(heic().read(), "image/heic"), (jpeg(), "image/jpeg"), (jpeg(), "image/jpeg")]
    seen = [["seen", each] for each in ("one", "two", "three")]
    said, item = arrive(alice, "photo", [["text", "a walk"], *seen], files)
    entry = alice.vault.get(Entry, item).document
    assert said["kept"] == "open"
    assert "not=heic" in said["page"]
    assert [each.words for each in entry.seen] == ["two", "three"]
    (ask,) = outbox.to_look_at(alice.vault)
    assert (ask.state, ask.files) == (outbox.PART, (0,))
    waiting = text(alice, "/waiting-to-send/")
    assert "could not be kept here" in waiting
    assert 'value="write"' not in waiting
    assert outbox.file_with(alice.vault, item, 0).startswith(b"\0\0\0\x18ftypheic")
    assert alice.post(f"/waiting-to-send/{item}/", {"word": "write"}).status_code == 404
    alice.post(f"/waiting-to-send/{item}/", {"word": "let-go"})
    assert outbox.to_look_at(alice.vault) == []
    assert not OutboxItem.objects.filter(part_of=item).exists()


def test_where_all_that_come_are_refused_the_item_asks_and_nothing_is_lost(alice):
    files = [(heic().read(), "image/heic"), (b"nothing of a picture", "image/jpeg")]
    said, _item = arrive(alice, "photo", [["text", "a walk"]], files)
    assert said["kept"] == "look"
    assert alice.vault.heads(Entry) == alice.vault.heads(Media) == []
    assert "a walk" in text(alice, "/waiting-to-send/")


def more(client, entry, files, **fields):
    return arrive(client, "more-photos", [["entry", str(entry)], *fields.items()], files)


def test_more_photos_that_come_without_a_connection_join_what_the_entry_holds_by_now(alice):
    stored = two(alice)
    alice.post(page("edit", stored.id), typed(alice, page("edit", stored.id), text="changed since"))
    said, item = more(alice, stored.id, [(jpeg("#aa3355"), "image/jpeg")], seen="a gull")
    entry = only(alice).document
    assert (said["kept"], said["page"]) == ("open", f"/entries/{stored.id}/?kept=1")
    assert entry.text == "changed since"
    assert [each.words for each in entry.seen] == ["a heron", "a boat", "a gull"]
    assert outbox.open_one(alice.vault, item) is None
    assert len(only(alice).document.media) == 3


def test_more_photos_than_an_entry_holds_ask_and_so_do_those_of_one_that_is_gone(alice, bob):
    keep(alice, [photo() for _ in range(MOST_PHOTOS)])
    full = only(alice).id
    files = [(jpeg(), "image/jpeg")]
    assert more(alice, full, files)[0]["kept"] == "look"
    assert more(alice, full, [])[0]["kept"] == "look"
    assert more(bob, full, files)[0]["kept"] == "look"
    delete_entry(vault=alice.vault, entry=full, now=moment(timezone.now(), "UTC"))
    assert more(alice, full, files)[0]["kept"] == "look"
    assert bob.vault.heads(Media) == []


def test_an_export_carries_all_of_them_with_their_words_and_comes_in_whole(alice, bob):
    stored = two(alice)
    out = io.BytesIO()
    archive.write_archive(alice.vault, out, language="en")
    with zipfile.ZipFile(out) as zipped:
        shown = zipped.read("index.html").decode()
        (written,) = [zipped.read(n).decode() for n in zipped.namelist() if n.endswith(".md")]
    assert 'alt="a heron"' in shown
    assert 'alt="a boat"' in shown
    assert "a heron" in written
    services.import_file(
        vault=bob.vault,
        content=out.getvalue(),
        name="export.zip",
        now=moment(timezone.now(), "UTC"),
    )
    assert only(bob).document == stored.document
    for media in stored.document.media:
        assert read_media(bob.vault, media) == read_media(alice.vault, media)


def test_an_entry_of_before_opens_as_it_was(alice):
    written = moment(timezone.now(), "UTC")
    old = Entry(written=written, kind_of="photo", media=(uuid4(),), described="a heron")
    assert old.seen_in(old.media[0]) == "a heron"
    assert json.loads(json.dumps(old.v)) == 1
    assert old.when() == date.fromisoformat(written.day.isoformat())
