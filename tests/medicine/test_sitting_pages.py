"""The pages of a sitting, as a person walks through them."""

import html
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.core import content
from afterglow.core.days import day_of
from afterglow.medicine import services
from afterglow.medicine.documents import BloodPressure, SideEffect, Sitting

EARLIER = date(2026, 1, 6)


@pytest.fixture
def sitting(vault):
    return services.plan_sitting(vault=vault, day=EARLIER, zone="UTC", clock="11:00", done=True)


def page(name, sitting):
    return reverse(f"medicine:{name}", args=[sitting.id])


def test_a_sitting_is_planned_with_its_day_alone(alice):
    day = datetime.now(UTC).date() + timedelta(days=5)
    answer = alice.post(reverse("medicine:plan"), {"day": day.isoformat()})
    (kept,) = alice.vault.heads(Sitting)
    assert answer["Location"] == page("sitting", kept)
    assert not kept.document.done


def test_a_day_in_the_past_is_taken_as_done(alice):
    alice.post(reverse("medicine:plan"), {"day": EARLIER.isoformat()})
    assert alice.vault.heads(Sitting)[0].document.done


def test_who_just_came_home_goes_straight_to_what_came_up(alice):
    shown = alice.get(reverse("medicine:plan") + "?when=home").context["form"]
    day = shown["day"].value().isoformat()
    answer = alice.post(reverse("medicine:plan"), {"day": day, "done": "on"})
    (kept,) = alice.vault.heads(Sitting)
    assert answer["Location"] == page("after", kept)


@pytest.mark.parametrize("day", ["1926-03-02", "0026-03-02", "2206-03-02"])
def test_a_mistyped_year_comes_back_with_a_question_and_nothing_is_lost(alice, day):
    answer = alice.post(reverse("medicine:plan"), {"day": day, "place": "Room by the garden"})
    shown = answer.content.decode()
    assert "look at the year once more" in shown
    assert "Room by the garden" in shown
    assert alice.vault.heads(Sitting) == []


def test_a_day_that_is_no_day_is_shown_again_with_all_that_was_typed(alice):
    answer = alice.post(reverse("medicine:plan"), {"day": "soon", "place": "Room by the garden"})
    assert answer.status_code == 200
    assert "Room by the garden" in answer.content.decode()


def test_what_came_up_is_read_back_on_the_sitting(alice, sitting):
    alice.post(page("after", sitting), {"images": "A lit window", "base_rev": sitting.rev})
    assert "A lit window" in alice.get(page("sitting", sitting)).content.decode()


def test_clear_words_about_dying_bring_the_help_panel_once(alice, sitting):
    answer = alice.post(page("after", sitting), {"hard": "I want to kill myself."})
    assert "help-panel" in alice.get(answer["Location"]).content.decode()
    assert "help-panel" not in alice.get(page("sitting", sitting)).content.decode()


def test_half_a_blood_pressure_is_asked_for_kindly(alice, sitting):
    answer = alice.post(page("after", sitting), {"images": "A lit window", "before_high": "120"})
    assert "A lit window" in answer.content.decode()
    assert alice.vault.get(Sitting, sitting.id).document.pressures == ()


def test_the_usual_blood_pressures_are_kept(alice, sitting):
    typed = {"before_high": "128", "before_low": "82", "later_high": "150", "later_low": "92"}
    alice.post(page("after", sitting), typed)
    read = [
        (each.at, each.systolic) for each in alice.vault.get(Sitting, sitting.id).document.pressures
    ]
    assert read == [("before", 128), ("40 min", 150)]


def test_hard_leads_to_grounding(alice, sitting):
    answer = alice.post(page("felt", sitting), {"felt": "hard"})
    assert answer["Location"] == reverse("companion:hard")
    assert alice.vault.head(Sitting, sitting.id).document.felt == "hard"


def test_not_now_is_not_asked_again_that_day(alice, sitting):
    assert 'name="felt"' in alice.get(page("sitting", sitting)).content.decode()
    alice.post(page("felt", sitting), {"felt": ""})
    assert 'name="felt"' not in alice.get(page("sitting", sitting)).content.decode()


