"""The day of a sitting as a person lives it: before, now, home, the evening, the morning after, days 3 and 7."""

import html
import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.conftest import new_person, open_client
from tests.vault.sounds import wav

from afterglow.companion.views import saying
from afterglow.core.days import Moment, moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.medicine import queries, services
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Goal, OwnCheckIn, Why
from afterglow.ui.context import NIGHT
from afterglow.vault.media.refusals import WHY, Refused

DAY = date(2031, 3, 4)


def at(hour, minute=0, *, days=0):
    return datetime(2031, 3, 4, hour, minute, tzinfo=UTC) + timedelta(days=days)


def on(when) -> Moment:
    return moment(when, "UTC")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


class Life:
    """A clock that stands where it is moved to, and a door that is opened again each time."""

    def __init__(self, clock):
        self.clock = clock
        self.keys = new_person("alice")
        self.client = open_client(self.keys)

    def move_to(self, when):
        self.clock.move_to(when)
        again = open_client(self.keys)
        self.client.cookies, self.client.vault = again.cookies, again.vault


@pytest.fixture
def travel(db):
    with time_machine.travel(at(9), tick=False) as clock:
        yield Life(clock)


@pytest.fixture
def me(travel):
    """Alice, who came in on the morning of her sitting."""
    return travel.client


def url(name, *arguments):
    return reverse(f"companion:{name}", args=arguments)


def text(client, path):
    return client.get(path).content.decode()


def sitting_of(client):
    client.vault._opened.refresh()
    (stored,) = client.vault.all(Sitting)
    return stored.document


def entries_of(client):
    client.vault._opened.refresh()
    return [stored.document for stored in client.vault.all(Entry)]


def come_home(client, travel):
    client.post(url("there"))
    travel.move_to(at(12))
    client.post(url("home"))


def test_only_where_a_sitting_is_noted_for_today_is_it_said_to_be_today(me):
    assert "<h1>The day of a sitting</h1>" in text(me, url("session"))
    services.plan_sitting(vault=me.vault, day=DAY, zone="UTC")
    assert "<h1>Today is your sitting</h1>" in text(me, url("session"))


def test_my_why_is_brought_back_in_my_own_words(me):
    me.vault.put(Why(why="To be there when she wakes.", since=DAY))
    assert "To be there when she wakes." in text(me, url("session"))


def test_each_card_can_be_filled_on_the_spot(me):
    me.post(url("session"), {"card": "why", "words": "For the garden"})
    me.post(url("session"), {"card": "lift_home", "words": "Ida at four"})
    me.post(url("session"), {"card": "who", "words": "Nurse Bo"})
    page = text(me, url("session"))
    assert all(words in page for words in ("For the garden", "Ida at four", "Nurse Bo"))
    kept = sitting_of(me)
    assert (kept.lift_home, kept.who, kept.day, kept.began) == (
        "Ida at four",
        "Nurse Bo",
        DAY,
        None,
    )


def test_words_that_are_too_long_for_a_card_stay_in_it(me):
    page = me.post(url("session"), {"card": "who", "words": "Ida " * 100}).content.decode()
    assert "Ida Ida Ida" in page
    assert 'role="alert"' in page


def test_new_words_of_my_why_leave_the_old_ones_in_its_history(me):
    me.post(url("session"), {"card": "why", "words": "One"})
    me.post(url("session"), {"card": "why", "words": "Two"})
    (stored,) = me.vault.all(Why)
    assert stored.document.why == "Two"
    assert [each.document.why for each in me.vault.history(Why, stored.id)] == ["Two", "One"]


def test_i_am_there_begins_the_planned_sitting_of_today(me):
    services.plan_sitting(vault=me.vault, day=DAY, zone="UTC", who="Bo")
    answer = me.post(url("there"))
    assert answer["Location"] == url("now")
    kept = sitting_of(me)
    assert (kept.began.at, kept.clock, kept.done, kept.who) == (at(9), "09:00", False, "Bo")


def test_without_a_plan_i_am_there_notes_a_sitting(me):
    me.post(url("there"))
    assert sitting_of(me).began.at == at(9)


