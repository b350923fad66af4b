"""Nothing is lost without connection: what is kept in the browser waits sealed, and each thing arrives once."""

import json
import re
from uuid import uuid4

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect
from tests.conftest import new_person
from tests.e2e.looking import served_by_the_worker
from tests.patience import eventually
from tests.vault.outgoing import sealed, sealed_bytes

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import change_entry, keep_entry
from afterglow.measures.documents import CheckIn
from afterglow.vault import doors, outbox, waiting

pytestmark = pytest.mark.django_db(transaction=True)
HELD = """() => new Promise((done) => {
  const opening = indexedDB.open("afterglow");
  opening.onsuccess = () => {
    const read = opening.result.transaction("items").objectStore("items").getAll();
    read.onsuccess = () => { opening.result.close(); done(read.result.map((item) => ({
      id: item.id, owner: item.owner, kind: item.kind, state: item.state, blob: [...new Uint8Array(item.blob)] }))); };
  };
})"""


@pytest.fixture
def phone(new_page, sign_in):
    """A page that was open once, with its worker in place; `vault` is what the computer has."""
    page = new_page()
    page.vault = sign_in(page)
    page.goto("/write/")
    served_by_the_worker(page)
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


def test_kept_pages_follow_the_look_that_was_chosen(phone):
    phone.goto("/settings/")
    phone.locator("[name=theme]").select_option("night")
    phone.get_by_role("button", name="Keep these").click()
    expect(phone.locator("html")).to_have_attribute("data-theme", "night")
    kept = """async () => (await (await caches.match("/offline/write/")).text()).includes('data-theme="night"')"""
    eventually(lambda: phone.evaluate(kept))
    phone.context.set_offline(True)
    phone.goto("/write/")
    expect(phone.locator("html")).to_have_attribute("data-theme", "night")


def test_a_check_in_with_a_connection_is_two_taps_and_breaks_no_rule_of_the_page(phone):
    troubles = []
    phone.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    phone.goto("/today/")
    phone.get_by_role("button", name="In between").click()
    expect(phone).to_have_url(re.compile("/feelings/|/check-in/"))
    phone.vault._opened.refresh()
    assert [stored.document.level for stored in phone.vault.all(CheckIn)] == [5]
    assert troubles == []


def test_check_in_timer_practices_and_help_open_without_connection_and_no_personal_page_is_kept(
    phone,
):
    write(phone, "Words of mine that nobody keeps in a cache.")
    expect(phone.locator("main")).to_contain_text("Words of mine")
    phone.goto("/timeline/")
    phone.context.set_offline(True)
    for path, shows in (
        ("/today/", "How is it right now?"),
        ("/", "How is it right now?"),
        ("/exercises/timer/", "timer"),
        ("/exercises/breathing/", "A guide, if you like"),
        ("/exercises/grounding/", "Feet on the floor"),
        ("/practices/", "A first, tiny version"),
        ("/help/", "Lines in"),
        ("/waiting-to-send/", "Nothing waits here"),
        ("/timeline/", "This page needs a connection"),
        ("/entries/", "This page needs a connection"),
    ):
        phone.goto(path)
        expect(phone.locator("main")).to_contain_text(shows)
        expect(phone.get_by_role("link", name="Help", exact=True)).to_be_visible()
    kept = phone.evaluate("""async () => {
      const texts = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
      }
      return texts;
    }""")
    assert len(kept) > 20
    assert not any("Words of mine" in text for text in kept)


def test_what_was_kept_is_counted_again_after_a_reload_and_all_of_it_arrives(phone):
    phone.context.set_offline(True)
    phone.goto("/today/")
    phone.get_by_role("button", name="Fairly good").click()
    expect(said(phone)).to_be_visible()
    phone.goto("/write/")
    write(phone, "The second thing.")
    expect(said(phone)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name="2 things wait to be sent")).to_be_visible()
    phone.context.set_offline(False)
    eventually(lambda: held(phone) == [])
    expect(phone.locator("[data-outbox-count]")).to_be_hidden()
    assert entries(phone) == ["The second thing."]
    assert [stored.document.level for stored in phone.vault.all(CheckIn)] == [7]


