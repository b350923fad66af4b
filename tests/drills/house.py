"""The program and a browser as processes of their own, so that a test may stop either hard at any moment."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

from tests import browser as chromium
from tests.drills.outside import ROOT, surroundings
from tests.patience import PATIENCE_MS, eventually

QUIET = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=360,740",
    # A microphone that beeps, allowed without a question.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PASSPHRASE = "otter lantern quiet marble seven plum"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """The program, served from a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self):
        own = {"AFTERGLOW_HOME": str(self.folder), "AFTERGLOW_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "afterglow", "run"],
            cwd=ROOT,
            env=surroundings() | own | {"AFTERGLOW_COPIES": "off"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(self._answers)

    def _answers(self):
        return urllib.request.urlopen(f"{self.url}/sw.js", timeout=5).status == 200

    @property
    def runs(self):
        return self.process is not None

    def stop(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None


class Phone:
    """A Chromium with a profile that outlives it, driven from outside."""

    def __init__(self, browsers, profile, url):
        self.browsers, self.profile, self.url = browsers, profile, url
        self.process = None

    def start(self, *options):
        named = self.profile / "DevToolsActivePort"
        named.unlink(missing_ok=True)
        more = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [
                chromium.path(),
                *QUIET,
                *more,
                *options,
                f"--user-data-dir={self.profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port = eventually(lambda: named.read_text().splitlines()[0])
        self.browser = self.browsers.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.context = self.browser.contexts[0]
        self.page = self.context.pages[0]
        self.page.set_default_timeout(PATIENCE_MS)

    def kill(self):
        """Every process of this browser at once, as when a phone's battery falls out."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            with contextlib.suppress(Exception):
                self.browser.close()

    def close_tab(self):
        fresh = self.context.new_page()
        self.page.close()
        self.page = fresh
        self.page.set_default_timeout(PATIENCE_MS)

    def offline(self, away):
        self.context.set_offline(away)

    def go(self, path):
        self.page.goto(f"{self.url}{path}")

    def begin(self):
        """A new person, opened once, with the worker and the kept pages in place."""
        self.go("/begin/")
        self.page.get_by_label("Your passphrase").fill(PASSPHRASE)
        self.page.get_by_label("I have written it down").check()
        self.page.get_by_role("button", name="Open my vault").click()
        self.page.wait_for_url("**/doors/")
        self._confirm_the_code()
        self.wait_for_worker()

    def _confirm_the_code(self):
        self.go("/recovery/")
        groups = re.findall(r"[0-9A-Z]{4}", self.page.locator("main .code").inner_text())
        self.page.locator("main [name=second]").fill(groups[1])
        self.page.locator("main [name=last]").fill(groups[-1])
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/today/")

    def wait_for_worker(self):
        kept = "caches.match('/offline/away/').then(Boolean)"
        eventually(lambda: self.page.evaluate(f"navigator.serviceWorker.ready.then(() => {kept})"))

    def open(self):
        self.go("/open/")
        self.page.get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(lambda url: "/open/" not in url)

    def held_on(self, path):
        self.go(path)
        return self.held()

    def held(self):
        return self.in_store("items")

    def in_store(self, name):
        """What this browser keeps of that kind, as far as it is plain."""
        return json.loads(self.page.evaluate(IN_STORE, name))


IN_STORE = """(name) => new Promise((done) => {
  const opening = indexedDB.open("afterglow");
  opening.onsuccess = () => {
    if (!opening.result.objectStoreNames.contains(name)) { opening.result.close(); return done("[]"); }
    const read = opening.result.transaction(name).objectStore(name).getAll();
    read.onsuccess = () => {
      opening.result.close();
      done(JSON.stringify(read.result.map(({ id, kind, state, seconds, count }) => ({ id, kind, state, seconds, count }))));
    };
  };
})"""
