"""Guided programmes, check-ins with oneself, what suits, and looking through practices."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from afterglow.accounts.queries import preferences
from afterglow.medicine.documents import Sitting
from afterglow.plans.queries import rhythm
from afterglow.vault.models import SessionBox

DAY = date(2026, 5, 14)
EVENING = datetime(2026, 5, 14, 19, 30, tzinfo=ZoneInfo("UTC"))
FORTNIGHT = "/programmes/first-fortnight/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(EVENING, tick=False) as travel:
        yield travel


@pytest.fixture
def alice(alice):
    """The days go by here without locking."""
    years = EVENING + timedelta(days=800)
    SessionBox.objects.filter(id=alice.vault.session).update(idle_seconds=10**9, ends=years)
    return alice


def sat(client, days_ago):
    return client.vault.put(Sitting(day=DAY - timedelta(days=days_ago), done=True, felt="good")).id


def html(client, path):
    return client.get(path).content.decode()


def test_all_programmes_are_listed(alice):
    page = html(alice, "/programmes/")
    for title in ("The first fortnight", "Three months on", "Before a booster"):
        assert title in page


def test_a_programme_is_joined_at_the_day_that_fits(alice):
    sat(alice, 5)
    assert "Join at day 5" in html(alice, FORTNIGHT)
    alice.post(f"{FORTNIGHT}join/")
    assert "You are at day 5" in html(alice, FORTNIGHT)


def test_today_names_a_programme_that_fits_until_one_is_joined(alice):
    sat(alice, 2)
    assert "A guided way for these days: The first fortnight" in html(alice, "/today/")
    alice.post(f"{FORTNIGHT}join/")
    alice.post(f"{FORTNIGHT}pace/", {"word": "leave"})
    assert "A guided way for these days" not in html(alice, "/today/")


def test_any_day_can_be_picked_and_the_days_go_on(alice, clock):
    alice.post("/programmes/three-months-on/join/", {"day": "4"})
    assert "You are at day 4" in html(alice, "/programmes/three-months-on/")
    clock.move_to(EVENING + timedelta(days=2))
    assert "You are at day 6" in html(alice, "/programmes/three-months-on/")


def test_a_pause_stops_the_days_and_it_goes_on_from_there(alice, clock):
    alice.post("/programmes/three-months-on/join/", {"day": "2"})
    alice.post("/programmes/three-months-on/pace/", {"word": "pause"})
    clock.move_to(EVENING + timedelta(days=20))
    assert "It pauses at day 2" in html(alice, "/programmes/three-months-on/")
    alice.post("/programmes/three-months-on/pace/", {"word": "go-on"})
    assert "You are at day 2" in html(alice, "/programmes/three-months-on/")


@pytest.mark.parametrize(("word", "ended"), [("leave", "left"), ("finish", "finished")])
def test_it_can_be_left_and_finished(alice, word, ended):
    alice.post(f"{FORTNIGHT}join/")
    alice.post(f"{FORTNIGHT}pace/", {"word": word})
    assert rhythm.programme_now(alice.vault) is None
    assert rhythm.joined_programmes(alice.vault)[0].document.ended == ended
    assert "Join at day" in html(alice, FORTNIGHT)


def test_after_its_last_day_it_can_be_finished_and_nothing_was_missed(alice, clock):
    alice.post("/programmes/three-months-on/join/", {"day": "7"})
    clock.move_to(EVENING + timedelta(days=30))
    page = html(alice, "/programmes/three-months-on/")
    assert "All its days are behind you." in page
    assert "missed" not in page.lower()


def test_a_programme_that_is_none_is_not_here(alice):
    assert alice.get("/programmes/none/").status_code == 404
    assert alice.post("/programmes/none/join/").status_code == 404


def test_a_check_in_with_oneself_comes_a_day_after_a_sitting_and_is_kept(alice):
    sat(alice, 1)
    assert "a check-in with yourself" in html(alice, "/today/")
    answer = alice.post("/today/check/24h/", {"answer0": "Heavy legs.", "answer1": ""})
    page = html(alice, answer.headers["Location"])
    assert "Heavy legs." in page
    assert "A day is not long." in page
    assert "a check-in with yourself" not in html(alice, "/today/")
    assert "A day later" in html(alice, "/today/checks/")


def test_it_can_be_left_out_with_the_same_weight(alice):
    sat(alice, 1)
    alice.post("/today/say/", {"word": "leave-out", "thing": "24h"})
    assert "a check-in with yourself" not in html(alice, "/today/")
    assert "Nothing yet" in html(alice, "/today/checks/")


def test_words_of_crisis_bring_help_instead_of_a_kind_word(alice):
    sat(alice, 7)
    answer = alice.post("/today/check/1w/", {"answer0": "I want to kill myself", "answer1": ""})
    page = html(alice, answer.headers["Location"])
    assert "Open Help" in page
    assert "A week can hold" not in page


def test_what_suits_is_kept_and_shown_again(alice):
    sent = {"unsuitable": ["injury", "trauma-breath"], "hardest": "morning"}
    alice.post("/suits/", sent | {"quiet_from": "22:00", "quiet_until": "07:30"})
    kept = preferences(alice.vault)
    assert kept.unsuitable == ("injury", "trauma-breath")
    assert (kept.hardest, kept.quiet_from, kept.quiet_until) == ("morning", "22:00", "07:30")
    assert 'value="22:00"' in html(alice, "/suits/")


def test_quiet_hours_need_both_ends(alice):
    answer = alice.post("/suits/", {"quiet_from": "22:00"}, follow=True)
    assert "Quiet hours need a beginning and an end." in answer.content.decode()


def test_marked_practices_say_so_where_they_are_looked_for(alice):
    alice.post("/suits/", {"unsuitable": ["trauma-breath"], "hardest": ""})
    assert "you marked this as not for you" in html(alice, "/practices/")


def test_the_page_of_a_practice_shows_its_sum(alice):
    sat(alice, 6)
    alice.post("/today/done/", {"thing": "practice:nature-one-tree"})
    alice.post("/today/helped/", {"practice": "nature-one-tree", "word": "yes"})
    page = html(alice, "/practice/nature-one-tree/")
    assert "<td>+3</td>" in page
    assert "<td>-4</td>" in page
