"""A real browser on a phone's width, against the program as it is served."""

import os
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserType, Error, Locator, Page, expect, sync_playwright
from tests import browser as chromium
from tests.conftest import new_person
from tests.e2e.looking import let_go
from tests.patience import PATIENCE_MS

from afterglow.core import certificates
from afterglow.serving import listener, names, reach
from afterglow.vault import doors
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


# A microphone that beeps, allowed without a question.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browsers():
    """Playwright's door to Chromium; several browsers of one test run go through it."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session", autouse=True)
def _patient():
    """What a busy machine needs of the two commonest steps.

    Playwright's click waits until the next page has begun; there may be nothing on it yet to look at. And an address that
    is typed while a page is still leading elsewhere is typed again.
    """
    click, goto = Locator.click, Page.goto

    def click_and_arrive(self, **how):
        click(self, **how)
        self.page.wait_for_load_state("domcontentloaded")

    def goto_in_the_end(self, url, **how):
        try:
            return goto(self, url, **how)
        except Error as error:
            if "interrupted by another navigation" not in error.message:
                raise
        self.wait_for_load_state()
        return goto(self, url, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_arrive)
        patch.setattr(Page, "goto", goto_in_the_end)
        yield


def how_to_start(**environment):
    """What every browser here is started with."""
    path = chromium.path()
    assert path, "The browser tests need Chromium: sudo apt-get install chromium"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return {"executable_path": path, "args": arguments, "env": {**os.environ, **environment}}


@pytest.fixture(scope="session")
def browser(browsers):
    running = browsers.launch(**how_to_start())
    yield running
    running.close()


class UnderWay:
    """How many requests the program is answering; a page that has gone may have left one behind."""

    def __init__(self):
        self.count = 0
        self.lock = threading.Lock()
        request_started.connect(self._one_more)
        request_finished.connect(self._one_less)

    def _one_more(self, **_):
        with self.lock:
            self.count += 1

    def _one_less(self, **_):
        with self.lock:
            self.count -= 1

    def wait_for_none(self, *, within=5.0):
        """Before the database is emptied. A request that broke is never counted down, so this does not wait for ever."""
        ends = time.monotonic() + within
        while self.count > 0 and time.monotonic() < ends:
            time.sleep(0.01)
        self.count = 0


@pytest.fixture(scope="session")
def under_way():
    return UnderWay()


@pytest.fixture(scope="module")
def speaking(browsers):
    """A browser whose microphone beeps; a fresh one for each file."""
    how = how_to_start()
    running = browsers.launch(**how | {"args": [*how["args"], *MICROPHONE]})
    yield running
    running.close()


@pytest.fixture
def speaking_page(speaking, live_server):
    """A page of the smallest phone, with a microphone."""
    context = speaking.new_context(viewport={"width": 320, "height": 640}, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    let_go(context)


@pytest.fixture
def new_page(browser, live_server, under_way):
    contexts = []

    def make(**options):
        settings = {
            "viewport": {"width": 360, "height": 740},
            "base_url": live_server.url,
        } | options
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield make
    for context in contexts:
        context.close()
    under_way.wait_for_none()


@pytest.fixture
def sign_in(live_server):
    """Give a page the cookies of an opened vault; signing in for real is tested where it is the subject.

    With `keys` the same person opens the vault again, as on another day.
    """

    def give(page, keys=None):
        return give_open_door(page, live_server.url, keys)

    return give


def give_open_door(page, url, keys=None):
    door, vault = doors.open_door(keys or new_person("alice"))
    page.context.add_cookies(
        [
            {
                "name": name,
                "value": value,
                "url": url.replace("http:", "https:"),
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


# HTTPS at home: the program at https://afterglow.test through its own authority, which Chromium trusts as a person's
# browser does: by its list of trusted authorities, in a home of its own. Certificate errors are never ignored.

HOME_NAME = "afterglow.test"


@dataclass
class HttpsHouse:
    """The program as a phone reaches it, and a browser that trusts its authority."""

    url: str
    browser: Browser
    browsers: BrowserType
    authority: Path
    how: dict[str, object]
    contexts: list = field(default_factory=list)

    def new_page(self, **options):
        """A page in a fresh profile of the trusting browser, at a phone's width unless told."""
        chosen = {"viewport": {"width": 360, "height": 740}, "base_url": self.url} | options
        context = self.browser.new_context(**chosen)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    def new_profile(self, folder, **options):
        """A context whose profile is kept in this folder, for what a browser leaves on a disk."""
        chosen = {"viewport": {"width": 360, "height": 740}, "base_url": self.url} | options
        context = self.browsers.launch_persistent_context(str(folder), **self.how, **chosen)
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        return context

    def sign_in(self, page, keys=None):
        """As the fixture `sign_in`, at this address."""
        return give_open_door(page, self.url, keys)


@pytest.fixture(scope="session")
def home_authority(tmp_path_factory):
    """The authority of this test run, its certificate for the home's name, and a home that trusts it."""
    folder = tmp_path_factory.mktemp("authority")
    now = datetime.now(UTC)
    authority = certificates.new_authority(host=HOME_NAME, now=now)
    leaf = certificates.new_leaf(authority, host=HOME_NAME, now=now)
    (folder / "authority.pem").write_bytes(authority.certificate)
    (folder / "leaf.pem").write_bytes(leaf.certificate)
    (folder / "leaf.key").write_bytes(leaf.key)
    chromium.trust(str(folder / "home"), str(folder / "authority.pem"))
    return folder


@pytest.fixture(scope="session")
def how_to_trust(home_authority):
    """How a browser that trusts the authority is started; its home's name leads to this computer."""
    how = how_to_start(HOME=str(home_authority / "home"))
    how["args"] = [*how["args"], f"--host-resolver-rules=MAP {HOME_NAME} 127.0.0.1"]
    return how


@pytest.fixture(scope="session")
def trusting_browser(browsers, how_to_trust):
    running = browsers.launch(**how_to_trust)
    yield running
    running.close()


@pytest.fixture
def https_house(
    transactional_db,
    settings,
    home_authority,
    how_to_trust,
    browsers,
    trusting_browser,
    under_way,
):
    settings.REACH = lambda: reach.Reach(way="authority", host=HOME_NAME)
    settings.ALLOWED_HOSTS = names.OurNames(settings.REACH)
    serving = listener.Listener(
        _letting_go_of_the_database(get_wsgi_application()),
        context=listener.context_of(home_authority / "leaf.pem", home_authority / "leaf.key"),
        host="127.0.0.1",
        port=0,
        largest_body_bytes=64 * 1024 * 1024,
    )
    house = HttpsHouse(
        url=f"https://{HOME_NAME}:{serving.start()}",
        browser=trusting_browser,
        browsers=browsers,
        authority=home_authority / "authority.pem",
        how=how_to_trust,
    )
    yield house
    for context in house.contexts:
        context.close()
    under_way.wait_for_none()
    serving.stop()


def _letting_go_of_the_database(application):
    """No thread of the server may still hold the database when the test empties it."""

    def answer(environ, start_response):
        response = application(environ, start_response)
        try:
            yield from response
        finally:
            if hasattr(response, "close"):
                response.close()
            connections.close_all()

    return answer


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