def keep_without_connection(page, number):
    """Some lines, kept by the page's own module."""
    page.context.set_offline(True)
    page.goto("/write/")
    for each in range(number):
        write(page, f"Line {each}.")
        eventually(lambda each=each: len(held(page)) == each + 1)


def test_two_tabs_that_send_at_once_send_each_thing_once(phone):
    keep_without_connection(phone, 5)
    other = phone.context.new_page()
    other.goto("/write/")
    sent = []
    for page in (phone, other):
        page.on("request", lambda request: sent.append(request.url))
    phone.context.set_offline(False)
    for page in (phone, other):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    eventually(lambda: held(phone) == [])
    assert len([url for url in sent if url.endswith("/outbox/")]) == 5
    assert entries(phone) == [f"Line {each}." for each in range(5)]


def test_a_reply_that_is_lost_leads_to_no_second_entry(phone):
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    phone.route("**/outbox/", lose)
    write(phone, "Said once.")
    expect(said(phone)).to_be_visible()
    assert lost == [200]
    assert len(held(phone)) == 1
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    eventually(lambda: held(phone) == [])
    assert entries(phone) == ["Said once."]


def test_after_the_lock_words_wait_on_the_computer_and_go_in_at_the_next_opening(phone, sign_in):
    phone.goto("/write/")
    phone.locator("main [name=text]").fill("Sent to a closed door.")
    doors.lock(phone.vault)
    phone.get_by_role("button", name="Keep this").click()
    expect(phone.locator("main")).to_contain_text("waits for you")
    assert held(phone) == []
    vault = sign_in(phone, phone.vault.keys)
    assert outbox.open_all(vault) == 1
    assert [stored.document.text for stored in vault.all(Entry)] == ["Sent to a closed door."]


def test_an_expired_session_asks_to_open_and_keeps_everything(phone, sign_in):
    phone.context.clear_cookies()
    write(phone, "The session is gone.")
    expect(said(phone)).to_contain_text("open it once")
    assert len(held(phone)) == 1
    phone.goto("/waiting-to-send/")
    phone.get_by_role("button", name="Send now").click()
    expect(phone.locator("[data-waiting-state]")).to_contain_text("locked")
    phone.vault = sign_in(phone, phone.vault.keys)
    phone.goto("/today/")
    eventually(lambda: held(phone) == [])
    assert entries(phone) == ["The session is gone."]


def test_at_the_door_something_can_be_written_without_opening(phone, sign_in):
    phone.get_by_role("button", name="Lock", exact=True).click()
    phone.get_by_role("link", name="Write something without opening").click()
    write(phone, "In the dark, locked.")
    expect(phone.locator("main")).to_contain_text("waits for you")
    vault = sign_in(phone, phone.vault.keys)
    assert outbox.open_all(vault) == 1
    assert [stored.document.text for stored in vault.all(Entry)] == ["In the dark, locked."]


def test_locking_leaving_and_signing_out_clear_neither_unsent_things_nor_help(phone, sign_in):
    keep_without_connection(phone, 1)
    phone.route("**/outbox/", lambda route: route.abort())
    for name, leads_to in (
        ("Lock", "/open/"),
        ("Leave quickly", "wikipedia"),
        ("Sign out", "/open/"),
    ):
        phone.context.set_offline(False)
        sign_in(phone, phone.vault.keys)
        phone.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
        phone.goto("/sign-out/" if name == "Sign out" else "/today/")
        if name == "Sign out":
            expect(phone.locator("[data-unsent]")).to_contain_text("has not been sent yet")
        phone.get_by_role("button", name=name, exact=True).click()
        phone.wait_for_url(re.compile(leads_to))
        phone.context.set_offline(True)
        phone.goto("/help/")
        expect(phone.locator("main")).to_contain_text("Lines in")
        assert len(held(phone)) == 1


