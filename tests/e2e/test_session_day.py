"""The day of a sitting in a real browser: black and large, one tap to speak, and what stays afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect
from tests.conftest import new_person
from tests.e2e.looking import findings, let_go, served_by_the_worker, wear
from tests.e2e.test_offline import HELD
from tests.patience import PATIENCE_MS, eventually

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.medicine.queries import held_until
from afterglow.plans.documents import Goal, Why

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = {"width": 320, "height": 640}
# What lies under the middle of a thing, and whether all of it is on the screen.
IN_REACH = """(thing) => {
  const box = thing.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return thing.contains(top) && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
}"""
WAKE = """
window.held = [];
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  const lock = { released: false, release: async () => { lock.released = true; } };
  window.held.push(lock);
  return lock;
} } });
"""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def page(speaking, live_server):
    context = speaking.new_context(viewport=SMALL, base_url=live_server.url, timezone_id="UTC")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    let_go(context)


def entries(vault):
    vault._opened.refresh()
    return [stored.document for stored in vault.all(Entry)]


def test_a_whole_day_from_before_to_day_seven(page, sign_in, calendar, settings, live_server):
    keys, seen = new_person("alice"), []
    calendar(datetime(2031, 3, 4, 9, tzinfo=UTC))
    vault = sign_in(page, keys)
    wear(page, "night", settings, live_server)
    page.goto("/session/")
    page.get_by_text("Write it here: Why I do this").click()
    page.locator("#words-why").fill("To play again")
    page.locator("section:has(#words-why)").get_by_role("button", name="Keep this").click()
    expect(page.locator("main")).to_contain_text("To play again")
    seen += findings(page)
    page.get_by_role("button", name="I am there").click()
    page.locator("[data-recorder]:not([hidden])").wait_for(state="attached")
    page.get_by_text("I want to say something").click()
    page.wait_for_timeout(2_500)
    seen += findings(page)
    page.get_by_role("button", name="Done").click()
    expect(page).to_have_url(re.compile("kept="))
    expect(page.get_by_text("Kept.")).to_be_visible()
    (note,) = entries(vault)
    assert (note.kind_of, len(note.media)) == ("voice", 1)
    assert note.lasted_seconds >= 2

    page.get_by_role("button", name="I am home and settled").click()
    page.get_by_role("button", name="In between").click()
    page.get_by_role("link", name="Not now").click()
    page.get_by_label("A few words").fill("a blue door")
    page.get_by_role("button", name="Keep this").click()
    seen += findings(page)
    page.get_by_role("link", name="Not now").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator("main")).to_contain_text("Nothing more is asked today")

    calendar(datetime(2031, 3, 5, 8, tzinfo=UTC))
    vault = sign_in(page, keys)
    page.goto("/today/")
    page.get_by_role("link", name="Begin").click()
    expect(page.locator("main")).to_contain_text("without words so far")
    page.get_by_role("link", name="Skip this one").click()
    expect(page.locator("main")).to_contain_text("a blue door")
    page.locator("main textarea").fill("It stood open.")
    page.get_by_role("button", name="Keep this").click()
    seen += findings(page)
    page.get_by_role("link", name="Skip this one").click()
    page.get_by_role("link", name="Skip this one").click()
    page.get_by_role("button", name="Back to Today").click()
    expect(page.get_by_role("link", name="Begin")).to_have_count(0)
    assert "It stood open." in [entry.text for entry in entries(vault)]

    for day in (7, 11):
        calendar(datetime(2031, 3, day, 8, tzinfo=UTC))
        vault = sign_in(page, keys)
        page.goto("/today/")
        page.get_by_role("link", name="Begin").click()
        page.get_by_role("link", name="Skip this one").click()
        page.locator("main textarea").fill(f"Sit by the water, {day}")
        page.get_by_role("button", name="Keep this").click()
        page.get_by_role("button", name="Back to Today").click()
    goals = {stored.document.text for stored in vault.heads(Goal)}
    assert goals == {"Sit by the water, 7", "Sit by the water, 11"}
    assert seen == []


def test_both_buttons_are_large_in_reach_and_the_page_is_black(page, sign_in):
    sign_in(page)
    page.goto("/session/")
    page.get_by_role("button", name="I am there").click()
    for name in ("summary.button", "a.helping"):
        thing = page.locator(f"main {name}")
        assert thing.evaluate(IN_REACH)
        assert thing.bounding_box()["height"] >= 90
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(0, 0, 0)"
    )
    assert page.evaluate("document.getAnimations().length") == 0
    assert findings(page) == []


def test_the_screen_stays_on_only_while_the_page_is_open(page, sign_in):
    page.add_init_script(WAKE)
    sign_in(page)
    page.goto("/session/now/")
    eventually(lambda: page.evaluate("window.held.length") == 1)
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    eventually(lambda: page.evaluate("window.held[0].released"))


def test_the_keyboard_alone_goes_from_before_to_help(new_page, sign_in):
    page = new_page(viewport=SMALL)
    sign_in(page)
    page.goto("/session/")
    page.get_by_role("button", name="I am there").focus()
    page.keyboard.press("Enter")
    page.locator("summary.button").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "button helping"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/help/"))


def test_the_time_stands_still_until_it_is_asked_for(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.goto("/session/")
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    state = page.locator("[data-elapsed-state]")
    expect(state).to_be_empty()
    page.get_by_role("link", name="How long has it been?").click()
    expect(state).to_contain_text("since you said that you are there")


def test_without_javascript_words_are_kept_and_everything_can_be_reached(new_page, sign_in):
    page = new_page(java_script_enabled=False, viewport=SMALL)
    vault = sign_in(page)
    page.goto("/session/")
    page.get_by_role("button", name="I am there").click()
    page.get_by_text("I want to say something").click()
    page.get_by_label("Or in words").fill("warm light")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert [entry.text for entry in entries(vault)] == ["warm light"]
    page.get_by_role("link", name="How long has it been?").click()
    expect(page.locator("main")).to_contain_text("0 minutes since")
    page.get_by_role("button", name="I am home and settled").click()
    expect(page).to_have_url(re.compile("/session/home/check-in/"))


def test_without_connection_a_voice_note_is_kept_sealed_and_goes_to_its_sitting(page, sign_in):
    vault = sign_in(page)
    page.goto("/session/")
    served_by_the_worker(page)
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    page.context.set_offline(True)
    page.goto("/session/now/")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    page.locator("[data-recorder]:not([hidden])").wait_for(state="attached")
    page.get_by_text("I want to say something").click()
    page.wait_for_timeout(2_500)
    page.get_by_role("button", name="Done").click()
    expect(page.locator("[data-outbox-said]")).to_contain_text("sealed")
    page.context.set_offline(False)
    (note,) = eventually(lambda: entries(vault))
    (sitting,) = vault.heads(Sitting)
    assert (note.kind_of, len(note.media), note.sitting) == ("voice", 1, sitting.id)
    assert note.lasted_seconds >= 2


def away_in_a_sitting(page):
    """A sitting that has begun, in a browser that keeps its pages, out of reach from now on."""
    page.goto("/session/")
    served_by_the_worker(page)
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    page.context.set_offline(True)
    page.goto("/session/now/")


def test_without_connection_blood_pressure_and_side_effects_go_to_their_sitting(page, sign_in):
    vault = sign_in(page)
    away_in_a_sitting(page)
    page.get_by_role("link", name="Blood pressure").click()
    page.get_by_label("Before: upper").fill("120")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("two numbers")
    expect(page.get_by_label("Before: lower")).to_be_focused()
    page.get_by_label("Before: lower").fill("8")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("looks unusual")
    page.get_by_label("Before: lower").fill("80")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outbox-said=kept]")).to_contain_text("sealed")
    expect(page.get_by_label("Before: upper")).to_have_value("")
    assert findings(page) == []
    page.get_by_role("link", name="Not now").click()
    page.get_by_role("link", name="Something in the body").click()
    page.get_by_label("What did you notice in the body?").fill("legs far away")
    page.get_by_label("a lot").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=kept]")).to_contain_text("sealed")
    assert findings(page) == []
    page.goto("/waiting-to-send/")
    expect(page.locator("[data-waiting-list]")).to_contain_text("Blood pressure")
    expect(page.locator("[data-waiting-list]")).to_contain_text("Something in the body")
    page.context.set_offline(False)
    eventually(lambda: sitting(vault).side_effects)
    (reading,) = sitting(vault).pressures
    assert (reading.at, reading.systolic, reading.diastolic) == ("before", 120, 80)
    (effect,) = sitting(vault).side_effects
    assert (effect.name, effect.severity) == ("legs far away", 3)
    expect(page.locator("[data-outbox-count]")).to_be_hidden()


def sitting(vault):
    vault._opened.refresh()
    (stored,) = vault.all(Sitting)
    return stored.document


def test_behind_the_shut_door_a_reading_is_kept_too_and_earlier_sittings_stay_out_of_sight(
    page, sign_in
):
    vault = sign_in(page)
    away_in_a_sitting(page)
    page.goto("/session/body/all/")
    expect(page.locator("h1")).to_have_text("This page needs a connection")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto("/session/now/")
    page.get_by_role("link", name="Blood pressure").click()
    page.get_by_label("At 40 minutes: upper").fill("131")
    page.get_by_label("At 40 minutes: lower").fill("84")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=who]")).to_be_visible()
    again = sign_in(page, vault.keys)
    page.goto("/today/")
    eventually(lambda: sitting(again).pressures)
    assert sitting(again).pressures[0].at == "40 min"


def test_without_javascript_a_reading_that_is_not_clear_comes_back_with_a_word(new_page, sign_in):
    page = new_page(java_script_enabled=False, viewport=SMALL)
    vault = sign_in(page)
    page.goto("/session/")
    page.get_by_role("button", name="I am there").click()
    page.get_by_role("link", name="Blood pressure").click()
    page.get_by_label("Before: upper").fill("120")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#form-errors")).to_contain_text("two numbers")
    page.get_by_label("Before: lower").fill("80")
    page.get_by_role("button", name="Keep this").click()
    expect(page).to_have_url(re.compile("/session/now/"))
    assert len(sitting(vault).pressures) == 1


def test_a_whole_day_without_connection_arrives_with_its_times_and_holds_for_a_day(page, sign_in):
    vault = sign_in(page)
    page.goto("/today/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    page.goto("/session/")
    page.get_by_text("Write it here: Why I do this").click()
    page.locator("#words-why").fill("To play again")
    page.locator("section:has(#words-why)").get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    seen = findings(page)
    there_at = now()
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    expect(page.get_by_role("link", name="2 things wait to be sent")).to_be_visible()
    page.get_by_role("link", name="How long has it been?").click()
    expect(page.locator("[data-elapsed-state]")).to_contain_text("0 minutes since")
    page.get_by_role("link", name="I am home and settled").click()
    seen += findings(page)
    page.get_by_role("button", name="I am home and settled").click()
    page.wait_for_url("**/session/home/check-in/")
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    page.get_by_role("button", name="In between").click()
    expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    page.get_by_label("Or in words").fill("a blue door")
    page.get_by_role("button", name="Keep this").click()
    eventually(lambda: len(page.evaluate(HELD)) == 5)
    seen += findings(page)
    page.get_by_role("link", name="That is enough for today").click()
    expect(page.locator("main")).to_contain_text("Nothing more is asked today")
    page.goto("/session/back/24h/")
    expect(page.locator("h1")).to_have_text("This page needs a connection")
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    kept = sitting(vault)
    assert [stored.document.why for stored in vault.all(Why)] == ["To play again"]
    assert kept.done
    assert there_at <= kept.began.at <= kept.home.at <= now()
    assert held_until(vault, moment(now(), "UTC")).at == kept.began.at + timedelta(hours=24)
    (entry,) = entries(vault)
    assert (entry.text, entry.sitting) == ("a blue door", vault.heads(Sitting)[0].id)
    assert [stored.document.level for stored in vault.all(CheckIn)] == [5]
    assert seen == []


def test_i_am_there_is_not_lost_when_the_connection_goes_at_that_moment(page, sign_in):
    vault = sign_in(page)
    page.goto("/session/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    page.context.set_offline(False)
    eventually(lambda: vault._opened.refresh() or vault.heads(Sitting))
    assert sitting(vault).began
    page.goto("/session/now/")
    page.context.set_offline(True)
    page.get_by_role("button", name="I am home and settled").click()
    page.wait_for_url("**/session/home/check-in/")
    page.context.set_offline(False)
    eventually(lambda: sitting(vault).home)
