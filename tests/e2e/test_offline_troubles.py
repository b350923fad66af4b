"""What goes wrong on the way: a full storage, a proxy before a stopped server, a lock that was not heard, a key that is gone."""

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import served_by_the_worker
from tests.e2e.test_offline import entries, held, keep_without_connection, phone, said, write  # noqa: F401
from tests.patience import eventually

from afterglow.vault import doors, outbox
from afterglow.vault.models import OutboxItem

pytestmark = pytest.mark.django_db(transaction=True)
# Calls a function of the page's own store, as its modules do.
STORE = """async ([name, ...given]) => {
  const store = await import(document.querySelector('script[src*="ui/app.js"]').src.replace("app.js", "store.js"));
  return store[name](...given);
}"""


# As an earlier version kept a draft: without a word of whose it is.
FOR_NOBODY = """(async () => {
  const store = await import(document.querySelector('script[src*="ui/app.js"]').src.replace("app.js", "store.js"));
  for (const [name, draft] of await store.named("drafts")) await store.put("drafts", name, { ...draft, whose: undefined });
})()"""


def store(page, name, *given):
    return page.evaluate(STORE, [name, *given])


def begin_words(page, words):
    page.goto("/write/")
    page.locator("main [name=text]").fill(words)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft kept")


def test_the_key_for_drafts_cannot_be_taken_out_of_this_browser(phone):  # noqa: F811
    phone.context.set_offline(True)
    begin_words(phone, "Begun in the tunnel.")
    refused = phone.evaluate(
        """async () => {
          const store = await import(document.querySelector('script[src*="ui/app.js"]').src.replace("app.js", "store.js"));
          const key = await store.get("keys", "device");
          const tries = ["raw", "jwk"].map((format) => crypto.subtle.exportKey(format, key).then(() => "given out", (error) => error.name));
          return [key.type, key.extractable, ...(await Promise.all(tries))];
        }"""
    )
    assert refused == ["secret", False, "InvalidAccessError", "InvalidAccessError"]


def test_what_waits_is_sent_also_where_a_draft_can_no_longer_be_sealed(phone):  # noqa: F811
    keep_without_connection(phone, 1)
    begin_words(phone, "Begun, and then the key went.")
    store(phone, "drop", "keys", "inbox")
    phone.evaluate(FOR_NOBODY)
    doors.lock(phone.vault)
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto("/open/")
    eventually(lambda: held(phone) == [])
    assert OutboxItem.objects.filter(part_of=None, state="waits").count() == 1
    assert store(phone, "count", "drafts") == 1


def test_what_was_begun_is_sealed_for_its_owner_before_signing_out(phone, sign_in):  # noqa: F811
    phone.context.set_offline(True)
    begin_words(phone, "Begun before signing out.")
    phone.context.set_offline(False)
    phone.goto("/sign-out/")
    phone.get_by_role("button", name="Sign out", exact=True).click()
    phone.wait_for_url("**/open/**")
    eventually(lambda: store(phone, "count", "drafts") == 0)
    assert store(phone, "count", "keys") == 0
    vault = sign_in(phone, phone.vault.keys)
    phone.goto("/today/")
    eventually(lambda: outbox.open_all(vault) or vault.draft("entry.new"))
    assert vault.draft("entry.new")["text"] == "Begun before signing out."


@pytest.mark.parametrize("status", [403, 502])
def test_trouble_at_the_lock_is_no_lock(phone, status):  # noqa: F811
    answers = []

    def refuse(route):
        answers.append(route.request.url)
        return route.fulfill(status=status, body="")

    phone.route("**/lock/", refuse)
    phone.get_by_role("button", name="Lock", exact=True).click()
    expect(phone.get_by_role("heading", name="This page needs a connection")).to_be_visible()
    # Looked for on the page, since only then is the next request answered.
    eventually(lambda: store(phone, "get", "keys", "lock") and len(answers) > 1)
    assert store(phone, "get", "keys", "lock") == "pending"
    phone.unroute("**/lock/")
    eventually(lambda: phone.goto("/today/") and phone.get_by_label("Passphrase").is_visible())
    eventually(lambda: not store(phone, "get", "keys", "lock"))