def test_said_twice_the_first_time_stands(me, travel):
    me.post(url("there"))
    travel.move_to(at(10))
    me.post(url("there"))
    assert sitting_of(me).began.at == at(9)


def test_now_has_two_buttons_and_no_word_of_mine(me):
    me.vault.put(Why(why="To be there when she wakes.", since=DAY))
    services.plan_sitting(vault=me.vault, day=DAY, zone="UTC", who="Bo", place="Quay Clinic")
    me.post(url("there"))
    page = text(me, url("now"))
    assert "I want to say something" in page
    assert url("help") in page
    assert 'data-theme="night"' in page
    assert not any(words in page for words in ("wakes", "Bo<", "Quay"))


def test_now_opens_while_the_vault_is_shut(me, stranger):
    assert "I want to say something" in text(stranger, url("now"))


def test_the_time_is_said_only_when_it_is_asked_for(me, travel):
    me.post(url("there"))
    travel.move_to(at(9, 25))
    assert "25 minutes since" not in text(me, url("now"))
    assert "25 minutes since" in text(me, f"{url('now')}?time=1")


def test_something_said_is_kept_with_the_sitting(me, travel):
    me.post(url("there"))
    travel.move_to(at(9, 30))
    memo = SimpleUploadedFile("memo.wav", wav(9_000), "audio/wav")
    own = uuid4()
    answer = me.post(url("session_say"), {"recording": memo, "recording_id": str(own)})
    # The page that says so names the recording, and the browser that made it lets its own copy go.
    assert answer["Location"] == f"{url('now')}?kept={own}"
    (entry,) = entries_of(me)
    assert (entry.kind_of, len(entry.media)) == ("voice", 1)
    assert entry.sitting is not None
    assert entry.written.at == at(9, 30)


def test_a_recording_that_arrived_while_it_was_made_is_kept(me):
    me.post(url("there"))
    said = {"name": "recording", "type": "audio/wav", "length": None}
    begun = me.post("/media/begin/", json.dumps(said), content_type="application/json").json()
    upload = begun["upload"]
    me.post(f"/media/{upload}/0/", wav(9_000), content_type="application/octet-stream")
    me.post(url("session_say"), {"upload": upload, "lasted_seconds": "9", "waveform": "[3, 9]"})
    (entry,) = entries_of(me)
    assert (entry.kind_of, len(entry.media), entry.lasted_seconds) == ("voice", 1, 9)


def test_an_unknown_card_changes_nothing(me):
    services.plan_sitting(vault=me.vault, day=DAY, zone="UTC", who="Bo")
    me.post(url("session"), {"card": "dose_mg", "words": "900"})
    assert (sitting_of(me).dose_mg, sitting_of(me).who) == (None, "Bo")


@pytest.mark.parametrize("days", [14, 40])
def test_on_other_days_nothing_is_asked_about_it(me, travel, days):
    kept_morning(me, travel)
    travel.move_to(at(8, days=days))
    page = text(me, "/today/")
    assert "/session/back/" not in page


def test_a_hard_day_offers_none_of_it(me, travel):
    kept_morning(me, travel)
    me.post("/today/say/", {"word": "hard"})
    assert "/session/back/" not in text(me, "/today/")


def test_words_instead_are_kept_too(me):
    me.post(url("there"))
    me.post(url("session_say"), {"text": "the river under the floor"})
    (entry,) = entries_of(me)
    assert (entry.text, entry.kind_of) == ("the river under the floor", "sitting")


def test_nothing_said_keeps_nothing(me):
    me.post(url("there"))
    assert me.post(url("session_say"), {"text": "  "})["Location"] == url("now")
    assert entries_of(me) == []


def test_a_recording_that_is_none_is_refused_and_the_words_stay(me):
    me.post(url("there"))
    page = me.post(
        url("session_say"),
        {"recording": SimpleUploadedFile("a.wav", b"not a sound", "audio/wav"), "text": "my words"},
    ).content.decode()
    assert "my words" in page
    assert str(WHY["not_known"]) in page
    assert entries_of(me) == []


