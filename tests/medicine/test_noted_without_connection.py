"""Blood pressure and side effects that were noted out of reach: each once, with the sitting of that day, never lost."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.medicine import queries, services
from afterglow.medicine.documents import Sitting
from afterglow.vault import doors, outbox
from tests.conftest import new_person, open_client
from tests.vault.outgoing import sealed, send

DAY = date(2031, 2, 3)
AT = datetime(2031, 2, 3, 12, tzinfo=UTC)
BOTH = [
    ["before_high", "120"],
    ["before_low", "80"],
    ["later_high", "135"],
    ["later_low", "88"],
]
LEGS = [["name", "my legs  were far away"], ["severity", "3"]]


@pytest.fixture
def me(db):
    with time_machine.travel(AT + timedelta(hours=8), tick=False):
        yield open_client(new_person("alice"))


def plan(vault, day=DAY, **fields):
    return services.plan_sitting(vault=vault, day=day, zone="UTC", **fields).id


def arrive(me, kind, fields, *, at=AT, item=None, **headers):
    """As a phone sends it; gives what was answered."""
    written = at.isoformat().replace("+00:00", "Z")
    item, blob = sealed(me.vault.owner, kind, fields, at=written, zone="UTC", item=item)
    return send(me, me.vault.owner, item, blob, **headers).json()


def pressures(vault, sitting):
    kept = vault.get(Sitting, sitting).document.pressures
    return [(each.at, each.systolic, each.diastolic) for each in kept]


def effects(vault, sitting):
    return [
        (each.name, each.severity) for each in vault.get(Sitting, sitting).document.side_effects
    ]


def test_both_readings_go_to_the_sitting_of_their_day(me):
    earlier, today = plan(me.vault, DAY - timedelta(days=3), done=True), plan(me.vault)
    assert arrive(me, "blood-pressure", BOTH)["kept"] == "open"
    assert pressures(me.vault, today) == [("before", 120, 80), ("40 min", 135, 88)]
    assert pressures(me.vault, earlier) == []


def test_one_reading_leaves_the_other_as_it_was(me):
    sitting = plan(me.vault)
    arrive(me, "blood-pressure", BOTH[:2])
    arrive(me, "blood-pressure", [["before_high", ""], ["before_low", ""], *BOTH[2:]])
    assert pressures(me.vault, sitting) == [("before", 120, 80), ("40 min", 135, 88)]


def test_a_side_effect_comes_in_own_words_and_can_grow_or_fade(me):
    sitting = plan(me.vault)
    arrive(me, "side-effect", LEGS)
    assert effects(me.vault, sitting) == [("my legs were far away", 3)]
    said = arrive(me, "side-effect", [["name", "My legs were far away"], ["severity", "0"]])
    assert said["page"] == "/session/body/"
    assert effects(me.vault, sitting) == [("My legs were far away", 0)]


def test_what_is_sent_twice_is_noted_once(me):
    sitting, item = plan(me.vault), uuid4()
    for _ in range(2):
        arrive(me, "side-effect", LEGS, item=item)
    assert effects(me.vault, sitting) == [("my legs were far away", 3)]
    services.keep_side_effect(vault=me.vault, sitting=sitting, name=LEGS[0][1], severity=0)
    arrive(me, "side-effect", LEGS, item=item)
    assert effects(me.vault, sitting) == [("my legs were far away", 0)]


def test_locked_it_waits_and_goes_to_its_sitting_at_the_next_opening(me):
    sitting = plan(me.vault)
    doors.lock(me.vault)
    item, blob = sealed(me.vault.owner, "blood-pressure", BOTH, at="2031-02-03T12:00:00Z")
    again = open_client(me.vault.keys)
    send(again, me.vault.owner, item, blob)
    outbox.open_all(again.vault)
    assert len(pressures(again.vault, sitting)) == 2


def test_what_was_noted_during_a_sitting_stays_with_it_when_it_comes_later(me):
    plan(me.vault, DAY - timedelta(days=1), done=True)
    sitting = plan(me.vault)
    services.begin_sitting(vault=me.vault, sitting=sitting, now=moment(AT, "UTC"))
    services.come_home(vault=me.vault, sitting=sitting, now=moment(AT + timedelta(hours=3), "UTC"))
    arrive(me, "blood-pressure", BOTH, at=AT + timedelta(minutes=40))
    assert len(pressures(me.vault, sitting)) == 2


@pytest.mark.parametrize("days", [0, 1, 7])
def test_the_morning_after_it_goes_to_the_newest_sitting_though_nobody_ticked_it(me, days):
    plan(me.vault, DAY - timedelta(days=9), done=True)
    newest = plan(me.vault, DAY - timedelta(days=days))
    assert queries.sitting_of_note(me.vault, moment(AT, "UTC")).id == newest


def test_of_two_sittings_on_a_day_it_is_the_one_that_was_not_over(me):
    first, second = plan(me.vault, clock="08:00"), plan(me.vault, clock="18:00")
    began = moment(AT - timedelta(hours=4), "UTC")
    services.begin_sitting(vault=me.vault, sitting=first, now=began)
    assert queries.sitting_of_note(me.vault, moment(AT - timedelta(hours=3), "UTC")).id == first
    services.come_home(vault=me.vault, sitting=first, now=moment(AT - timedelta(hours=1), "UTC"))
    assert queries.sitting_of_note(me.vault, moment(AT, "UTC")).id == second
    assert queries.sitting_of_note(me.vault, moment(AT - timedelta(hours=2), "UTC")).id == first


def test_a_cancelled_or_coming_sitting_is_none(me):
    services.cancel_sitting(vault=me.vault, sitting=plan(me.vault))
    plan(me.vault, DAY + timedelta(days=1))
    assert queries.sitting_of_note(me.vault, moment(AT, "UTC")) is None


@pytest.mark.parametrize(
    ("kind", "fields", "shows"),
    [
        ("blood-pressure", BOTH, "Blood pressure before: 120 over 80"),
        ("side-effect", LEGS, "were far away: a lot"),
    ],
)
def test_without_a_sitting_it_asks_and_finds_its_place_once_there_is_one(me, kind, fields, shows):
    assert arrive(me, kind, fields)["kept"] == "look"
    page = me.get("/waiting-to-send/").content.decode()
    assert shows in page
    (ask,) = outbox.to_look_at(me.vault)
    answer = me.post(f"/waiting-to-send/{ask.id}/", {"word": "again"})
    assert answer["Location"] == "/waiting-to-send/"
    assert [each.id for each in outbox.to_look_at(me.vault)] == [ask.id]
    sitting = plan(me.vault)
    answer = me.post(f"/waiting-to-send/{ask.id}/", {"word": "again"})
    assert answer["Location"] != "/waiting-to-send/"
    assert outbox.to_look_at(me.vault) == []
    assert pressures(me.vault, sitting) or effects(me.vault, sitting)


def test_it_can_become_an_entry_with_every_number_in_it(me):
    arrive(me, "blood-pressure", BOTH)
    (ask,) = outbox.to_look_at(me.vault)
    me.post(f"/waiting-to-send/{ask.id}/", {"word": "write"})
    (entry,) = me.vault.all(Entry)
    assert entry.document.text.split("\n\n") == [
        "Blood pressure before: 120 over 80",
        "Blood pressure at 40 minutes: 135 over 88",
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("blood-pressure", BOTH[:1]),
        ("blood-pressure", BOTH[:3]),
        ("blood-pressure", [["before_high", "12"], ["before_low", "80"]]),
        ("blood-pressure", [["before_high", "120"], ["before_low", "eighty"]]),
        ("blood-pressure", []),
        ("side-effect", [["name", "  "], ["severity", "1"]]),
        ("side-effect", [["name", "cold"], ["severity", "9"]]),
        ("side-effect", [["name", "cold"]]),
        ("side-effect", [["name", "c" * 301], ["severity", "1"]]),
    ],
)
def test_what_is_not_clear_is_set_aside_and_holds_up_nothing(me, kind, fields):
    sitting = plan(me.vault)
    assert arrive(me, kind, fields)["kept"] == "look"
    assert arrive(me, "side-effect", LEGS)["kept"] == "open"
    assert pressures(me.vault, sitting) == []
    assert len(outbox.to_look_at(me.vault)) == 1


def test_what_is_not_clear_goes_back_to_the_form_that_is_still_there(me):
    plan(me.vault)
    assert arrive(me, "blood-pressure", BOTH[:1], Form="yes")["kept"] == "remarks"
    assert outbox.to_look_at(me.vault) == []


def test_only_its_owner_can_put_it_with_a_sitting(me, db):
    arrive(me, "side-effect", LEGS)
    (ask,) = outbox.to_look_at(me.vault)
    bob = open_client(new_person("bob"))
    assert bob.post(f"/waiting-to-send/{ask.id}/", {"word": "again"}).status_code == 404
    assert len(outbox.to_look_at(me.vault)) == 1


def test_both_forms_are_kept_before_they_are_sent(me):
    plan(me.vault)
    for page, kind in (("pressure", "blood-pressure"), ("body", "side-effect")):
        for path in (f"/session/{page}/", f"/offline/{page}/"):
            assert f'data-outbox="{kind}"' in me.get(path).content.decode()