def test_the_dose_is_kept_as_recorded(alice, sitting):
    shown = alice.get(page("edit", sitting)).context["form"]
    typed = {name: shown[name].value() or "" for name in shown.fields}
    alice.post(page("edit", sitting), typed | {"dose_mg": "41.5", "dose_words": "over 40 minutes"})
    kept = alice.vault.head(Sitting, sitting.id).document
    assert (kept.dose_mg, kept.dose_words, kept.clock, kept.done) == (
        41.5,
        "over 40 minutes",
        "11:00",
        True,
    )


def test_a_point_that_was_ticked_is_shown_as_ready(alice, sitting):
    form = alice.get(page("before", sitting)).context["form"]
    box = form.lists()[0][1][0]
    alice.post(page("before", sitting), {box.name: "on"})
    assert box.label in html.unescape(alice.get(page("sitting", sitting)).content.decode())


def test_the_page_to_hand_over_has_nothing_of_ones_own(alice, sitting):
    services.keep_before(
        vault=alice.vault, sitting=sitting.id, intention="Very own", lift_home="", who="Ida"
    )
    shown = alice.get(reverse("medicine:hand_over")).content.decode()
    assert "Very own" not in shown
    assert "Ida" not in shown


def test_readings_at_other_times_stay_when_the_usual_ones_change(alice, vault):
    own = (
        BloodPressure(at="0 min", systolic=130, diastolic=80),
        BloodPressure(at="90 min", systolic=125, diastolic=79),
    )
    kept = vault.put(Sitting(day=EARLIER, done=True, pressures=own))
    alice.post(page("after", kept), {"before_high": "131", "before_low": "81"})
    read = [(each.at, each.systolic) for each in vault.get(Sitting, kept.id).document.pressures]
    assert read == [("before", 131), ("90 min", 125)]


def test_side_effects_in_own_words_keep_how_strong_they_were(alice, vault):
    own = (SideEffect(name="Queasy in the car", severity=2), SideEffect(name="Wobbly", severity=1))
    kept = vault.put(Sitting(day=EARLIER, done=True, side_effects=own))
    line = alice.get(page("after", kept)).context["form"]["other_effects"].value()
    alice.post(page("after", kept), {"other_effects": line, "images": "A bus"})
    assert vault.get(Sitting, kept.id).document.side_effects == own


def test_a_side_effect_that_a_clinic_wants_to_hear_of_says_so(alice, sitting):
    effect = next(each for each in content.side_effects() if each.ask_clinic)
    alice.post(page("after", sitting), {f"effect_{effect.id}": "2"})
    assert "worth telling your clinic" in alice.get(page("sitting", sitting)).content.decode()


def test_a_draft_is_where_the_form_begins(alice, sitting):
    alice.vault.keep_draft(f"sitting.before.{sitting.id}", {"intention": "Half a senten"})
    assert "Half a senten" in alice.get(page("before", sitting)).content.decode()


def test_removing_asks_first(alice, sitting):
    assert alice.get(page("remove", sitting)).status_code == 200
    assert alice.vault.heads(Sitting)
    alice.post(page("remove", sitting))
    assert not alice.vault.heads(Sitting)


def test_on_the_day_of_a_sitting_removing_waits(alice):
    alice.post(
        reverse("medicine:plan"),
        {"day": day_of(timezone.now(), "UTC").isoformat(), "done": "on"},
    )
    (kept,) = alice.vault.heads(Sitting)
    services.record_done(vault=alice.vault, sitting=kept.id)
    alice.post(page("remove", kept))
    assert alice.vault.heads(Sitting)


@pytest.mark.parametrize("name", ["sitting", "before", "after", "edit", "remove"])
def test_another_persons_sitting_is_not_there(bob, sitting, name):
    assert bob.get(page(name, sitting)).status_code == 404


@pytest.mark.parametrize("name", ["felt", "done", "remove"])
def test_another_person_changes_nothing(bob, sitting, vault, name):
    assert bob.post(page(name, sitting), {"felt": "good"}).status_code == 404
    assert vault.head(Sitting, sitting.id).document.felt == ""


def test_a_stranger_meets_a_shut_door(stranger, alice, sitting):
    assert stranger.get(page("sitting", sitting)).status_code == 423


@pytest.mark.parametrize("name", ["sittings", "plan", "hand_over"])
def test_an_empty_vault_shows_a_page(alice, name):
    assert alice.get(reverse(f"medicine:{name}")).status_code == 200
