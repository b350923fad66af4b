"""The cast: Alice owns, Bob is another person, the stranger has no vault. Keys are real; only the passphrase step is cut short."""

import secrets
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from tools.messages import catalogue

from afterglow.accounts import queries as account_queries
from afterglow.accounts.models import Account
from afterglow.core.crypto import v1
from afterglow.vault import doors, opened, shown, unlock
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from afterglow.vault.records import Keys, start_ledger
from tests.readable import hide_nothing

PASSPHRASE = "otter lantern quiet marble seven plum"


# Files that take a minute or more, longest first. Two workers take whole files, so what is long begins early.
LONG = ("test_other_person.py", "test_canary.py", "test_outbox_drill.py", "test_grant_rights.py")
IN_WHOLE = {"e2e", "drills", "house", "serving"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: _place(item.path))


def _place(path):
    if path.name in LONG:
        return LONG.index(path.name)
    return len(LONG) + (path.parent.name not in IN_WHOLE)


def pytest_configure():
    """Pages in other languages are tested as their .po files stand now."""
    catalogue.compile_stale()


@pytest.fixture(autouse=True)
def _nothing_left_open():
    yield
    opened.drop_all()
    cache.clear()


def new_person(name):
    """A vault with real keys and a recovery code, made without the slow passphrase step."""
    account = Account.objects.create(name_hash=account_queries.name_hash(name))
    keys = Keys.of(account.id, 1, secrets.token_bytes(32))
    unlock._create_identity(keys)
    start_ledger(keys)
    unlock.set_recovery_code(keys, v1.new_recovery_code())
    return keys


class Browser(Client):
    """Goes where a held page is shown, as a browser does; other redirects are for the test to look at."""

    def post(self, *args, **kwargs):
        answer = super().post(*args, **kwargs)
        if answer.status_code == 303 and f"?{shown.PARAMETER}=" in answer["Location"]:
            page = self.get(answer["Location"])
            page.redirected_from = answer
            return page
        return answer


def open_client(keys):
    door, vault = doors.open_door(keys)
    client = Browser(SERVER_NAME="localhost")
    client.cookies[SESSION_COOKIE] = door.session_id
    client.cookies[HALF_COOKIE] = door.cookie_half
    client.vault = vault
    return client


@pytest.fixture
def nothing_hidden(monkeypatch):
    """Named before whoever is in, since their session is sealed, too."""
    hide_nothing(monkeypatch)


@pytest.fixture
def alice(db):
    return open_client(new_person("alice"))


@pytest.fixture
def bob(db):
    return open_client(new_person("bob"))


@pytest.fixture
def stranger(db):
    return Browser(SERVER_NAME="localhost")


@pytest.fixture
def vault(alice):
    return alice.vault


@pytest.fixture
def some_id():
    return uuid4()
