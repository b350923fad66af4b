"""Exercises in a real browser: nothing moves or sounds by itself, everything stops at once, and pages hold without scripts."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings

from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_own_kindness

pytestmark = pytest.mark.django_db(transaction=True)
SILENT = """
window.sounds = 0; window.frames = 0;
const Real = window.AudioContext;
window.AudioContext = class extends Real { constructor() { super(); window.sounds += 1; } };
const real = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (work) => { window.frames += 1; return real(work); };
"""


def watched(new_page, sign_in, **options):
    page = new_page(**options)
    page.add_init_script(SILENT)
    return page, sign_in(page)


@pytest.mark.parametrize("path", ["breathing", "timer", "make/dance"])
def test_nothing_moves_or_sounds_by_itself(new_page, sign_in, path):
    page, _ = watched(new_page, sign_in)
    page.goto(f"/exercises/{path}/")
    page.wait_for_timeout(300)
    assert page.evaluate("[window.sounds, window.frames]") == [0, 0]


def test_the_breathing_guide_moves_after_a_tap_and_stops_at_once(new_page, sign_in):
    page, _ = watched(new_page, sign_in)
    page.goto("/exercises/breathing/")
    page.get_by_role("button", name="Start the guide").click()
    expect(page.locator("[data-breath-word]")).to_have_text("In")
    page.wait_for_timeout(300)
    assert "scale" in page.locator("[data-breath-circle]").get_attribute("style")
    page.keyboard.press("Enter")  # Stop has the focus
    expect(page.locator("[data-breath-picture]")).to_be_hidden()
    before = page.evaluate("window.frames")
    page.wait_for_timeout(200)
    assert page.evaluate("window.frames") == before


def test_where_motion_is_not_wanted_the_guide_is_words_only(new_page, sign_in):
    page, _ = watched(new_page, sign_in, reduced_motion="reduce")
    page.goto("/exercises/breathing/")
    expect(page.get_by_role("button", name="Start the guide")).to_be_hidden()
    page.get_by_role("button", name="Words only").click()
    expect(page.locator("[data-breath-word]")).to_have_text("In")
    expect(page.locator("[data-breath-circle]")).to_be_hidden()


def test_the_timer_starts_on_a_tap_and_a_silent_bell_makes_no_sound(new_page, sign_in):
    page, _ = watched(new_page, sign_in)
    page.goto("/exercises/timer/?minutes=3")
    page.get_by_label("Bell").fill("0")
    page.get_by_role("button", name="Start the timer").click()
    expect(page.locator("[data-timer-state]")).to_have_text("About 3 minutes left")
    assert page.evaluate("window.sounds") == 0
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-timer-state]")).to_have_text("Stopped.")
    page.get_by_label("Bell").fill("4")
    page.get_by_role("button", name="Hear the bell once").click()
    assert page.evaluate("window.sounds") == 1


def test_a_poem_from_own_images_is_kept(new_page, sign_in):
    page, vault = watched(new_page, sign_in)
    page.goto("/exercises/make/poetry/")
    page.get_by_label("What came of it").fill("Heron, hold still.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("main")).to_contain_text("Heron, hold still.")
    assert [stored.document.kind_of for stored in vault.heads(Entry)] == ["made"]


def own_words(vault):
    keep_own_kindness(vault=vault, sentences=["I keep trying."], memories=["The lake in May"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_kind_sentences_come_at_ones_own_pace(new_page, sign_in, scripts):
    page = new_page(java_script_enabled=scripts)
    own_words(sign_in(page))
    page.goto("/exercises/kindness/")
    page.get_by_role("link", name="Look at them now").click()
    expect(page.locator("[data-own-pace]")).to_contain_text("I keep trying.")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-own-pace]")).to_contain_text("The lake in May")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-own-pace]")).to_contain_text("That was all of them")


def test_timed_sentences_stop_at_once_and_leave_no_score(new_page, sign_in):
    page, vault = watched(new_page, sign_in)
    own_words(vault)
    seen = vault.seen
    page.goto("/exercises/kindness/look/")
    page.get_by_role("button", name="Let them come").click()
    expect(page.locator("[data-timed-shown]")).to_have_text("I keep trying.")
    expect(page.locator("[data-own-pace]")).to_be_hidden()
    assert findings(page) == []
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator("[data-timed-state]")).to_have_text("Stopped. That is fine.")
    expect(page.locator("[data-timed-shown]")).to_be_hidden()
    assert vault.seen == seen


def test_looking_elsewhere_ends_the_timed_block_kindly(new_page, sign_in):
    page, vault = watched(new_page, sign_in)
    own_words(vault)
    page.goto("/exercises/kindness/look/")
    page.get_by_role("button", name="Let them come").click()
    expect(page.locator("[data-timed-shown]")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(page.locator("[data-timed-state]")).to_contain_text("That is fine.")
    expect(page.get_by_role("button", name="Let them come")).to_be_focused()


def test_no_presentation_changes_more_than_three_times_a_second(new_page, sign_in):
    page, vault = watched(new_page, sign_in)
    own_words(vault)
    page.goto("/exercises/kindness/look/")
    source = page.locator("script[src*='kindness.js']").get_attribute("src")
    onsets = page.evaluate(
        """async (url) => {
            const { present } = await import(url);
            return await new Promise((done) =>
                present({ steps: 4, stepMs: 20, show: () => {}, ended: (run) => done(run.onsetsMs) }));
        }""",
        source.replace("kindness.js", "presenter.js"),
    )
    gaps = [later - earlier for earlier, later in pairwise(onsets)]
    assert min(gaps) > 1000 / 3
