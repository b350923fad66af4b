"""Prints how fast a page opens and keeps without connection, what sealing costs in the browser, and Lighthouse where it
can be had; asserts nothing.

`python -m tests.bench.bench_offline`
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests import browser as chromium
from tests.drills.house import House, Phone
from tests.patience import eventually

ROUNDS = 15
PAGES = ("/today/", "/capture/")
SCORES = ("performance", "accessibility", "best-practices")
# From the tap until the page says that it is kept, as the page itself sees it.
TAP_UNTIL_KEPT = """(selector) => new Promise((done) => {
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    if (!document.querySelector("[data-outbox-said=kept]")) return;
    watch.disconnect();
    done(performance.now() - begun);
  });
  watch.observe(document.querySelector("main"), { childList: true, subtree: true });
  document.querySelector(selector).click();
})"""
SEAL = """async (size) => {
  const here = [...document.scripts].find((script) => script.src.endsWith("ui/app.js")).src;
  const { seal } = await import(here.replace("app.js", "hpke.js"));
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const plaintext = new Uint8Array(size);
  const owner = crypto.randomUUID(), item = crypto.randomUUID();
  await seal({ key, owner, item, plaintext });
  const begun = performance.now();
  await seal({ key, owner, item, plaintext });
  return performance.now() - begun;
}"""


def spread(name, milliseconds, aim):
    middle, worst = statistics.median(milliseconds), max(milliseconds)
    print(f"{name}: median {middle:.1f} ms, worst {worst:.1f} ms of {len(milliseconds)} ({aim})")


def open_ms(phone, path, usable):
    """From asking for the address until there is something to use."""
    begun = time.perf_counter()
    phone.page.goto(f"{phone.url}{path}", wait_until="commit")
    phone.page.locator(usable).first.wait_for()
    return (time.perf_counter() - begun) * 1000


def without_connection(phone):
    phone.offline(True)
    for name, path, usable in (
        ("Capture", "/capture/", "main a.row"),
        ("Write", "/write/", "main [name=text]"),
    ):
        took = [open_ms(phone, path, usable) for _ in range(ROUNDS)]
        spread(f"open {name} without connection", took, "aim 400 ms")
    kept = []
    for _ in range(ROUNDS):
        phone.go("/today/")
        kept.append(phone.page.evaluate(TAP_UNTIL_KEPT, "main button[value='5']"))
    spread("check-in until kept, first on its page", kept, "aim 50 ms")
    for size, name in ((1000, "1 kB"), (1024 * 1024, "1 MiB")):
        sealed = [phone.page.evaluate(SEAL, size) for _ in range(5)]
        spread(f"seal {name} in the browser", sealed, "no aim")


def afterwards(phone):
    phone.offline(False)
    waiting = len(phone.held())
    begun = time.perf_counter()
    phone.go("/waiting-to-send/")
    eventually(lambda: phone.held() == [])
    print(f"{waiting} things arrived within {time.perf_counter() - begun:.2f} s of the connection")


def lighthouse(house, phone):
    """Signed in by the cookies of this browser; only where npm can fetch Lighthouse."""
    if shutil.which("npx") is None:
        print("Lighthouse: not run, because npx is not here")
        return
    cookies = phone.context.cookies(house.url)
    header = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
    for path in PAGES:
        scores = _scores(f"{house.url}{path}", header)
        print(f"Lighthouse {path}: {scores or 'not run, because npx could not fetch or run it'}")
        if scores is None:
            return


def _scores(address, cookies):
    more = "--headless=new --no-sandbox" if os.geteuid() == 0 else "--headless=new"
    with tempfile.TemporaryDirectory() as folder:
        report, headers = Path(folder) / "report.json", Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookies}))
        command = [
            *("npx", "--yes", "lighthouse@12", address, "--quiet", "--output=json"),
            *(f"--output-path={report}", f"--extra-headers={headers}"),
            *(f"--only-categories={','.join(SCORES)}", f"--chrome-flags={more}"),
        ]
        subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": chromium.path()},
            timeout=300,
            check=False,
            capture_output=True,
        )
        if not report.exists():
            return None
        found = json.loads(report.read_text())
    if found.get("finalDisplayedUrl", address) != address:
        return f"looked at {found['finalDisplayedUrl']} instead"
    return ", ".join(f"{name} {found['categories'][name]['score'] * 100:.0f}" for name in SCORES)


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = House(Path(folder) / "home")
        profile = Path(folder) / "profile"
        profile.mkdir()
        house.start()
        phone = Phone(playwright.chromium, profile, house.url)
        try:
            phone.start()
            phone.begin()
            print(f"Chromium {phone.browser.version}, {os.cpu_count()} processors")
            without_connection(phone)
            afterwards(phone)
            if "--no-lighthouse" not in sys.argv:
                lighthouse(house, phone)
        finally:
            phone.kill()
            house.stop(signal.SIGKILL)


if __name__ == "__main__":
    main()
