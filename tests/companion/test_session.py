"""The day of a sitting and the days after it, step by step; each step may be left out."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.vault.sounds import wav

from afterglow.companion.queries import session
from afterglow.companion.queries.day import day_state
from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.medicine import queries as medicine
from afterglow.medicine import services
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import Goal

AT = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)
DAY = AT.date()


@pytest.fixture(autouse=True)
def _frozen(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    settings.LOCK_AFTER_IDLE_SECONDS = settings.LOCK_AFTER_SECONDS = 40 * 24 * 3600
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def clock(_frozen):
    return _frozen


@pytest.fixture
def sitting(alice):
    kept = services.plan_sitting(vault=alice.vault, day=DAY, zone="UTC")
    services.keep_card(vault=alice.vault, sitting=kept.id, name="lift_home", words="Mara at four")
    return kept.id


def page(name, *arguments):
    return reverse(f"companion:{name}", args=arguments)


def text(answer):
    return answer.content.decode()


def now_is(client, sitting):
    return client.vault.get(Sitting, sitting).document


def offered(client, day=DAY):
    return session.offer(client.vault, day, day_state(client.vault, day))


def test_a_sitting_that_nobody_planned_is_noted_in_one_tap(alice):
    assert "Is there a sitting today?" in text(alice.get(page("session")))
    answer = alice.post(page("session"))
    (stored,) = medicine.sittings(alice.vault)
    assert answer["Location"] == page("session_before", stored.id)
    assert stored.document.day == DAY


def test_before_brings_back_what_is_there_and_takes_what_is_not(alice, sitting):
    answer = text(alice.get(page("session_before", sitting)))
    assert "Mara at four" in answer
    alice.post(page("session_before", sitting), {"card": "why", "words": "to be a father again"})
    alice.post(page("session_before", sitting), {"card": "who", "words": "Ines"})
    answer = text(alice.get(page("session_before", sitting)))
    assert "to be a father again" in answer
    assert now_is(alice, sitting).who == "Ines"
    assert plans.my_why(alice.vault).document.why == "to be a father again"


def test_an_empty_or_unknown_card_changes_nothing(alice, sitting):
    alice.post(page("session_before", sitting), {"card": "lift_home", "words": "  "})
    alice.post(page("session_before", sitting), {"card": "dose_mg", "words": "900"})
    assert now_is(alice, sitting).lift_home == "Mara at four"
    assert now_is(alice, sitting).dose_mg is None


def test_being_there_is_noted_once_and_starts_the_day_of_waiting(alice, sitting, clock):
    assert alice.post(page("session_there", sitting))["Location"] == page("session_now")
    clock.shift(timedelta(minutes=41))
    alice.post(page("session_there", sitting))
    kept = now_is(alice, sitting)
    assert kept.began.at == AT
    assert kept.clock == "14:00"
    assert medicine.held_until(alice.vault, moment(AT + timedelta(hours=23), "UTC")) is not None


def test_how_long_it_has_been_is_shown_only_to_who_asks(alice, sitting, clock):
    alice.post(page("session_there", sitting))
    clock.shift(timedelta(minutes=41))
    assert "About 41" not in text(alice.get(page("session_now")))
    assert "About 41 minutes" in text(alice.get(page("session_now") + "?how-long=1"))


def test_something_said_in_words_stands_with_the_sitting(alice, sitting):
    answer = alice.post(page("session_now"), {"text": "the light is a door"})
    assert answer["Location"].startswith(page("session_now"))
    (stored,) = alice.vault.all(Entry)
    assert (stored.document.text, stored.document.sitting) == ("the light is a door", sitting)


def test_something_said_aloud_stands_with_the_sitting(alice, sitting):
    said = {"name": "recording", "type": "audio/wav", "length": None}
    begun = alice.post("/media/begin/", json.dumps(said), content_type="application/json")
    upload = begun.json()["upload"]
    alice.post(f"/media/{upload}/0/", wav(9_000), content_type="application/octet-stream")
    alice.post(page("session_now"), {"upload": upload, "lasted_seconds": "9"})
    (stored,) = alice.vault.all(Entry)
    assert (stored.document.kind_of, stored.document.sitting) == ("voice", sitting)
    assert len(stored.document.media) == 1


def test_nothing_said_is_said_kindly(alice, sitting):
    assert "One word is enough" in text(alice.post(page("session_now"), {"text": " "}))
    assert not alice.vault.heads(Entry)


def test_blood_pressure_is_kept_as_read_and_a_second_reading_replaces_the_first(alice, sitting):
    send = page("session_pressure", sitting)
    alice.post(send, {"at": "before", "systolic": "128", "diastolic": "82"})
    alice.post(send, {"at": "40 min", "systolic": "150", "diastolic": "95"})
    alice.post(send, {"at": "before", "systolic": "120", "diastolic": "80"})
    readings = {
        each.at: (each.systolic, each.diastolic) for each in now_is(alice, sitting).pressures
    }
    assert readings == {"before": (120, 80), "40 min": (150, 95)}
    wrong = alice.post(send, {"at": "before", "systolic": "12", "diastolic": "80"})
    assert "Nothing you typed is lost" in text(wrong)
    assert 'value="12"' in text(wrong)


def test_home_says_that_it_took_place_and_offers_voice_then_words_then_drawing(alice, sitting):
    alice.post(page("session_there", sitting))
    alice.post(page("session_home"))
    assert now_is(alice, sitting).done
    answer = text(alice.get(page("session_home")))
    places = [answer.index(f">{word}</a>") for word in ("Say it", "Write it", "Draw it", "Not now")]
    assert places == sorted(places)
    assert 'data-theme="night"' in answer
    assert "No driving and no big decisions" in answer


def test_today_offers_the_day_of_a_sitting_in_its_order_and_one_thing_at_a_time(
    alice, sitting, clock
):
    assert offered(alice).kind == "before"
    alice.post(page("session_there", sitting))
    assert offered(alice).kind == "home"
    services.keep_after(vault=alice.vault, sitting=sitting, images="a river")
    assert offered(alice) is None
    clock.shift(timedelta(days=1))
    assert offered(alice, DAY + timedelta(days=1)).kind == "morning"
    assert page("session_morning", sitting) in text(alice.get(page("today")))


def test_the_morning_asks_four_questions_that_start_from_what_was_kept(alice, sitting, clock):
    written = moment(AT, "UTC")
    services.keep_after(vault=alice.vault, sitting=sitting, images="a river under the floor")
    keep_entry(
        vault=alice.vault, text="it said rest", written=written, kind_of="voice", sitting=sitting
    )
    hidden = keep_entry(
        vault=alice.vault, text="hidden words", written=written, sitting=sitting, tender=True
    )
    clock.shift(timedelta(days=1))
    answer = text(alice.get(page("session_morning", sitting)))
    assert "it said rest" in answer
    assert "a river under the floor" in answer
    assert "hidden words" not in answer
    asks = session.morning_asks(alice.vault, alice.vault.get(Sitting, sitting))
    assert [ask.key for ask in asks] == ["voice", "images", "first", "body"]
    alice.post(
        page("session_morning", sitting), {"voice": "still true", "images": "", "first": " "}
    )
    answered = [s.document for s in alice.vault.all(Entry) if s.document.question]
    assert [(e.question, e.text) for e in answered] == [("session.morning.voice", "still true")]
    assert answered[0].question_text == "You said this. What stays of it this morning?"
    assert offered(alice, DAY + timedelta(days=1)) is None
    assert hidden.document.tender


def test_with_nothing_kept_the_morning_asks_what_always_fits(alice, sitting):
    services.record_done(vault=alice.vault, sitting=sitting)
    asks = session.morning_asks(alice.vault, alice.vault.get(Sitting, sitting))
    assert [ask.key for ask in asks] == list(session.ALWAYS)


def test_nothing_answered_keeps_nothing_and_is_fine(alice, sitting):
    services.record_done(vault=alice.vault, sitting=sitting)
    assert "That is fine" in text(alice.post(page("session_morning", sitting), {"first": ""}))
    assert not alice.vault.heads(Entry)


@pytest.mark.parametrize(("days", "first"), [(3, 3), (6, 3), (7, 7), (13, 7)])
def test_what_stays_is_asked_on_days_three_and_seven_and_may_become_one_small_goal(
    alice, sitting, clock, days, first
):
    services.record_done(vault=alice.vault, sitting=sitting)
    clock.shift(timedelta(days=days))
    day = DAY + timedelta(days=days)
    found = offered(alice, day)
    assert (found.kind, found.days) == ("stays", first)
    sent = {"text": "the warmth", "small": "sit by the window"}
    alice.post(page("session_stays", sitting), sent)
    (stored,) = alice.vault.all(Entry)
    assert stored.document.question == f"session.stays.{first}"
    (goal,) = alice.vault.all(Goal)
    assert (goal.document.text, goal.document.comes_from) == ("sit by the window", stored.id)
    assert offered(alice, day) is None


@pytest.mark.parametrize("days", [2, 14, 40])
def test_on_other_days_nothing_is_asked(alice, sitting, days):
    services.record_done(vault=alice.vault, sitting=sitting)
    assert offered(alice, DAY + timedelta(days=days)) is None


def test_not_now_is_remembered_for_the_day_and_no_longer(alice, sitting, clock):
    services.record_done(vault=alice.vault, sitting=sitting)
    clock.shift(timedelta(days=3))
    day = DAY + timedelta(days=3)
    alice.post(page("session_not_now"), {"thing": offered(alice, day).thing})
    assert offered(alice, day) is None
    clock.shift(timedelta(days=1))
    assert offered(alice, day + timedelta(days=1)) is not None


def test_a_hard_day_offers_none_of_it(alice, sitting):
    alice.post(page("say"), {"word": "hard"})
    assert page("session_before", sitting) not in text(alice.get(page("today")))


def test_words_that_worry_bring_help_after_the_morning(alice, sitting):
    services.record_done(vault=alice.vault, sitting=sitting)
    answer = text(
        alice.post(
            page("session_morning", sitting), {"first": "I do not want to be alive any more"}
        )
    )
    assert page("help") in answer
    assert "medicine/_panel" not in answer


def test_another_person_finds_no_such_sitting(alice, bob, sitting):
    for name in ("session_before", "session_morning", "session_stays"):
        assert bob.get(page(name, sitting)).status_code == 404
    assert bob.post(page("session_there", sitting)).status_code == 404
