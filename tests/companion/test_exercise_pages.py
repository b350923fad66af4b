"""Exercises are whole as text; what is made is kept as words; kindness uses own sentences only."""

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from afterglow.companion.views.exercises import TO_MAKE
from afterglow.core.content import exercises, library
from afterglow.core.days import moment
from afterglow.journal.documents import Entry, OwnKindness
from afterglow.journal.services import keep_entry
from afterglow.medicine.documents import Sitting
from afterglow.vault.media.services import keep_media

NOON = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)
KINDNESS = reverse("companion:kindness")
LOOK = reverse("companion:kindness_look")


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def a_sitting(alice, **facts):
    return alice.vault.put(Sitting(day=date(2026, 5, 8), done=True, **facts))


def shown(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("name", ["breathing", "timer", "body-scan"])
def test_an_exercise_is_whole_without_any_script(alice, name):
    page = shown(alice, reverse("companion:exercise", args=[name]))
    for step in next(each for each in exercises() if each.id == name).steps:
        assert step in page


def test_what_needs_a_script_stays_hidden_without_one(alice):
    for address in ("breathing", "timer"):
        page = shown(alice, reverse("companion:exercise", args=[address]))
        assert f"data-{'breathing' if address == 'breathing' else 'timer'} hidden" in page


def test_grounding_is_here_too(alice):
    assert "<ol>" in shown(alice, reverse("companion:exercise", args=["grounding"]))


def test_an_unknown_exercise_is_not_here(alice):
    assert alice.get(reverse("companion:exercise", args=["kindness2"])).status_code == 404
    assert alice.get(reverse("companion:make", args=["war"])).status_code == 404


@pytest.mark.parametrize("name", ["art", "music", "poetry", "dance"])
def test_what_was_made_is_kept_as_words(alice, name):
    page = reverse("companion:make", args=[name])
    alice.vault.keep_draft(f"made.{name}", {"text": "half a line"})
    assert "half a line" in shown(alice, page)
    alice.post(page, {"text": "Heron, hold still."})
    (entry,) = alice.vault.all(Entry)
    assert (entry.document.kind_of, entry.document.text) == ("made", "Heron, hold still.")
    assert alice.vault.draft(f"made.{name}") == {}


def test_nothing_is_kept_of_an_empty_page_and_nothing_is_lost(alice):
    page = reverse("companion:make", args=["art"])
    assert "One is enough" in alice.post(page, {"text": " "}).content.decode()
    assert alice.vault.heads(Entry) == []


def test_own_images_come_only_when_asked_for(alice):
    sitting = a_sitting(alice, images="A green boat\nA stair of light")
    page = reverse("companion:make", args=["poetry"])
    assert "green boat" not in shown(alice, page)
    asked = shown(alice, page + "?images=1")
    assert "A green boat" in asked
    assert "A stair of light" in asked
    alice.post(page, {"text": "Boat", "from_images": "yes"})
    (entry,) = alice.vault.heads(Entry)
    assert entry.document.sitting == sitting.id


def test_images_of_a_hard_sitting_are_not_offered(alice):
    a_sitting(alice, images="A green boat", felt="hard")
    page = reverse("companion:make", args=["art"])
    assert "images I kept" not in shown(alice, page)
    assert "green boat" not in shown(alice, page + "?images=1")


def test_images_stay_on_the_page_when_the_words_are_missing(alice):
    a_sitting(alice, images="A green boat")
    page = reverse("companion:make", args=["art"])
    assert "green boat" in alice.post(page, {"text": "", "from_images": "yes"}).content.decode()


def test_kind_sentences_are_the_persons_own_and_come_in_turn(alice):
    assert alice.get(LOOK).status_code == 302, "there is nothing to look at yet"
    alice.post(
        KINDNESS, {"sentences": "I keep trying.\n\nI rest.\n", "memories": "The lake in May"}
    )
    (own,) = alice.vault.all(OwnKindness)
    assert own.document.sentences == ("I keep trying.", "I rest.")
    seen = [shown(alice, f"{LOOK}?at={at}") for at in range(4)]
    for page, words in zip(
        seen, ["I keep trying.", "The lake in May", "I rest.", "all of them"], strict=True
    ):
        assert words in page.split("data-timed")[0]


def test_looking_keeps_nothing(alice):
    alice.post(KINDNESS, {"sentences": "I keep trying.", "memories": ""})
    before = alice.vault.seen
    alice.get(f"{LOOK}?at=0")
    assert alice.vault.seen == before


def test_changed_sentences_replace_the_ones_before(alice):
    alice.post(KINDNESS, {"sentences": "One", "memories": ""})
    alice.post(KINDNESS, {"sentences": "Two", "memories": ""})
    (own,) = alice.vault.all(OwnKindness)
    assert own.document.sentences == ("Two",)
    assert "Two" in shown(alice, KINDNESS)


@pytest.mark.parametrize(("day", "offered"), [(9, True), (6, True), (5, False), (10, False)])
def test_kind_minutes_are_offered_on_the_first_days_only(alice, day, offered):
    alice.vault.put(Sitting(day=date(2026, 5, day), done=True))
    assert (KINDNESS in shown(alice, reverse("companion:today"))) is offered


def test_kind_minutes_are_never_offered_on_a_hard_day(alice):
    a_sitting(alice)
    alice.post(reverse("companion:say"), {"word": "hard"})
    assert KINDNESS not in shown(alice, reverse("companion:today"))


def test_a_broken_number_in_the_address_breaks_nothing(alice):
    alice.post(KINDNESS, {"sentences": "One", "memories": ""})
    assert "One" in shown(alice, f"{LOOK}?at=²")
    assert (
        alice.get(reverse("companion:exercise", args=["timer"]) + "?minutes=x").status_code == 200
    )


def test_exercises_speak_german(alice):
    german = alice.get(reverse("companion:exercises"), HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert "Zwei freundliche Minuten" in german


def a_photo(client, settings, tmp_path, *, tender=False):
    settings.MEDIA_FOLDER = tmp_path / "media"
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#345").save(file, "JPEG")
    kept = keep_media(client.vault, file.getvalue(), name="p", content_type="image/jpeg")
    keep_entry(
        vault=client.vault,
        text="",
        written=moment(NOON, "UTC"),
        kind_of="photo",
        media=[kept.id],
        tender=tender,
    )
    return kept.id


def test_own_photos_stand_beside_the_kind_lines_only_when_asked_for(alice, settings, tmp_path):
    alice.post(KINDNESS, {"sentences": "I kept going.", "memories": ""})
    photo = a_photo(alice, settings, tmp_path)
    page = shown(alice, LOOK)
    assert str(photo) not in page
    assert "With photos of my own" in page
    assert str(photo) in shown(alice, f"{LOOK}?at=0&photos=1")


def test_a_tender_photo_never_stands_beside_them(alice, settings, tmp_path):
    alice.post(KINDNESS, {"sentences": "I kept going.", "memories": ""})
    photo = a_photo(alice, settings, tmp_path, tender=True)
    page = shown(alice, f"{LOOK}?at=0&photos=1")
    assert str(photo) not in page
    assert "I kept going." in page


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("art", "draw"),
        ("art", "photo"),
        ("music", "music"),
        ("poetry", "poem"),
        ("dance", "movement"),
    ],
)
def test_what_was_made_has_a_place_of_its_kind(alice, name, way):
    sitting = a_sitting(alice, images="A green boat")
    page = reverse("companion:make", args=[name])
    assert f'href="{reverse(f"journal:{way}")}"' in shown(alice, page)
    # Made from the images of a sitting, it is kept with that sitting.
    assert f'href="{reverse(f"journal:{way}")}?sitting={sitting.id}"' in shown(
        alice, page + "?images=1"
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_way_of_making_has_beginnings_of_its_own(language):
    found = [each.exercise for each in library.beginnings(language)]
    assert all(found.count(name) >= 3 for name in TO_MAKE)


def test_a_way_to_begin_stands_under_own_images_only(alice):
    a_sitting(alice, images="A green boat")
    page = reverse("companion:make", args=["poetry"])
    assert "Take one of these" not in shown(alice, page)
    assert "Take one of these" in shown(alice, page + "?images=1")


@pytest.mark.parametrize("way", ["poem", "music", "movement", "draw"])
def test_the_pages_for_keeping_lead_to_a_timer_and_ideas(alice, way):
    assert "/exercises/make/" in shown(alice, reverse(f"journal:{way}"))
