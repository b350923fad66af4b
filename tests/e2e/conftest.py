"""A real browser on a phone's width, against the program as it is served."""

import os

import pytest
import time_machine
from playwright.sync_api import sync_playwright
from tests import browser as chromium
from tests.conftest import new_person

from afterglow.vault import doors
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser():
    path = chromium.path()
    assert path, "The browser tests need Chromium: sudo apt-get install chromium"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


@pytest.fixture
def new_page(browser, live_server):
    contexts = []

    def make(**options):
        settings = {
            "viewport": {"width": 360, "height": 740},
            "base_url": live_server.url,
        } | options
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(live_server):
    """Give a page the cookies of an opened vault; signing in for real is tested where it is the subject.

    With `keys` the same person opens the vault again, as on another day.
    """

    def give(page, keys=None):
        door, vault = doors.open_door(keys or new_person("alice"))
        page.context.add_cookies(
            [
                {
                    "name": name,
                    "value": value,
                    "url": live_server.url.replace("http:", "https:"),
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
                for name, value in (
                    (SESSION_COOKIE, door.session_id),
                    (HALF_COOKIE, door.cookie_half),
                )
            ]
        )
        return vault

    return give


@pytest.fixture
def calendar():
    """A clock that stands where it is set: for the test and for the server, which run in one process."""
    travels = []

    def go(moment):
        while travels:
            travels.pop().stop()
        travel = time_machine.travel(moment, tick=True)
        travel.start()
        travels.append(travel)

    yield go
    while travels:
        travels.pop().stop()
