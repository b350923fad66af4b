"""What is kept without connection cannot be read in the browser's profile: not while it waits, not after it was sent."""

import os

import pytest
from playwright.sync_api import expect
from tests import browser as chromium
from tests.canaries import Canaries, files_in
from tests.e2e.conftest import QUIET
from tests.e2e.looking import served_by_the_worker
from tests.e2e.test_offline import HELD
from tests.patience import eventually

from afterglow.journal.documents import Entry

pytestmark = pytest.mark.django_db(transaction=True)
IN_THE_CLEAR = """(words) => new Promise((done) => {
  const opening = indexedDB.open("plain", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("items");
  opening.onsuccess = () => {
    const change = opening.result.transaction("items", "readwrite", { durability: "strict" });
    change.objectStore("items").put({ words }, "one");
    change.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


@pytest.fixture
def phone(browser, live_server, tmp_path, sign_in):
    """A browser with a profile on the disk."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=chromium.path(),
        args=[*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET,
        viewport={"width": 360, "height": 740},
        base_url=live_server.url,
    )
    page = context.pages[0]
    page.profile, page.vault = profile, sign_in(page)
    page.goto("/write/")
    served_by_the_worker(page)
    yield page
    context.close()


def test_no_word_of_what_waits_of_a_draft_or_of_what_was_sent_is_in_the_profile(phone):
    canaries = Canaries()
    phone.context.set_offline(True)
    phone.goto("/write/")
    phone.locator("main [name=text]").fill(canaries.word("kept"))
    phone.get_by_role("button", name="Keep this").click()
    expect(phone.locator("[data-outbox-said]")).to_be_visible()
    phone.goto("/today/")
    phone.get_by_text("A few words with it").click()
    phone.locator("main [name=words]").fill(canaries.word("check-in"))
    phone.get_by_role("button", name="Low", exact=True).click()
    expect(phone.locator("[data-outbox-said]")).to_be_visible()
    phone.goto("/write/")
    phone.locator("main [name=text]").fill(canaries.word("draft"))
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    assert len(phone.evaluate(HELD)) == 2
    phone.goto("/help/")
    phone.wait_for_timeout(1500)
    assert canaries.found_in_files(files_in(phone.profile)) == {}
    phone.context.set_offline(False)
    phone.goto("/waiting-to-send/")
    eventually(lambda: phone.evaluate(HELD) == [])
    phone.vault._opened.refresh()
    (kept,) = phone.vault.all(Entry)
    assert kept.document.text == canaries.words["kept"]
    phone.context.close()
    assert canaries.found_in_files(files_in(phone.profile)) == {}


def test_the_same_search_finds_words_that_are_stored_in_the_clear(phone):
    canaries = Canaries()
    phone.evaluate(IN_THE_CLEAR, canaries.word("plain"))
    eventually(lambda: canaries.found_in_files(files_in(phone.profile)))
