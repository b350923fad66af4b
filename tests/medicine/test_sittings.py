"""Sittings: their order, their number, the day that is held after one. Pages are visited in test_sitting_pages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from afterglow.core.days import moment
from afterglow.medicine import queries, services
from afterglow.medicine.documents import BloodPressure, SideEffect, Sitting
from afterglow.vault.open_vault import Conflict, NotHere

DAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def plan(vault, day=DAY, **fields):
    return services.plan_sitting(vault=vault, day=day, zone="UTC", **fields)


def after(hours):
    return moment(NOON + timedelta(hours=hours), "UTC")


def test_sittings_stand_in_the_order_of_their_days(vault):
    later = plan(vault, DAY + timedelta(days=7))
    first = plan(vault)
    assert [each.id for each in queries.sittings(vault)] == [first.id, later.id]


def test_the_last_and_the_next_sitting_are_told_apart(vault):
    done = plan(vault, DAY, done=True)
    coming = plan(vault, DAY + timedelta(days=7))
    today = DAY + timedelta(days=2)
    assert queries.last_sitting(vault, today).id == done.id
    assert queries.next_sitting(vault, today).id == coming.id
    assert queries.days_since(vault, today) == 2


def test_without_a_sitting_there_are_no_days_to_count(vault):
    plan(vault)
    assert queries.days_since(vault, DAY) is None


def test_a_cancelled_sitting_has_no_number_and_is_not_next(vault):
    gone = plan(vault)
    services.cancel_sitting(vault=vault, sitting=gone.id)
    assert queries.number_of(vault, gone.id) is None
    assert queries.next_sitting(vault, DAY) is None


def test_the_number_follows_the_days_and_not_the_order_of_writing(vault):
    second = plan(vault, DAY + timedelta(days=3), done=True)
    planned = plan(vault, DAY - timedelta(days=9))
    first = plan(vault, DAY, done=True)
    numbers = [queries.number_of(vault, each.id) for each in (first, second, planned)]
    assert numbers == [1, 2, 3]


def test_a_planned_sitting_whose_day_has_come_is_asked_about(vault):
    waiting = plan(vault)
    assert queries.unrecorded_sitting(vault, DAY - timedelta(days=1)) is None
    assert queries.unrecorded_sitting(vault, DAY).id == waiting.id


def test_what_goes_before_and_after_is_kept_side_by_side(vault):
    kept = plan(vault)
    services.keep_before(
        vault=vault,
        sitting=kept.id,
        intention="Listen.",
        lift_home="Bus",
        who="Ida",
        prepared=["food"],
    )
    services.keep_after(
        vault=vault,
        sitting=kept.id,
        images="A door",
        side_effects=[SideEffect(name="nausea", severity=2)],
        pressures=[BloodPressure(at="before", systolic=120, diastolic=80)],
    )
    sitting = vault.get(Sitting, kept.id).document
    assert (sitting.intention, sitting.prepared, sitting.images) == ("Listen.", ("food",), "A door")
    assert sitting.side_effects[0].severity == 2
    assert sitting.pressures[0].systolic == 120
    assert sitting.done
    assert sitting.has_after


def test_not_now_is_remembered_for_the_day_without_an_answer(vault):
    kept = plan(vault, done=True)
    services.keep_felt(vault=vault, sitting=kept.id, felt="", today=DAY)
    sitting = vault.get(Sitting, kept.id).document
    assert (sitting.felt, sitting.felt_on) == ("", DAY)


def test_a_word_that_was_not_offered_is_not_kept(vault):
    kept = plan(vault, done=True)
    services.keep_felt(vault=vault, sitting=kept.id, felt="wonderful", today=DAY)
    assert vault.get(Sitting, kept.id).document.felt == ""


def test_a_change_on_top_of_another_keeps_both(vault):
    kept = plan(vault)
    services.keep_before(
        vault=vault, sitting=kept.id, intention="One", lift_home="", who="", base_rev=kept.rev
    )
    both = services.keep_before(
        vault=vault, sitting=kept.id, intention="Two", lift_home="", who="", base_rev=kept.rev
    )
    assert isinstance(both, Conflict)
    assert both.other.document.intention == "One"


def test_for_a_day_after_a_sitting_nothing_is_removed(vault):
    kept = plan(vault, clock="12:00", done=True)
    with pytest.raises(services.HeldForNow) as held:
        services.remove_sitting(vault=vault, sitting=kept.id, now=after(23))
    assert held.value.until.at == NOON + timedelta(hours=24)
    services.remove_sitting(vault=vault, sitting=kept.id, now=after(25))
    with pytest.raises(NotHere):
        vault.get(Sitting, kept.id)


def test_a_planned_sitting_holds_from_its_hour_on(vault):
    plan(vault, clock="14:00")
    assert queries.held_until(vault, after(1)) is None
    assert queries.held_until(vault, after(3)) is not None


def test_without_an_hour_the_whole_next_day_is_waited_for(vault):
    plan(vault, done=True)
    assert queries.held_until(vault, after(38)) is not None
    assert queries.held_until(vault, after(41)) is None


def test_a_cancelled_sitting_holds_nothing(vault):
    kept = plan(vault, clock="12:00", done=True)
    services.cancel_sitting(vault=vault, sitting=kept.id)
    assert queries.held_until(vault, after(1)) is None
