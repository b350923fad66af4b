"""The journey of a phone, in two profiles at the home's own name: paired, opened by passkey, locked, back, and removed."""

import re

import pytest
from playwright.sync_api import expect
from tests.conftest import PASSPHRASE
from tests.e2e.test_canary import confirm_the_code

from afterglow.vault.models import SessionBox

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The river was warm, and I"


def passkeys_in(page, **how):
    """A platform authenticator with a fingerprint that always matches, as Chromium plays it; gives the session to bend it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": True,
    } | how
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    session.authenticator = made["authenticatorId"]
    return session


@pytest.fixture
def computer(https_house):
    """The computer's browser, where a person has just begun."""
    page = https_house.new_page(viewport={"width": 1100, "height": 800})
    page.goto("/begin/")
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label("I have written it down").check()
    page.get_by_role("button", name="Open my vault").click()
    expect(page.get_by_role("link", name="I just came home")).to_be_visible()
    confirm_the_code(page, None)
    return page


@pytest.fixture
def phone(https_house, computer):
    """A phone that the computer has let in, on the page that welcomes it."""
    page = https_house.new_page(user_agent="Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile")
    page.passkeys = passkeys_in(page)
    pair(computer, page)
    return page


def pair(computer, phone, passphrase=PASSPHRASE):
    computer.goto("/settings/devices/add/")
    computer.get_by_label("Your passphrase").fill(passphrase)
    computer.get_by_role("button", name="Show the code").click()
    code = computer.locator("#code").inner_text()
    phone.goto(f"/pair/#{code}")
    expect(phone.locator("[name=code]")).to_have_value(code)
    assert "#" not in phone.url
    phone.get_by_role("button", name="Go on").click()
    number = phone.locator("main .number").inner_text()
    # Both pages notice by themselves that the other has moved on.
    computer.get_by_role("button", name=number, exact=True).click()
    expect(phone.get_by_text("This device is let in")).to_be_visible()


def make_passkey(page):
    page.get_by_role("button", name="Make a passkey").click()


def lock(page):
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_label("Passphrase")).to_be_visible(timeout=20_000)


def open_by_passkey(page):
    page.get_by_role("button", name="Open with this phone").click()


def test_paired_opened_by_fingerprint_locked_back_and_removed(computer, phone):
    make_passkey(phone)
    expect(phone.get_by_text("opens your vault by fingerprint")).to_be_visible()
    phone.goto("/write/")
    phone.locator("main [name=text]").fill(WORDS)
    lock(phone)
    assert phone.url.endswith("/open/?next=%2Fwrite%2F")
    open_by_passkey(phone)
    expect(phone.locator("main [name=text]")).to_have_value(WORDS)
    phone.get_by_role("button", name="Keep this").first.click()
    expect(phone).to_have_url(re.compile("/entries/"))
    computer.goto("/entries/")
    expect(computer.locator("main")).to_contain_text(WORDS)
    remove_the_phone(computer)
    phone.goto("/today/")
    expect(phone.get_by_label("Passphrase")).to_be_visible()
    expect(phone.get_by_role("button", name="Open with this phone")).to_have_count(0)
    expect(phone.locator("main")).not_to_contain_text(WORDS)


def remove_the_phone(computer):
    computer.goto("/settings/devices/")
    computer.get_by_role("link", name=re.compile("Android phone")).click()
    computer.get_by_role("link", name="Remove this device").click()
    computer.get_by_label("Your passphrase").fill(PASSPHRASE)
    computer.get_by_role("button", name="Remove it").click()
    expect(computer.locator("main")).not_to_contain_text("Android phone")


def test_a_phone_that_keeps_no_key_is_told_so_and_still_confirms(https_house, computer):
    phone = https_house.new_page(user_agent="Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile")
    passkeys_in(phone, hasPrf=False)
    pair(computer, phone)
    make_passkey(phone)
    expect(phone.get_by_text("it cannot open the vault")).to_be_visible()
    phone.goto("/settings/passphrase/")
    phone.get_by_role("button", name="Confirm with this device").click()
    expect(phone.get_by_text("Confirmed. Please go on below.")).to_be_visible()
    expect(phone.locator("[name=old]")).to_be_hidden()
    phone.locator("[name=passphrase]").fill("a heron by the slow canal")
    phone.get_by_role("button", name="Use this one from now on").click()
    expect(phone.get_by_text("The new passphrase is in use")).to_be_visible()
    lock(phone)
    expect(phone.get_by_role("button", name="Open with this phone")).to_have_count(0)


def test_a_finger_that_does_not_match_opens_nothing(phone):
    make_passkey(phone)
    expect(phone.get_by_text("opens your vault by fingerprint")).to_be_visible()
    lock(phone)
    about = {"authenticatorId": phone.passkeys.authenticator, "isUserVerified": False}
    phone.passkeys.send("WebAuthn.setUserVerified", about)
    open_by_passkey(phone)
    expect(phone.get_by_text("the passphrase always works")).to_be_visible()
    phone.get_by_label("Passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Open", exact=True).click()
    expect(phone.get_by_label("Passphrase")).to_have_count(0)


def test_a_phone_left_alone_locks_and_half_written_words_come_back(phone):
    make_passkey(phone)
    expect(phone.get_by_text("opens your vault by fingerprint")).to_be_visible()
    SessionBox.objects.filter(device__isnull=False).update(idle_seconds=10)
    phone.goto("/write/")
    phone.locator("main [name=text]").fill(WORDS)
    expect(phone.get_by_label("Passphrase")).to_be_visible(timeout=30_000)
    assert WORDS not in phone.content()
    open_by_passkey(phone)
    expect(phone.locator("main [name=text]")).to_have_value(WORDS)


def test_words_in_a_form_without_a_draft_wait_behind_the_door(phone):
    phone.goto("/settings/at-the-door/")
    phone.locator("main [name=text]").fill("I can ask for help.")
    lock(phone)
    phone.get_by_label("Passphrase").fill(PASSPHRASE)
    phone.get_by_role("button", name="Open", exact=True).click()
    expect(phone.get_by_role("heading", name="This waited for you")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("I can ask for help.")


def test_the_lock_leaves_help_and_the_worker_in_place(phone):
    phone.goto("/write/")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    lock(phone)
    phone.context.set_offline(True)
    phone.goto("/help/")
    expect(phone.locator("h1")).to_be_visible()
    phone.context.set_offline(False)
