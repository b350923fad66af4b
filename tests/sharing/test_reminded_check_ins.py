"""A check-in that was agreed moves a reminder onto its day: once, in the same words, and the rows say nothing of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.urls import reverse

from afterglow.accounts.services import keep_preferences
from afterglow.config.env import read
from afterglow.core.days import moment
from afterglow.medicine.documents import Sitting
from afterglow.reminders import queries as reminders
from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import sending, ways
from afterglow.sharing.partner import services
from afterglow.sharing.partner.queries.check_ins import open_check_in
from afterglow.sharing.queries.people import partner_of
from afterglow.sharing.services import end_with
from tests.conftest import new_person, open_client
from tests.sharing.pair import meet

NOW = datetime(2026, 5, 10, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
# The weekly rhythm counts from the sitting: 11, 18. The check-in of 72 hours opens on 7.
SITTING = date(2026, 5, 4)
OWN_DAY = date(2026, 5, 14)


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pair(db):
    owner = open_client(new_person("alice")).vault
    partner = open_client(new_person("bea")).vault
    meet(owner, partner, partner_name="Beatrice")
    ways.keep_plan(
        vault=owner, times=("10:00", "18:00"), rhythm="weekly", chosen=moment(NOW, "UTC")
    )
    ways.switch_on_calendar(vault=owner, language="en")
    owner.put(Sitting(day=SITTING, done=True))
    return owner, partner


def agree(owner, partner, **fields):
    wanted = {"points": (), "own_days": (OWN_DAY,)} | fields
    services.agree(vault=owner, to=partner.owner, today=TODAY, **wanted)


def days():
    return [row.at.date() for row in Due.objects.order_by("at")]


def test_its_day_has_one_reminder_more_at_the_first_time(pair):
    before = days()
    agree(*pair)
    assert sorted(set(days()) - set(before)) == [OWN_DAY]
    assert [row.at.hour for row in Due.objects.filter(at__date=OWN_DAY)] == [10]


def test_points_after_a_sitting_are_reminded_on_their_first_day_only(pair):
    owner, partner = pair
    owner.put(Sitting(day=TODAY - timedelta(days=1), done=True))
    ways.keep_plan(vault=owner, rhythm="weekly")
    before = set(days())
    agree(owner, partner, points=("24h", "72h", "1w"), own_days=())
    added = set(days()) - before
    assert added == {TODAY, TODAY + timedelta(days=2)}, "a week later is in the rhythm already"


def test_an_answer_and_leaving_out_take_it_back(pair):
    owner, partner = pair
    agree(owner, partner, own_days=(TODAY, OWN_DAY))
    assert TODAY in days()
    open_today = open_check_in(owner, partner.owner, TODAY, "en")
    services.leave_out(vault=owner, check_in=open_today, today=TODAY)
    assert TODAY not in days()
    assert OWN_DAY in days()


def test_ending_check_ins_or_all_with_that_person_takes_it_back(pair):
    owner, partner = pair
    agree(owner, partner)
    services.end(vault=owner, other=partner.owner)
    assert OWN_DAY not in days()
    agree(owner, partner)
    assert OWN_DAY in days()
    end_with(vault=owner, record=partner_of(owner, partner.owner).id, today=TODAY)
    assert OWN_DAY not in days()


def test_what_was_only_proposed_reminds_of_nothing(pair):
    owner, partner = pair
    services.propose(vault=partner, to=owner.owner, points=(), own_days=(OWN_DAY,))
    services.receive(owner)
    assert OWN_DAY not in days()


def test_nobody_is_reminded_who_asks(pair):
    owner, partner = pair
    ways.keep_plan(vault=partner, rhythm="weekly", chosen=moment(NOW, "UTC"))
    ways.switch_on_calendar(vault=partner, language="en")
    agree(owner, partner)
    services.receive(partner)
    assert reminders.days_agreed(partner) == set()


def test_while_paused_none_waits(pair):
    owner, partner = pair
    agree(owner, partner)
    keep_preferences(vault=owner, paused_on=TODAY.isoformat())
    assert days() == []


def test_one_that_goes_by_is_not_reminded_of(pair):
    owner, partner = pair
    agree(owner, partner)
    late = NOW.replace(day=OWN_DAY.day + 4)
    with time_machine.travel(late, tick=False):
        assert OWN_DAY not in {each.day for each in reminders.coming(owner, late)}
        assert all(
            each.day.toordinal() % 7 == SITTING.toordinal() % 7
            for each in reminders.coming(owner, late)
        )


def test_a_row_for_a_check_in_is_like_any_other_and_the_mail_too(pair, settings):
    owner, partner = pair
    settings.MAIL = read(
        {"AFTERGLOW_MAIL_URL": "smtps://m.example", "AFTERGLOW_MAIL_FROM": "a@b.c"}
    ).mail
    ways.switch_on_mail(vault=owner, address="alice@example.org", language="en")
    agree(owner, partner)
    row = Due.objects.get(channel__kind="mail", at__date=OWN_DAY)
    known = {reminders.sentence(number, "en") for number in range(40)}
    assert reminders.sentence(row.sentence, "en") in known
    assert {field.name for field in Due._meta.fields} == {
        "id",
        "channel",
        "at",
        "sentence",
        "state",
    }
    assert sending.send_due(row.at + timedelta(minutes=1)) == 1
    assert sending.send_due(row.at + timedelta(minutes=2)) == 0, "once"
    said = outbox.outbox[-1]
    assert said.body.split("\n")[0] in known
    assert not any(
        word in f"{said.subject} {said.body}" for word in ("Beatrice", "check-in", "agreed")
    )


def test_the_line_on_today_and_the_page_of_reminders(db, alice):
    partner = open_client(new_person("bea")).vault
    meet(alice.vault, partner)
    page = reverse("reminders:reminders")
    assert "check-in you agreed to" not in alice.get(page).content.decode()
    ways.keep_plan(vault=alice.vault, rhythm="weekly", in_page=True, chosen=moment(NOW, "UTC"))
    alice.vault.put(Sitting(day=SITTING, done=True))
    at = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
    assert reminders.in_page(alice.vault, at, "en") == ""
    agree(alice.vault, partner)
    assert reminders.in_page(alice.vault, at, "en")
    assert "check-in you agreed to" in alice.get(page).content.decode()
    assert not Channel.objects.exists()
