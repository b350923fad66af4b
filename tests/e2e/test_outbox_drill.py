"""Whatever is switched off in whatever order: what the browser said was kept arrives, and arrives once."""

import io
import os
import random
import signal
import sqlite3

import pytest
from PIL import Image
from playwright.sync_api import Error
from tests.drills.house import House, Phone
from tests.patience import eventually


def small_photo():
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "PNG")
    return kept.getvalue()


CAPTURES = 20
SPOKEN_MS = 300
FULL = os.environ.get("AFTERGLOW_DRILL") == "full"
SEEDS = range(200) if FULL else range(10)
DONE = "outbox/sequences"
ONLINE = {
    "write": "/write/",
    "draw": "/capture/draw/",
    "photo": "/capture/photo/",
    "voice": "/capture/voice/",
}
FIELD = {
    "voice": "main [name=text]",
    "write": "main [name=text]",
    "draw": "main [name=described]",
    "photo": "main [name=text]",
}
PHOTO = {"name": "p.png", "mimeType": "image/png", "buffer": small_photo()}


def pytest_generate_tests(metafunc):
    """At full size a broken run goes on where it stopped: seeds that have passed wait until all have."""
    if "seed" in metafunc.fixturenames:
        done = metafunc.config.cache.get(DONE, []) if FULL else []
        metafunc.parametrize("seed", [seed for seed in SEEDS if seed not in done] or SEEDS)


class Evening:
    """One person, one phone, one computer, and everything that may happen between them."""

    def __init__(self, house, phone, seed):
        self.house, self.phone, self.random = house, phone, random.Random(seed)
        self.away = self.kept = 0
        self.said, self.perhaps, self.photos = [], [], []
        self.spoken = 0
        self.story = []

    def capture(self, number):
        """Write a line, or put it beside a drawing or a photo; it counts as kept once the page has said so."""
        words = f"line {number} of this evening, {self.random.getrandbits(64):x}"
        kind = self.random.choice(["write", "write", "write", "draw", "photo", "voice"])
        self._to_a_form(kind)
        page = self.phone.page
        if kind == "voice":
            self._speak()
            if self.random.random() < 0.4:
                self._broken_off()
                return
        page.locator(FIELD[kind]).fill(words)
        if kind == "photo":
            page.locator("main [name=photo]").set_input_files(PHOTO)
            self.photos.append(words)
        self.perhaps.append(words)
        page.get_by_role("button", name="Keep this").click()
        if self.random.random() < 0.1:
            self.story.append("killed while keeping")
            self._browser_killed()
            return
        eventually(lambda: self._says_kept(words))
        self.said.append(words)

    def _speak(self):
        """A short recording, as far as this browser has it on the disk."""
        page = self.phone.page
        page.get_by_role("button", name="Start speaking").click()
        page.get_by_text("Recording.").wait_for()
        page.wait_for_timeout(SPOKEN_MS)
        page.get_by_role("button", name="Done").click()
        page.get_by_text("Recorded").wait_for()
        eventually(self._all_on_the_disk)
        self.spoken += 1

    def _all_on_the_disk(self):
        recordings = self.phone.in_store("recordings")
        return recordings and all(each["count"] for each in recordings)

    def _broken_off(self):
        """It is said and never kept: the page goes, or the whole browser."""
        gone = self.random.choice([self._tab_closed, self._browser_killed])
        self.story.append(f"broken off: {gone.__name__.strip('_')}")
        gone()

    def _to_a_form(self, kind):
        for path in (ONLINE[kind], f"/offline/{kind}/"):
            self.phone.go(path)
            if self.phone.page.locator(FIELD[kind]).count():
                return
        raise AssertionError("there is no page to write on")

    def _says_kept(self, words):
        page = self.phone.page
        if page.locator("[data-outbox-said=kept], [data-outbox-said=who]").count():
            return True
        return "kept=1" in page.url

    def something_happens(self):
        event = self.random.choice(
            [
                self._offline,
                self._online,
                self._server_stopped,
                self._server_killed,
                self._server_started,
                self._tab_closed,
                self._browser_killed,
                self._reloaded,
                self._session_expired,
                self._opened,
            ]
        )
        self.story.append(event.__name__.strip("_"))
        event()

    def _offline(self):
        self.away = 1
        self.phone.offline(True)

    def _online(self):
        self.away = 0
        self.phone.offline(False)

    def _server_stopped(self):
        self.house.stop()

    def _server_killed(self):
        self.house.stop(signal.SIGKILL)

    def _server_started(self):
        if not self.house.runs:
            self.house.start()

    def _tab_closed(self):
        self.phone.close_tab()
        self.phone.offline(bool(self.away))

    def _browser_killed(self):
        self.phone.kill()
        self.phone.start()
        self.phone.offline(bool(self.away))

    def _reloaded(self):
        try:
            self.phone.page.reload()
        except Error:
            self.phone.go("/write/")

    def _session_expired(self):
        self.phone.context.clear_cookies()

    def _opened(self):
        if self.house.runs and not self.away:
            self.phone.open()

    def all_is_well_again(self):
        self._online()
        self._server_started()
        # At the door what broke off is sealed for its owner.
        self.phone.go("/open/")
        eventually(lambda: self.phone.in_store("recordings") == [])
        self.phone.open()
        self.phone.go("/waiting-to-send/")
        eventually(lambda: self.phone.held() == [])
        self.phone.go("/entries/")

    def arrived(self):
        """Every line in the person's entries, as the program's own pages show them."""
        lines = []
        for page in range(1, 20):
            self.phone.go(f"/entries/?page={page}")
            lines += self.phone.page.locator("main").inner_text().splitlines()
            if not self.phone.page.get_by_role("link", name="Earlier ones").count():
                break
        return [words for words in self.perhaps for line in lines if words in line]

    def voices(self):
        """How many voice notes there are, with words and without."""
        count = 0
        for page in range(1, 20):
            self.phone.go(f"/entries/?page={page}")
            count += self.phone.page.locator("main a.row", has_text="Voice note").count()
            if not self.phone.page.get_by_role("link", name="Earlier ones").count():
                break
        return count

    def pictures(self):
        self.phone.go("/gallery/")
        return self.phone.page.locator("main img").count()


@pytest.fixture
def evening(tmp_path, seed, browsers):
    house = House(tmp_path / "home")
    house.start()
    phone = Phone(browsers, tmp_path / "profile", house.url)
    (tmp_path / "profile").mkdir()
    phone.start()
    phone.begin()
    yield Evening(house, phone, seed)
    phone.kill()
    house.stop(signal.SIGKILL)


@pytest.mark.drill
def test_nothing_is_lost_and_nothing_doubled(evening, seed, request, tmp_path):
    for number in range(CAPTURES):
        evening.capture(number)
        if evening.random.random() < 0.6:
            evening.something_happens()
    evening.all_is_well_again()
    arrived = evening.arrived()
    assert len(arrived) == len(set(arrived)), evening.story
    assert set(evening.said) - set(arrived) == set(), evening.story
    assert set(arrived) <= set(evening.perhaps)
    assert evening.pictures() == len(set(evening.photos) & set(arrived)), evening.story
    # Kept with words, killed while keeping, or broken off: each recording is there, and once.
    assert evening.voices() == evening.spoken, evening.story
    assert sound(tmp_path / "home" / "afterglow.sqlite3")
    if FULL:
        cache = request.config.cache
        done = set(cache.get(DONE, [])) | {seed}
        cache.set(DONE, [] if done == set(SEEDS) else sorted(done))


def sound(file):
    with sqlite3.connect(file) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
