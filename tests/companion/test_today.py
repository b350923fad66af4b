"""Today in its different weathers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.measures import services as measures
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Goal


@pytest.fixture
def today():
    return moment(timezone.now(), "UTC").day


def page(client):
    return client.get("/today/").content.decode()


def sat(vault, day, **fields):
    return vault.put(Sitting(day=day, done=True, **fields))


def test_day_three_counts_days_since_the_sitting(alice, today):
    sat(alice.vault, today - timedelta(days=3), felt="good")
    assert "Day 3" in page(alice)


def test_nothing_much_drops_every_word_about_the_window(alice, today):
    sat(alice.vault, today - timedelta(days=3), felt="nothing")
    html = page(alice)
    assert "Day 3" not in html
    assert "horizon" not in html


def test_on_the_day_itself_nothing_is_asked(alice, today):
    sat(alice.vault, today)
    html = page(alice)
    assert "Rest is enough" in html
    assert "One question" not in html


def test_very_low_shows_one_coping_practice_and_help_and_goals_wait(alice, today):
    alice.vault.put(Goal(text="Walk to the pier", day=today, on=today))
    assert "Walk to the pier" in page(alice)
    alice.post("/check-in/", {"level": "1"})
    html = page(alice)
    assert "Walk to the pier" not in html
    assert "Today may be small" in html


def test_today_is_hard_can_be_said_and_taken_back(alice):
    alice.post("/today/say/", {"word": "hard"})
    assert "Today may be small" in page(alice)
    alice.post("/today/say/", {"word": "not-hard"})
    assert "Today may be small" not in page(alice)


def test_item_nine_of_two_adds_tell_your_clinic(alice):
    measures.keep_answers(
        vault=alice.vault,
        at=moment(timezone.now(), "UTC"),
        instrument="phq-9",
        answers=[0] * 8 + [2],
    )
    assert "tell your clinic today" in page(alice)


def test_a_question_put_off_is_not_asked_again_today(alice, today):
    sat(alice.vault, today - timedelta(days=6), felt="good")
    html = page(alice)
    thing = html.split('name="thing" value="')[1].split('"')[0]
    alice.post("/today/say/", {"word": "not-now", "thing": thing})
    assert f'value="{thing}"' not in page(alice)


def test_a_check_in_takes_one_tap_and_is_kept(alice):
    answer = alice.post("/check-in/", {"level": "7"})
    assert answer.status_code == 302
    assert "row chosen" in page(alice)


def test_a_level_that_is_none_is_not_kept(alice):
    alice.post("/check-in/", {"level": "4"})
    assert "row chosen" not in page(alice)


def test_help_knows_the_country_from_the_browser_and_has_a_way_for_every_other(stranger, db):
    assert (
        "116 123"
        in stranger.get("/help/", headers={"accept-language": "en-GB,en"}).content.decode()
    )
    elsewhere = stranger.post("/help/", {"country": "XX"}).content.decode()
    assert "findahelpline.com" in elsewhere
    assert "112" in elsewhere


def test_help_opens_before_signing_in_and_switches_country(stranger, db):
    assert "988" in stranger.get("/help/").content.decode()
    assert "116 123" in stranger.post("/help/", {"country": "GB"}).content.decode()


def test_paused_is_a_quiet_journal(alice):
    alice.post("/pace/", {"word": "pause"})
    html = page(alice)
    assert "paused" in html
    assert "One question" not in html
