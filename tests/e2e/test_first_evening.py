"""The first evening: know first, a passphrase, one of four doors, first words, a check-in; with and without JavaScript."""

import pytest
from playwright.sync_api import expect
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_nothing_to_first_words_and_a_small_goal(new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Begin", exact=True).click()
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label("I have written it down").check()
    page.get_by_role("button", name="Open my vault").click()
    page.get_by_role("link", name="I just came home").click()
    page.get_by_role("link", name="Keep what came up").click()
    page.locator("textarea").first.fill("A river under the floor, and it was warm.")
    page.get_by_role("button", name="Keep this").first.click()
    expect(page.locator("main")).to_contain_text("A river under the floor")
    page.goto("/today/")
    page.get_by_role("button", name="In between").click()
    page.get_by_role("link", name="Not now").click()
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open", exact=True).click()
    page.goto("/entries/")
    expect(page.locator("main")).to_contain_text("A river under the floor")


def test_typed_words_become_a_sealed_draft_and_come_back(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/write/")
    with page.expect_response("**/draft/"):
        page.locator("textarea").first.fill("half a thought")
    page.goto("/today/")
    page.goto("/write/")
    expect(page.locator("textarea").first).to_have_value("half a thought")
    assert vault.heads


def test_nothing_breaks_the_content_policy_and_nothing_is_asked_of_others(new_page, sign_in):
    page = new_page()
    sign_in(page)
    troubles, outside = [], []
    page.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" else None,
    )
    page.on(
        "request",
        lambda asked: outside.append(asked.url) if "//localhost" not in asked.url else None,
    )
    for path in ("/today/", "/write/", "/plan/", "/back/", "/help/", "/timeline/", "/settings/"):
        page.goto(path)
    assert troubles == []
    assert outside == []