def test_leaving_quickly_works_without_connection(phone):
    keep_without_connection(phone, 1)
    phone.get_by_role("button", name="Leave quickly").click()
    eventually(lambda: "/write/" not in phone.url)
    phone.wait_for_timeout(500)
    phone.goto("/help/")
    assert len(held(phone)) == 1


def test_one_bad_thing_never_blocks_the_rest_and_can_be_saved_and_brought_back(phone, tmp_path):
    keep_without_connection(phone, 3)
    bad = min(held(phone), key=lambda item: item["id"])["id"]

    def refuse_one(route):
        if route.request.headers["x-outbox-item"] == bad:
            return route.fulfill(status=413, json={"kept": "too large"})
        return route.continue_()

    phone.route("**/outbox/", refuse_one)
    phone.context.set_offline(False)
    eventually(lambda: [item["state"] for item in held(phone)] == ["too large"])
    assert len(entries(phone)) == 2
    phone.goto("/waiting-to-send/")
    expect(phone.locator("[data-waiting-list]")).to_contain_text("too large to be sent")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Save a sealed copy").click()
    copy = tmp_path / "copy.sealed"
    saved.value.save_as(copy)
    phone.get_by_role("button", name="Let it go", exact=True).click()
    phone.get_by_role("button", name="Let it go for good").click()
    eventually(lambda: held(phone) == [])
    phone.unroute("**/outbox/")
    phone.get_by_text("Bring a sealed copy back").click()
    phone.locator("[data-waiting-file]").set_input_files(copy)
    expect(phone.locator("[data-waiting-state]")).to_contain_text("here again")
    phone.get_by_role("button", name="Send now").click()
    eventually(lambda: len(entries(phone)) == 3)


def test_a_copy_of_what_arrived_and_asks_can_be_saved_let_go_and_brought_back(phone, tmp_path):
    owner = phone.vault.owner
    item, piece = uuid4(), uuid4()
    part = {"type": "image/png", "length": 3, "pieces": [str(piece)]}
    fields = [["text", "Beside a picture."]]
    _, blob = sealed(owner, "photo", fields, item=item, media=[part])
    outbox.take_in(owner, piece, sealed_bytes(owner, piece, b"odd"), part_of=item)
    outbox.take_in(owner, item, blob)
    outbox.open_all(phone.vault)
    phone.goto("/waiting-to-send/")
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Save a sealed copy").click()
    copy = tmp_path / saved.value.suggested_filename
    saved.value.save_as(copy)
    phone.get_by_role("button", name="Let it go").click()
    eventually(lambda: outbox.to_look_at(phone.vault) == [])
    phone.get_by_text("Bring a sealed copy back").click()
    phone.locator("[data-waiting-file]").set_input_files(copy)
    expect(phone.locator("[data-waiting-state]")).to_contain_text("here again")
    phone.get_by_role("button", name="Send now").click()
    (ask,) = eventually(lambda: outbox.to_look_at(phone.vault))
    assert (ask.id, ask.sent.text("text"), ask.files) == (item, "Beside a picture.", (0,))
    assert outbox.file_with(phone.vault, item, 0) == b"odd"


def test_a_full_storage_is_said_before_anything_is_lost(phone):
    phone.evaluate(
        "navigator.storage.estimate = () => Promise.resolve({ quota: 1000, usage: 990 })"
    )
    phone.context.set_offline(True)
    phone.goto("/write/")
    phone.evaluate(
        "navigator.storage.estimate = () => Promise.resolve({ quota: 1000, usage: 990 })"
    )
    write(phone, "No room for this.")
    expect(said(phone)).to_contain_text("no room left")
    expect(phone.locator("main [name=text]")).to_have_value("No room for this.")


def test_words_begun_without_connection_are_there_after_the_tab_was_closed(phone):
    phone.context.set_offline(True)
    phone.goto("/write/")
    phone.locator("main [name=text]").fill("Begun in the tunnel")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    again = phone.context.new_page()
    phone.close()
    again.goto("/write/")
    expect(again.locator("main [name=text]")).to_have_value("Begun in the tunnel")