@pytest.mark.parametrize("page", ["say", "home"])
def test_where_the_disk_is_full_it_is_said_so(me, monkeypatch, page):
    def refuse(*_, **__):
        raise Refused("no_room")

    me.post(url("there"))
    if page == "home":
        me.post(url("home"))
    monkeypatch.setattr(saying, "keep_recording", refuse)
    address = (
        url("session_say") if page == "say" else reverse("companion:home_step", args=["voice"])
    )
    memo = SimpleUploadedFile("memo.wav", wav(9_000), "audio/wav")
    answer = me.post(address, {"recording": memo}).content.decode()
    assert html.escape(str(WHY["no_room"])) in answer


def test_blood_pressure_is_kept_as_it_was_read(me):
    me.post(url("there"))
    me.post(url("session_pressure"), {"before_high": "120", "before_low": "80"})
    me.post(
        url("session_pressure"),
        {"before_high": "121", "before_low": "81", "later_high": "135", "later_low": "88"},
    )
    kept = [(each.at, each.systolic, each.diastolic) for each in sitting_of(me).pressures]
    assert kept == [("before", 121, 81), ("40 min", 135, 88)]
    assert 'value="135"' in text(me, url("session_pressure"))


def test_half_a_blood_pressure_is_asked_about(me):
    me.post(url("there"))
    page = me.post(url("session_pressure"), {"before_high": "120"}).content.decode()
    assert "Blood pressure has two numbers" in page
    assert sitting_of(me).pressures == ()


def test_a_side_effect_is_noted_in_own_words_and_can_grow_or_fade(me):
    me.post(url("there"))
    me.post(url("session_body"), {"name": "legs far away", "severity": "3"})
    me.post(url("session_body"), {"name": "Legs far away", "severity": "0"})
    kept = [(each.name, each.severity) for each in sitting_of(me).side_effects]
    assert kept == [("Legs far away", 0)]
    assert "gone again" in text(me, url("body_over_time"))


def test_side_effects_stand_sitting_by_sitting(me):
    for days, name in ((10, "dry mouth"), (3, "a humming")):
        kept = services.plan_sitting(
            vault=me.vault, day=DAY - timedelta(days=days), zone="UTC", done=True
        )
        services.keep_side_effect(vault=me.vault, sitting=kept.id, name=name, severity=2)
    page = text(me, url("body_over_time"))
    assert page.index("a humming") < page.index("dry mouth")


def test_own_words_keep_how_strong_they_were_when_another_is_added(me):
    kept = services.plan_sitting(vault=me.vault, day=DAY, zone="UTC", done=True)
    services.keep_side_effect(vault=me.vault, sitting=kept.id, name="a humming", severity=3)
    me.post(reverse("medicine:after", args=[kept.id]), {"other_effects": "a humming, cold hands"})
    noted = [(each.name, each.severity) for each in sitting_of(me).side_effects]
    assert noted == [("a humming", 3), ("cold hands", 1)]


def test_home_and_settled_goes_one_thing_at_a_time(me, travel):
    me.post(url("there"))
    travel.move_to(at(12))
    steps = [me.post(url("home"))["Location"]]
    kept = sitting_of(me)
    assert (kept.home.at, kept.done) == (at(12), True)
    steps.append(me.post(steps[-1], {"level": "5"})["Location"])
    steps.append(me.post(steps[-1], {"text": ""})["Location"])
    steps.append(me.post(steps[-1], {"text": "a blue door"})["Location"].partition("?")[0])
    assert steps == [url("home_step", each) for each in ("check-in", "voice", "words", "drawing")]
    assert [each.text for each in entries_of(me)] == ["a blue door"]


def test_every_step_can_be_left_with_the_same_weight(me, travel):
    come_home(me, travel)
    for step in ("check-in", "voice", "words", "drawing"):
        page = text(me, url("home_step", step))
        assert '<a class="button" href=' in page
        assert "Not now" in page
        assert '<button class="button main"' not in page


