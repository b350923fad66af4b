"""A browser that is a device, and a passkey in it."""

import pytest

from afterglow.accounts import services
from afterglow.vault import devices, doors
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from tests.conftest import Browser, new_person
from tests.devices.authenticator import Authenticator

ORIGIN = "http://localhost"


class DeviceBrowser(Browser):
    """A browser in which somebody opened their vault; `vault` is theirs."""

    def let_in(self, keys):
        cookie = self.cookies.get(devices.COOKIE)
        tokens = tuple(cookie.value.split(".")) if cookie else ()
        inside = services.enter(keys, devices.Browser(tokens, "android"))
        self.cookies[devices.COOKIE] = inside.device
        self.cookies[SESSION_COOKIE] = inside.door.session_id
        self.cookies[HALF_COOKIE] = inside.door.cookie_half
        self.vault = inside.vault
        return self

    def ask(self, path, body=None):
        return self.post(path, body, content_type="application/json")

    @property
    def device(self):
        (row,) = devices.listed(self.vault, None)[:1]
        return row

    def add_passkey(self, **how):
        """Make a passkey in this browser, as its page does."""
        made = Authenticator(ORIGIN, **how)
        options = self.ask("/passkey/ask-to-add/").json()
        self.added = self.ask("/passkey/add/", made.create(options))
        return made

    def open_with(self, passkey, **more):
        options = self.ask("/passkey/ask-to-open/").json()
        return self.ask("/passkey/open/", passkey.get(options) | more)

    def confirm_with(self, passkey):
        options = self.ask("/passkey/ask-to-confirm/").json()
        return self.ask("/passkey/confirm/", passkey.get(options))

    def lock(self):
        doors.lock(self.vault)


@pytest.fixture
def phone(db):
    """Alice's phone, open."""
    return DeviceBrowser(SERVER_NAME="localhost").let_in(new_person("alice"))


@pytest.fixture
def bobs_phone(db):
    return DeviceBrowser(SERVER_NAME="localhost").let_in(new_person("bob"))
