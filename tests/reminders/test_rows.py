"""Rows of reminders: written while unlocked, two weeks ahead, without a word of the person."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from afterglow.accounts.services import delete_everything, keep_preferences
from afterglow.core.days import moment
from afterglow.journal.services import keep_entry
from afterglow.medicine.documents import Sitting
from afterglow.reminders import queries
from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import rows, sending, ways
from afterglow.vault import hooks
from tests.canaries import Canaries

NOW = datetime(2026, 5, 10, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mailed(vault):
    ways.keep_plan(vault=vault, times=("10:00", "18:00"), rhythm="daily", chosen=moment(NOW, "UTC"))
    ways.switch_on_mail(vault=vault, address="alice@example.org", language="en")
    return vault


def test_nothing_waits_until_a_way_is_switched_on(vault):
    ways.keep_plan(vault=vault, times=("10:00",), rhythm="daily", chosen=moment(NOW, "UTC"))
    assert Due.objects.count() == 0


def test_rows_reach_two_weeks_and_stand_on_the_quarter_hour(mailed):
    times = list(Due.objects.values_list("at", flat=True))
    assert len(times) == 28
    assert max(times) < NOW + timedelta(days=14)
    assert {at.minute % 15 for at in times} == {0}


def test_an_unlock_writes_them_anew_and_a_fortnight_later(mailed):
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        hooks.resume(mailed)
        assert Due.objects.filter(at__gt=timezone.now()).count() == 28


def test_a_sitting_moves_the_rows_when_it_is_kept(mailed):
    day = (NOW + timedelta(days=2)).date()
    mailed.put(Sitting(day=day))
    assert not Due.objects.filter(at__date=day).exists()


def test_pausing_takes_all_that_waits(mailed):
    keep_preferences(vault=mailed, paused_on="2026-05-10")
    assert Due.objects.count() == 0


def test_two_a_day_stay_two_when_the_times_are_changed_after_both_went_out(mailed):
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        Due.objects.filter(at__lte=timezone.now()).update(state="sent")
        ways.keep_plan(vault=mailed, times=("19:30", "20:30"))
        today = Due.objects.filter(at__date=NOW.date())
        assert today.count() == 2
        assert set(today.values_list("state", flat=True)) == {"sent"}


def test_rows_and_address_hold_no_word_of_the_person(mailed):
    canaries = Canaries()
    word = canaries.word("entry")
    keep_entry(vault=mailed, text=word, written=moment(NOW, "UTC"), title=word, tags=[word])
    ways.switch_on_mail(
        vault=mailed, address=f"{canaries.word('address')}@example.org", language="en"
    )
    with connection.cursor() as cursor:
        for table in (Due._meta.db_table, Channel._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            content = repr(cursor.fetchall()).encode()
            assert content.count(b",") > 3
            assert canaries.found_in(content) == set()


def test_the_secret_of_the_calendar_is_not_in_the_rows(vault):
    secret = ways.switch_on_calendar(vault=vault, language="en")
    row = Channel.objects.get(kind="calendar")
    assert secret.encode() not in bytes(row.secret) + bytes(row.sealed)


def test_a_way_stopped_by_its_link_is_off_after_the_next_unlock(mailed):
    token = ways.link_token(Channel.objects.get(kind="mail"))
    assert ways.stop_by_link(token)
    assert Due.objects.count() == 0
    hooks.resume(mailed)
    assert queries.plan(mailed).mail == ""
    assert rows.rewrite(mailed, NOW) == 0


def test_travel_follows_the_latest_check_in(mailed, alice):
    from afterglow.measures.documents import CheckIn

    mailed.put(CheckIn(at=moment(NOW + timedelta(hours=1), "Asia/Tokyo"), level=5))
    assert queries.zone_of(mailed, queries.plan(mailed)) == "Asia/Tokyo"


def test_deleting_everything_takes_ways_and_rows(mailed, monkeypatch):
    monkeypatch.setattr("afterglow.vault.unlock.opens", lambda keys, passphrase: True)
    assert delete_everything(vault=mailed, passphrase="x")
    assert (Channel.objects.count(), Due.objects.count()) == (0, 0)


def test_an_address_sealed_by_another_server_is_dropped(mailed, settings):
    settings.SERVER_KEY = bytes(32)
    settings.SERVER_KEYS = (bytes(32),)
    assert sending.send_due(NOW + timedelta(hours=4, minutes=5)) == 0
    assert not Channel.objects.exists()


def test_the_quiet_hours_of_today_hold_for_reminders_too(mailed):
    keep_preferences(vault=mailed, quiet_from="17:00", quiet_until="19:00")
    assert {at.hour for at in Due.objects.values_list("at", flat=True)} == {10}
