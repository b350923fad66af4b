"""*I am there* and *I am home and settled*, said out of reach: with the time at which it was said, once, and no hold shorter."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.medicine import queries, services
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Why
from tests.conftest import new_person, open_client
from tests.medicine.test_noted_without_connection import arrive

DAY = date(2031, 2, 3)
AT = datetime(2031, 2, 3, 10, tzinfo=UTC)
HOME = AT + timedelta(hours=3)
NOW = AT + timedelta(hours=8)
A_DAY = timedelta(hours=24)


@pytest.fixture
def me(db):
    with time_machine.travel(NOW, tick=False):
        yield open_client(new_person("alice"))


def the_sitting(me):
    me.vault._opened.refresh()
    (stored,) = me.vault.all(Sitting)
    return stored.document


def held_until(me, now=NOW):
    me.vault._opened.refresh()
    until = queries.held_until(me.vault, moment(now, "UTC"))
    return until.at if until else None


def plan(me, **fields):
    return services.plan_sitting(vault=me.vault, day=DAY, zone="UTC", **fields).id


def there(me, at=AT):
    return arrive(me, "there", [], at=at)


def home(me, at=HOME):
    return arrive(me, "home", [], at=at)


def test_an_unplanned_sitting_is_noted_and_the_hold_counts_from_what_was_said(me):
    assert there(me)["kept"] == "open"
    assert (the_sitting(me).began.at, the_sitting(me).day) == (AT, DAY)
    assert held_until(me) == AT + A_DAY


def test_a_planned_sitting_begins_when_it_was_said(me):
    plan(me, who="Bo")
    there(me)
    home(me)
    kept = the_sitting(me)
    assert (kept.who, kept.began.at, kept.home.at, kept.done) == ("Bo", AT, HOME, True)


def test_said_on_two_devices_it_is_one_sitting_and_no_hold_gets_shorter(me):
    sitting = plan(me)
    online = AT + timedelta(minutes=20)
    services.begin_sitting(vault=me.vault, sitting=sitting, now=moment(online, "UTC"))
    there(me)
    assert the_sitting(me).began.at == online
    assert held_until(me) == online + A_DAY


def test_home_on_two_devices_is_said_once(me):
    sitting = plan(me)
    services.begin_sitting(vault=me.vault, sitting=sitting, now=moment(AT, "UTC"))
    services.come_home(vault=me.vault, sitting=sitting, now=moment(HOME, "UTC"))
    there(me, AT + timedelta(minutes=5))
    home(me, HOME + timedelta(minutes=5))
    assert (the_sitting(me).began.at, the_sitting(me).home.at) == (AT, HOME)


def test_home_that_arrives_before_there_is_the_same_sitting(me):
    home(me)
    there(me)
    assert (the_sitting(me).began.at, the_sitting(me).home.at) == (AT, HOME)


@pytest.mark.parametrize("clock", ["", "15:00"])
def test_a_hold_that_runs_already_is_not_made_shorter_by_what_arrives(me, clock):
    plan(me, done=True, clock=clock)
    before = held_until(me)
    there(me)
    assert the_sitting(me).began.at == AT
    assert held_until(me) == before > AT + A_DAY


def test_a_sitting_said_days_ago_holds_nothing_now(me):
    there(me, AT - timedelta(days=3))
    assert the_sitting(me).day == DAY - timedelta(days=3)
    assert held_until(me) is None


def test_a_sitting_after_one_was_home_is_another(me):
    there(me, AT - timedelta(hours=4))
    home(me, AT - timedelta(hours=1))
    there(me)
    me.vault._opened.refresh()
    assert [stored.document.began.at for stored in queries.sittings(me.vault)] == [
        AT - timedelta(hours=4),
        AT,
    ]


def test_what_was_said_in_between_goes_to_the_sitting(me):
    there(me)
    arrive(me, "said", [["text", "warm light"]], at=AT + timedelta(hours=1))
    (entry,) = me.vault.all(Entry)
    assert entry.document.sitting == queries.sittings(me.vault)[0].id


def test_words_for_a_card_come_below_what_stood_there(me):
    plan(me, who="Bo")
    me.vault.put(Why(why="To play again", since=DAY))
    for card, words in (("who", "Ida too"), ("lift_home", "the bus"), ("why", "For the garden")):
        assert arrive(me, "card", [["card", card], ["words", words]])["kept"] == "open"
    assert (the_sitting(me).who, the_sitting(me).lift_home) == ("Bo\nIda too", "the bus")
    (why,) = me.vault.all(Why)
    assert why.document.why == "To play again\nFor the garden"


@pytest.mark.parametrize(
    "fields", [[["card", "who"], ["words", " "]], [["card", "done"], ["words", "yes"]], []]
)
def test_a_card_of_no_kind_or_without_words_asks_for_a_look(me, fields):
    assert arrive(me, "card", fields)["kept"] == "look"