@pytest.mark.parametrize(
    ("tap", "to"), [("hard", "/hard/"), ("nothing", "/session/evening/"), ("", "/session/evening/")]
)
def test_the_one_tap_leads_into_the_paths_that_are_there(me, travel, tap, to):
    come_home(me, travel)
    answer = me.post(url("home_step", "how"), {"felt": tap})
    assert answer["Location"] == to
    assert (sitting_of(me).felt, sitting_of(me).felt_on) == (tap, DAY)


def test_words_of_despair_bring_the_help_panel_on_the_next_step(me, travel):
    come_home(me, travel)
    to = me.post(url("home_step", "words"), {"text": "I want to kill myself."})["Location"]
    assert "Open Help" in text(me, to)
    assert "kill myself" not in text(me, to)


def test_in_the_evening_nothing_is_asked(me, travel):
    come_home(me, travel)
    travel.move_to(at(20))
    page = text(me, "/today/")
    assert "Nothing more is asked today" in page
    assert not any(
        words in page for words in ("How was the sitting", "One question", "Small things")
    )
    # Two in the morning still belongs to that evening.
    travel.move_to(at(2, days=1))
    assert "Nothing more is asked today" in text(me, "/today/")


def kept_morning(me, travel, **fields):
    come_home(me, travel)
    (stored,) = me.vault.heads(Sitting)
    keep_entry(
        vault=me.vault,
        text=fields.pop("words", "the river under the floor"),
        written=on(at(12)),
        kind_of=fields.pop("kind_of", "voice"),
        sitting=stored.id,
        **fields,
    )
    services.keep_felt(vault=me.vault, sitting=stored.id, felt="good", today=DAY)
    travel.move_to(at(8, days=1))
    return stored.id


def test_the_next_morning_asks_to_what_was_kept(me, travel):
    kept_morning(me, travel)
    page = text(me, "/today/")
    assert "A few questions about what you kept" in page
    assert "One question" not in page
    assert "A day later" not in page
    first = me.get(url("look_back_begin", "24h"), follow=True).content.decode()
    assert "the river under the floor" in first
    assert "A voice note" in first


def test_the_run_keeps_each_answer_at_once_and_is_not_offered_again(me, travel):
    sitting = kept_morning(me, travel)
    me.post(url("look_back", "24h", 0), {"words": "It was cold."})
    answer = entries_of(me)[-1]
    assert (answer.text, answer.sitting, answer.question) == ("It was cold.", sitting, "back-voice")
    assert me.get(url("look_back_begin", "24h"))["Location"] == url("look_back", "24h", 1)
    assert "It was cold." in text(me, url("look_back", "24h", 0))
    assert "It was cold." in text(me, url("look_back", "24h", 4))
    me.post(url("look_back_begin", "24h"))
    (run,) = me.vault.all(OwnCheckIn)
    assert (run.document.point, len(run.document.entries), run.document.skipped) == (
        "24h",
        1,
        False,
    )
    page = text(me, "/today/")
    assert "A few questions about what you kept" not in page
    assert "A day later" not in page


def test_not_now_is_remembered_for_the_day_and_leaving_it_out_for_good(me, travel):
    kept_morning(me, travel)
    me.post("/today/say/", {"word": "not-now", "thing": "look-back:24h"})
    assert "A few questions about what you kept" not in text(me, "/today/")
    travel.move_to(at(8, days=2))
    assert "A few questions about what you kept" in text(me, "/today/")
    me.post("/today/say/", {"word": "leave-out", "thing": "24h"})
    assert "A few questions about what you kept" not in text(me, "/today/")


def test_a_morning_that_went_by_is_not_made_up_for(me, travel):
    kept_morning(me, travel)
    travel.move_to(at(8, days=3))
    page = text(me, "/today/")
    assert "A few questions about what you kept" not in page
    assert "What stays?" in page


