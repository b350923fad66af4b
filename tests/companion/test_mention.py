"""Once a month: what a prescriber may want to hear of, as words for the next appointment."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from afterglow.medicine.documents import Sitting
from afterglow.plans import services
from afterglow.plans.documents import Appointment, WorthMentioning
from afterglow.vault.models import SessionBox

DAY = date(2026, 5, 14)
NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
PAGE = reverse("companion:mention")
ASKS = "anything worth mentioning to your prescriber"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as travel:
        yield travel


@pytest.fixture
def alice(alice):
    SessionBox.objects.filter(id=alice.vault.session).update(
        idle_seconds=10**9, ends=NOON + timedelta(days=800)
    )
    return alice


def sat(client, days_ago):
    client.vault.put(Sitting(day=DAY - timedelta(days=days_ago), done=True, felt="good"))


def today(client):
    return client.get("/today/").content.decode()


def note(client, **fields):
    return client.get(client.post(PAGE, fields)["Location"]).content.decode()


def test_today_asks_once_a_month_while_there_are_sittings(alice, clock):
    assert ASKS not in today(alice)
    sat(alice, 20)
    assert ASKS in today(alice)
    alice.post(PAGE, {"topics": ["bladder"]})
    assert ASKS not in today(alice)
    clock.move_to(NOON + timedelta(days=30))
    assert ASKS in today(alice)


def test_a_month_can_be_left_out(alice):
    sat(alice, 20)
    alice.post(PAGE, {"word": "leave-out"})
    assert ASKS not in today(alice)
    (kept,) = alice.vault.all(WorthMentioning)
    assert kept.document.skipped
    assert "Nothing yet" in alice.get(reverse("companion:mentioned")).content.decode()


def test_nothing_ticked_is_an_answer_too(alice):
    assert "Nothing to mention this month" in note(alice)


def test_what_was_ticked_is_said_in_its_name_and_without_advice(alice):
    page = note(alice, topics=["bladder", "falls"], words="mostly at night")
    assert "Bladder" in page
    assert "Falls and dizziness" in page
    assert "mostly at night" in page
    assert "Craving" not in page


def test_dark_thoughts_bring_help_before_anything_else(alice):
    page = note(alice, topics=["dark-thoughts"])
    assert page.index("Open Help") < page.index("<h1>")


def test_words_about_dying_bring_help_too(alice):
    assert "Open Help" in note(alice, words="I want to kill myself")
    assert "Open Help" not in note(alice, words="My knee hurts")


def test_the_page_for_the_next_appointment_begins_with_it(alice):
    meeting = services.keep_part(
        vault=alice.vault, part=Appointment(day=DAY + timedelta(days=2), who="Dr Oyelaran")
    )
    page = note(alice, topics=["bladder", "safe-at-home"], words="mostly at night")
    assert "Dr Oyelaran" in page
    summary = alice.get(reverse("plans:summary", args=[meeting.id])).content.decode()
    assert "Bladder\nmostly at night" in summary


def test_what_happens_at_home_stays_off_the_page_for_an_appointment(alice):
    meeting = services.keep_part(vault=alice.vault, part=Appointment(day=DAY, who="Dr Oyelaran"))
    assert "stays off the page" in note(alice, topics=["safe-at-home"])
    summary = alice.get(reverse("plans:summary", args=[meeting.id])).content.decode()
    assert "At home" not in summary


def test_it_can_be_removed(alice):
    kept = services.keep_mentions(vault=alice.vault, on=DAY, topics=["memory"])
    alice.post(reverse("companion:mention_remove", args=[kept.id]))
    assert alice.vault.heads(WorthMentioning) == []


def test_it_is_nobody_elses(alice, bob):
    kept = services.keep_mentions(vault=alice.vault, on=DAY, topics=["memory"])
    assert bob.get(reverse("companion:mention_kept", args=[kept.id])).status_code == 404
    assert bob.post(reverse("companion:mention_remove", args=[kept.id])).status_code == 404
