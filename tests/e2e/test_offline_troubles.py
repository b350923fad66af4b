"""What goes wrong on the way: a full storage, a proxy before a stopped server, a lock that was not heard, a key that is gone."""

import pytest
from playwright.sync_api import expect
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


def store(page, name, *given):
    return page.evaluate(STORE, [name, *given])


def begin_words(page, words):
    page.goto("/write/")
    page.locator("main [name=text]").fill(words)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft kept")


def test_what_waits_is_sent_also_where_a_draft_can_no_longer_be_sealed(phone):  # noqa: F811
    keep_without_connection(phone, 1)
    begin_words(phone, "Begun, and then the key went.")
    store(phone, "drop", "keys", "inbox")
    doors.lock(phone.vault)
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto("/open/")
    eventually(lambda: held(phone) == [])
    assert OutboxItem.objects.filter(part_of=None, state="waits").count() == 1


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


@pytest.mark.parametrize("status", [403, 500, 502])
def test_trouble_at_the_lock_is_no_lock(phone, status):  # noqa: F811
    answers = []

    def refuse(route):
        answers.append(route.request.url)
        return route.fulfill(status=status, body="")

    phone.route("**/lock/", refuse)
    phone.get_by_role("button", name="Lock", exact=True).click()
    expect(phone.get_by_role("heading", name="This page needs a connection")).to_be_visible()
    eventually(lambda: len(answers) > 1)
    assert store(phone, "get", "keys", "lock") == "pending"
    phone.unroute("**/lock/")
    eventually(lambda: phone.goto("/today/") and phone.get_by_label("Passphrase").is_visible())
    eventually(lambda: not store(phone, "get", "keys", "lock"))
