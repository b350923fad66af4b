"""Two browsers: a link, eight words, a choice, reading, stopping, nothing. Axe looks at every page on the way."""

import os
from pathlib import Path

import pytest
from django.utils import timezone
from tests.e2e.looking import LOOKS, PUT_ON, findings_in_every_look

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.plans.documents import Goal, Obstacle, Why

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("AFTERGLOW_PICTURES")
PASSPHRASE = "otter lantern quiet marble seven plum"


@pytest.fixture(autouse=True)
def _reachable(monkeypatch, live_server):
    monkeypatch.setattr("afterglow.sharing.queries.reach.address", lambda: live_server.url)


@pytest.fixture
def look_at():
    """Looks at a page in the three looks; with AFTERGLOW_PICTURES it is also photographed."""
    found = []

    def look(page, name):
        found.extend(findings_in_every_look(page))
        for each in LOOKS if PICTURES else ():
            page.evaluate(PUT_ON, each)
            page.screenshot(path=Path(PICTURES) / f"{name}-{each}.png", full_page=True)

    yield look
    assert found == []


def life_of(vault):
    now = moment(timezone.now(), "UTC")
    vault.put(Why(why="To be there on Sundays"))
    vault.put(Goal(text="Walk to the river", tiny="Shoes by the door"))
    vault.put(Obstacle(obstacle="The evening eats me", then_words="I sit by the window"))
    vault.put(CheckIn(at=now, level=5, words="only mine"))
    vault.put(Entry(written=now, snippet="A secret", text="A secret of mine"))


def test_two_people_from_the_link_to_nothing(new_page, sign_in, live_server, look_at):
    alice, bob = new_page(), new_page()
    vault = sign_in(alice)
    life_of(vault)

    alice.goto("/sharing/")
    look_at(alice, "helpers-empty")
    alice.get_by_role("link", name="Invite someone").click()
    look_at(alice, "invite")
    alice.get_by_label("Who is it?").fill("Sam")
    alice.get_by_label("What they see as your name").fill("A.")
    alice.get_by_role("button", name="Make the link").click()
    link = alice.locator("#link").inner_text()
    look_at(alice, "link")

    bob.goto(link)
    look_at(bob, "invited")
    bob.get_by_role("link", name="Begin with a vault of my own").click()
    bob.get_by_label("A name for this vault").fill("sam")
    bob.get_by_label("Your passphrase").fill(PASSPHRASE)
    bob.get_by_label("I have written it down").check()
    bob.get_by_role("button", name="Open my vault").click()
    bob.get_by_label("A name for this person").fill("Anna")
    bob.get_by_role("button", name="I will help").click()
    look_at(bob, "person-before")
    words = bob.locator("ol.words li").all_inner_texts()

    alice.goto("/sharing/")
    alice.get_by_role("link", name="compare eight words").click()
    look_at(alice, "compare")
    assert alice.locator("ol.words li").all_inner_texts() == words
    alice.get_by_role("button", name="All eight are the same").click()
    look_at(alice, "helper-ready")
    alice.get_by_role("link", name="Choose what they may read").click()
    look_at(alice, "choose")
    alice.get_by_label("The plan").check()
    alice.get_by_label("How it is").check()
    alice.get_by_role("button", name="See it as they would").click()
    look_at(alice, "preview")
    assert alice.get_by_text("Walk to the river").is_visible()
    alice.get_by_role("button", name="Share this").click()
    look_at(alice, "given")

    bob.goto("/partner/")
    bob.get_by_role("link", name="Anna").first.click()
    assert bob.get_by_text("Walk to the river").is_visible()
    assert "only mine" not in bob.content()
    assert "A secret" not in bob.content()
    look_at(bob, "shared")

    alice.goto("/sharing/")
    look_at(alice, "helpers")
    alice.get_by_role("button", name="Stop this now").click()
    assert alice.get_by_text("Everything that was shared has new keys.").is_visible()
    look_at(alice, "stopped")
    bob.reload()
    assert "Walk to the river" not in bob.content()


def test_the_quiet_pages_and_the_way_by_file(new_page, sign_in, look_at):
    page = new_page()
    vault = sign_in(page)
    life_of(vault)
    for each in ("", "leaving/", "silence/", "lost-key/", "end/", "control/"):
        page.goto(f"/sharing/when/{each}")
        look_at(page, f"when-{each.strip('/')}")
    page.goto("/sharing/by-file/")
    look_at(page, "by-file")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Get the empty page").click()
    answer = waiting.value.path()
    assert answer.stat().st_size > 1000


def test_an_answer_is_sealed_in_a_browser_without_this_program(
    new_page, sign_in, browser, tmp_path
):
    page = new_page()
    sign_in(page)
    page.goto("/sharing/by-file/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Get the empty page").click()
    file = tmp_path / "answer.html"
    waiting.value.save_as(file)
    elsewhere = browser.new_context(offline=True)
    other = elsewhere.new_page()
    other.goto(file.as_uri())
    other.get_by_label("Your answer").fill("I think of you. Saturday?")
    other.get_by_role("button", name="Seal it").click()
    other.wait_for_function("document.getElementById('sealed').value.length > 100")
    sealed = other.get_by_label("The sealed text").input_value()
    elsewhere.close()
    assert "Saturday" not in sealed
    page.goto("/sharing/by-file/answer/")
    page.get_by_label("The sealed text that they sent").fill(sealed)
    page.get_by_role("button", name="Read it").click()
    assert page.get_by_text("I think of you. Saturday?").is_visible()
    page.get_by_role("button", name="Keep it as a note").click()
    page.goto("/entries/")
    assert page.get_by_text("I think of you. Saturday?").is_visible()
