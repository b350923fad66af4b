"""Nothing is lost without connection: what is kept in the browser waits sealed, and each thing arrives once."""

import re
import time

import pytest
from playwright.sync_api import expect

from afterglow.journal.documents import Entry

pytestmark = pytest.mark.django_db(transaction=True)
HELD = """() => new Promise((done) => {
  const opening = indexedDB.open("afterglow");
  opening.onsuccess = () => {
    const read = opening.result.transaction("items").objectStore("items").getAll();
    read.onsuccess = () => { opening.result.close(); done(read.result.map((item) => ({
      id: item.id, owner: item.owner, kind: item.kind, state: item.state, blob: [...new Uint8Array(item.blob)] }))); };
  };
})"""


def eventually(look, *, within=15):
    """The first true answer. Polled from here: a poll inside the page takes any promise for true."""
    ends = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)
    return found


@pytest.fixture
def phone(new_page, sign_in):
    """A page that was open once, with its worker in place; `vault` is what the computer has."""
    page = new_page()
    page.vault = sign_in(page)
    page.goto("/write/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    eventually(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"))
    return page


def held(page):
    return page.evaluate(HELD)


def write(page, words):
    page.locator("main [name=text]").fill(words)
    page.get_by_role("button", name="Keep this").click()


def said(page):
    return page.locator("[data-outbox-said]")


def entries(page):
    page.vault._opened.refresh()
    return sorted(stored.document.text for stored in page.vault.all(Entry))


def test_with_a_connection_words_go_straight_in_and_nothing_stays_in_the_browser(phone):
    write(phone, "The river was warm.")
    expect(phone.locator("main")).to_contain_text("The river was warm.")
    expect(phone).to_have_url(re.compile("/entries/.*kept=1"))
    assert entries(phone) == ["The river was warm."]
    assert held(phone) == []


def test_without_connection_the_page_opens_words_are_kept_sealed_and_go_in_later(phone):
    phone.context.set_offline(True)
    phone.goto("/write/")
    write(phone, "Written in the tunnel.")
    expect(said(phone)).to_contain_text("sealed")
    (item,) = held(phone)
    assert b"tunnel" not in bytes(item["blob"])
    expect(phone.locator("main [name=text]")).to_have_value("")
    phone.context.set_offline(False)
    eventually(lambda: entries(phone) == ["Written in the tunnel."])
    eventually(lambda: held(phone) == [])