def draw(page, *heights):
    """A line across the sheet at each of these heights, from 0 to 1."""
    sheet = page.get_by_role("img", name="A sheet to draw on")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    for at in heights:
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * at)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] * at, steps=4)
        page.mouse.up()


OUT_OF_SIGHT = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
  return new Promise((done) => setTimeout(done, 500));
}"""
STROKES = "JSON.parse(document.querySelector('[name=strokes]').value || '{}').strokes?.length ?? 0"


def test_a_drawing_begun_without_connection_is_there_after_the_tab_was_closed(phone):
    phone.context.set_offline(True)
    phone.goto("/capture/draw/")
    draw(phone, 0.3)
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    again = phone.context.new_page()
    phone.close()
    again.goto("/capture/draw/")
    expect(again.locator("[data-draft-state]")).to_contain_text("here again")
    assert again.evaluate(STROKES) == 1
    draw(again, 0.6)
    assert again.evaluate(STROKES) == 2
    expect(again.get_by_role("button", name="Undo")).to_be_enabled()


@pytest.mark.parametrize("connected", [True, False])
def test_words_beside_a_recording_are_there_after_the_tab_was_closed(phone, connected):
    phone.context.set_offline(not connected)
    phone.goto("/capture/voice/")
    phone.get_by_label("What was it about?").fill("said in the dark")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    again = phone.context.new_page()
    phone.close()
    again.goto("/capture/voice/")
    expect(again.get_by_label("What was it about?")).to_have_value("said in the dark")


def test_title_and_lines_of_a_poem_are_there_after_a_reload_and_go_with_it(phone):
    phone.route("**/draft/", lambda route: route.abort())
    phone.goto("/capture/poem/")
    phone.get_by_label("Title").fill("River")
    phone.get_by_label("The poem").fill("a line")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    phone.reload()
    expect(phone.get_by_label("Title")).to_have_value("River")
    expect(phone.get_by_label("The poem")).to_have_value("a line")
    phone.get_by_role("button", name="Keep this").click()
    expect(phone).to_have_url(re.compile("/entries/"))
    phone.goto("/capture/poem/")
    expect(phone.get_by_label("The poem")).to_have_value("")


def test_a_sheet_that_only_stands_open_writes_over_no_drawing_begun_elsewhere(phone):
    phone.goto("/capture/draw/")
    line = {"v": 1, "width": 720, "height": 900, "strokes": [{"c": 1, "w": 10, "p": [9, 9, 50]}]}
    phone.vault.keep_draft("drawing.new", {"strokes": json.dumps(line)})
    phone.evaluate(OUT_OF_SIGHT)
    phone.goto("/capture/draw/")
    assert phone.evaluate(STROKES) == 1


def test_on_a_shared_phone_each_person_finds_only_their_own_draft(phone, sign_in):
    phone.context.set_offline(True)
    phone.goto("/write/")
    phone.locator("main [name=text]").fill("Alice began this")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    phone.context.set_offline(False)
    bob = sign_in(phone, new_person("bob"))
    phone.goto("/write/")
    expect(phone.locator("body")).to_have_attribute("data-inbox-owner", str(bob.owner))
    phone.context.set_offline(True)
    phone.reload()
    phone.locator("main [name=text]").fill("Bob began that")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    phone.reload()
    expect(phone.locator("main [name=text]")).to_have_value("Bob began that")
    phone.context.set_offline(False)
    sign_in(phone, phone.vault.keys)
    phone.goto("/write/")
    expect(phone.locator("main [name=text]")).to_have_value("Alice began this")


def test_however_many_ask_for_a_key_at_once_they_get_the_same_one(phone):
    same = """async (address) => {
      const { keyNamed } = await import(address);
      const { keyNamed: other } = await import(address + "?another-tab");
      const keys = await Promise.all([keyNamed("device"), other("device"), keyNamed("device")]);
      const iv = new Uint8Array(12);
      const how = { name: "AES-GCM", iv };
      const sealed = await crypto.subtle.encrypt(how, keys[0], new Uint8Array([7]));
      const opened = await Promise.all(keys.map((key) => crypto.subtle.decrypt(how, key, sealed)));
      return opened.map((text) => new Uint8Array(text)[0]);
    }"""
    address = phone.locator("script[src*='ui/app.js']").get_attribute("src")
    assert phone.evaluate(same, address.replace("app.js", "store.js")) == [7, 7, 7]


def test_at_the_lock_a_draft_of_this_browser_is_sealed_for_its_owner(phone, sign_in):
    phone.context.set_offline(True)
    phone.goto("/write/")
    phone.locator("main [name=text]").fill("Begun in the tunnel")
    expect(phone.locator("[data-draft-state]")).to_contain_text("Draft kept")
    doors.lock(phone.vault)
    phone.context.set_offline(False)
    phone.goto("/open/")
    count = "(store) => new Promise((done) => { const o = indexedDB.open('afterglow'); o.onsuccess = () => { const r = o.result.transaction(store).objectStore(store).count(); r.onsuccess = () => { o.result.close(); done(r.result); }; }; })"
    eventually(lambda: phone.evaluate(count, "drafts") == 0)
    vault = sign_in(phone, phone.vault.keys)
    eventually(lambda: outbox.open_all(vault) or vault.draft("entry.new"))
    assert vault.draft("entry.new")["text"] == "Begun in the tunnel"


def test_a_page_that_only_stands_open_writes_over_no_draft_begun_elsewhere(phone):
    phone.vault.keep_draft("entry.new", {"text": "Begun on the computer"})
    phone.evaluate(OUT_OF_SIGHT)
    phone.goto("/write/")
    expect(phone.locator("main [name=text]")).to_have_value("Begun on the computer")


def test_an_entry_changed_in_two_places_shows_both(phone):
    kept = keep_entry(vault=phone.vault, text="As it was.", written=moment(now(), "UTC"))
    phone.goto(f"/entries/{kept.id}/edit/")
    change_entry(
        vault=phone.vault,
        entry=kept.id,
        text="From the computer.",
        written=kept.document.written,
        kind_of="entry",
        sitting=None,
        tags=(),
        tender=False,
        base_rev=1,
    )
    write(phone, "From the phone.")
    expect(phone.get_by_role("heading", name="Both are kept")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("From the computer.")
    expect(phone.locator("main")).to_contain_text("From the phone.")


def test_a_form_with_a_mistake_comes_back_with_its_remark(phone):
    phone.get_by_text("Day, sitting, tags").click()
    phone.locator("main [name=day]").fill("2999-01-01")
    write(phone, "A day to come.")
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.locator("main [name=text]")).to_have_value("A day to come.")
    assert held(phone) == []


def test_the_lock_works_without_connection_keeps_help_in_reach_and_is_made_up_for(phone, sign_in):
    phone.goto("/settings/at-the-door/")
    phone.locator("main [name=text]").fill("Begun and not sent.")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Lock", exact=True).click()
    expect(phone.get_by_role("heading", name="This page needs a connection")).to_be_visible()
    phone.get_by_role("link", name="Help", exact=True).click()
    expect(phone.locator("main")).to_contain_text("Lines in")
    assert [item["kind"] for item in held(phone)] == ["form"]
    phone.context.set_offline(False)
    # The lock is sent when the connection is back, beside whatever is opened then.
    eventually(lambda: phone.goto("/today/") and phone.get_by_label("Passphrase").is_visible())
    vault = sign_in(phone, phone.vault.keys)
    eventually(lambda: outbox.open_all(vault) or waiting.count(vault))
    (kept,) = waiting.items(vault)
    assert ("text", "Begun and not sent.") in kept.form.fields
    assert kept.form.path == "/settings/at-the-door/"
