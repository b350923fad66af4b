"""What is typed on a paired phone lies in the clear in neither browser's profile nor on the disk."""

import logging
import time

import pytest
from playwright.sync_api import expect
from tests.canaries import Canaries, files_in
from tests.conftest import PASSPHRASE
from tests.e2e.test_canary import confirm_the_code, found_outside, logged
from tests.e2e.test_phone import lock, make_passkey, open_by_passkey, pair, passkeys_in

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["logged"]
PHONE = {"user_agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile"}


def begin(page, canaries):
    page.goto("/begin/")
    page.get_by_label("Your passphrase").fill(f"{PASSPHRASE} {canaries.word('passphrase')}")
    page.get_by_label("I have written it down").check()
    page.get_by_role("button", name="Open my vault").click()
    expect(page.get_by_role("link", name="I just came home")).to_be_visible()


def write(page, canaries, name):
    page.goto("/write/")
    page.locator("main [name=text]").fill(canaries.word(name))


def name_the_device(page, canaries):
    page.locator("main [name=name]").fill(canaries.word("device.name"))
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("main")).to_contain_text(canaries.words["device.name"])


def test_neither_profile_nor_the_disk_holds_a_word_after_a_phones_evening(
    https_house, settings, logged, tmp_path
):
    logged.set_level(logging.DEBUG, logger="django")
    canaries, start = Canaries(), time.time() - 1
    wide = {"viewport": {"width": 1100, "height": 800}}
    at_home = https_house.new_profile(tmp_path / "profile" / "computer", **wide)
    abroad = https_house.new_profile(tmp_path / "profile" / "phone", **PHONE)
    computer, phone = at_home.pages[0], abroad.pages[0]
    begin(computer, canaries)
    confirm_the_code(computer, canaries)
    passkeys_in(phone)
    pair(computer, phone, f"{PASSPHRASE} {canaries.words['passphrase']}")
    name_the_device(phone, canaries)
    phone.goto("/settings/devices/this/")
    make_passkey(phone)
    expect(phone.get_by_text("opens your vault by fingerprint")).to_be_visible()
    write(phone, canaries, "half-written")
    lock(phone)
    open_by_passkey(phone)
    expect(phone.locator("main [name=text]")).to_have_value(canaries.words["half-written"])
    write(phone, canaries, "entry")
    phone.get_by_role("button", name="Keep this").first.click()
    expect(phone.locator("main")).to_contain_text(canaries.words["entry"])
    write(phone, canaries, "left-behind")
    lock(phone)
    for context in (at_home, abroad):
        context.close()
        https_house.contexts.remove(context)
    assert len(canaries.words) == 5
    assert list(files_in(tmp_path / "profile" / "phone"))
    profiles = tmp_path / "profile"
    assert found_outside(canaries, profiles, settings.ENVIRONMENT.home, logged, start) == {}