def test_day_three_asks_what_stays_and_one_small_thing_becomes_a_goal(me, travel):
    kept_morning(me, travel)
    travel.move_to(at(8, days=3))
    me.post(url("look_back", "72h", 0), {"words": "The cold."})
    me.post(url("look_back", "72h", 1), {"words": "Sit by the water once"})
    me.post(url("look_back_begin", "72h"))
    (goal,) = me.vault.heads(Goal)
    stays = me.vault.heads(Entry)[-1]
    assert (goal.document.text, goal.document.comes_from) == ("Sit by the water once", stays.id)
    assert "What stays?" not in text(me, "/today/")
    travel.move_to(at(8, days=7))
    assert "What stays?" in text(me, "/today/")


@pytest.mark.parametrize(
    "mark", [{"tender": True}, {"kind_of": "letter"}], ids=["tender", "a letter"]
)
def test_what_is_tender_is_never_brought_back_by_itself(me, travel, mark):
    kept_morning(me, travel, **mark)
    page = text(me, "/today/")
    assert "A few questions about what you kept" not in page
    assert "A day later" in page


def test_what_is_to_be_removed_is_not_brought_back(me, travel):
    kept_morning(me, travel)
    (entry,) = me.vault.heads(Entry)
    me.post(reverse("journal:delete", args=[entry.id]))
    assert "A few questions about what you kept" not in text(me, "/today/")


@pytest.mark.parametrize("felt", ["hard", "nothing"])
def test_a_sitting_that_was_hard_or_nothing_much_is_not_asked_about(me, travel, felt):
    sitting = kept_morning(me, travel)
    services.keep_felt(vault=me.vault, sitting=sitting, felt=felt, today=DAY)
    travel.move_to(at(8, days=3))
    assert "What stays?" not in text(me, "/today/")


def test_the_words_of_a_sitting_are_shown_by_their_kind(me, travel):
    sitting = kept_morning(me, travel, tender=True)
    services.keep_after(vault=me.vault, sitting=sitting, images="a green door\na heron")
    page = me.get(url("look_back_begin", "24h"), follow=True).content.decode()
    assert "a green door\na heron" in page
    assert "Images and symbols" in page


def test_no_questions_where_nothing_was_kept(me, travel):
    come_home(me, travel)
    travel.move_to(at(8, days=1))
    assert me.get(url("look_back", "24h", 0)).status_code == 404


def test_a_sitting_holds_for_a_day_from_when_it_began(me, travel):
    me.post(url("there"))
    assert queries.held_until(me.vault, on(at(9, 5))).at == at(9, days=1)
    assert queries.held_until(me.vault, on(at(9, 1, days=1))) is None


def test_a_sitting_over_midnight_is_still_under_way(me, travel):
    travel.move_to(at(23))
    me.post(url("there"))
    travel.move_to(at(5, days=1))
    me.post(url("session_say"), {"text": "dawn"})
    assert entries_of(me)[0].sitting is not None
    assert "You are in your sitting" in text(me, "/today/")


def test_the_whole_evening_is_dark_and_the_next_morning_as_it_was_chosen(me, travel):
    come_home(me, travel)
    assert 'data-theme="night"' in text(me, "/today/")
    night = me.cookies[NIGHT].value
    travel.move_to(at(8, days=1))
    me.cookies[NIGHT] = night
    assert 'data-theme="auto"' in text(me, "/today/")


def test_another_look_can_be_chosen_in_the_evening(me, travel):
    come_home(me, travel)
    page = text(me, reverse("accounts:settings"))
    assert 'data-theme="night"' in page
    me.post(reverse("accounts:settings"), {"theme": "dark", "language": "en", "lock_minutes": "15"})
    assert 'data-theme="dark"' in text(me, "/today/")


def test_after_a_drawing_the_evening_goes_on_where_it_was(me, travel):
    come_home(me, travel)
    entry = keep_entry(vault=me.vault, text="a line", written=on(at(12)), kind_of="drawing")
    page = text(me, f"{reverse('journal:entry', args=[entry.id])}?kept=1")
    assert url("home_step", "how") in page
    me.post(url("home_step", "how"), {"felt": "good"})
    page = text(me, f"{reverse('journal:entry', args=[entry.id])}?kept=1")
    assert url("home_step", "how") not in page