SMALL_BYTES = 4_000_000


def test_what_the_browser_refuses_for_want_of_room_is_said_in_place(new_page, sign_in, live_server):
    page = new_page()
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": SMALL_BYTES}
    )
    sign_in(page)
    page.goto("/capture/photo/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    photo = {"name": "sea.png", "mimeType": "image/png", "buffer": bytes(SMALL_BYTES)}
    page.locator("[name=photo]").set_input_files(photo)
    page.locator("main [name=text]").fill("Too large for here.")
    page.get_by_role("button", name="Keep this").click()
    expect(said(page)).to_contain_text("no room left")
    expect(page.locator("main [name=text]")).to_have_value("Too large for here.")
    chosen = page.locator("[name=photo]").evaluate("(field) => field.files.length")
    assert (chosen, held(page)) == (1, [])


def test_on_a_page_from_before_a_full_browser_is_said_and_the_words_go_in_later(phone):  # noqa: F811
    phone.evaluate("navigator.storage.estimate = async () => ({ quota: 1000, usage: 990 })")
    phone.context.set_offline(True)
    write(phone, "No room for this.")
    expect(said(phone)).to_contain_text("no room left")
    expect(phone.locator("main [name=text]")).to_have_value("No room for this.")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Keep this").click()
    eventually(lambda: entries(phone) == ["No room for this."])


def test_what_the_browser_gives_up_without_a_reason_stays_on_the_page(phone):  # noqa: F811
    phone.evaluate(
        """() => { const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...given) { const asked = put.apply(this, given); this.transaction.abort(); return asked; }; }"""
    )
    phone.context.set_offline(True)
    write(phone, "Given up by the browser.")
    expect(said(phone)).to_contain_text("could not keep this just now")
    expect(phone.locator("main [name=text]")).to_have_value("Given up by the browser.")


@pytest.mark.parametrize(
    ("status", "kept", "words", "left"),
    [
        (413, "too large", "too large to be sent", 1),
        (403, "refused", "did not accept it", 1),
        (409, "other", "somebody else", 1),
        (500, "trouble", "had trouble with it", 1),
        (507, "full", "Much is waiting", 1),
        (502, "", "goes in by itself", 1),
        (422, "remarks", "did not take this in as it is", 0),
    ],
)
def test_what_became_of_a_form_is_said_as_it_is(phone, status, kept, words, left):  # noqa: F811
    def answer(route):
        if "x-outbox-part-of" in route.request.headers:
            return route.fulfill(json={"kept": "sealed"})
        return route.fulfill(status=status, json={"kept": kept} if kept else None)

    phone.route("**/outbox/", answer)
    phone.goto("/offline/photo/")
    phone.locator("[name=photo]").set_input_files(
        {"name": "sea.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    phone.get_by_role("button", name="Keep this").click()
    expect(said(phone)).to_contain_text(words)
    eventually(lambda: len(held(phone)) == left)


def test_a_thing_is_let_go_by_a_second_tap_where_buttons_take_no_focus(phone):  # noqa: F811
    phone.route("**/outbox/", lambda route: route.fulfill(status=413, json={"kept": "too large"}))
    write(phone, "Too much of it.")
    expect(said(phone)).to_be_visible()
    phone.goto("/waiting-to-send/")
    phone.get_by_role("button", name="Let it go", exact=True).evaluate("(it) => it.click()")
    phone.evaluate("document.dispatchEvent(new CustomEvent('outbox'))")
    expect(phone.get_by_role("heading", name="Waiting to send")).to_be_visible()
    phone.get_by_role("button", name="Let it go for good").evaluate("(it) => it.click()")
    eventually(lambda: held(phone) == [])
