"""What a look at a page finds: accessibility and width, in one of the three looks."""

import gzip
import re
import time

from axe_playwright_python.sync_playwright import Axe

MOST_SCRIPT_BYTES = 40_000
LOOKS = ("light", "dark", "night")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def wear(page, look, settings, live_server):
    """From the next page on, this look."""
    page.context.add_cookies(
        [
            {
                "name": f"{settings.COOKIE_PREFIX}-theme",
                "value": look,
                "url": live_server.url.replace("http:", "https:"),
                "secure": True,
            }
        ]
    )


def findings(page):
    """Every finding of axe, and whether something is wider than the screen."""
    found = Axe().run(page, options=RULES).response["violations"]
    named = [f"{page.url}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return named + ([f"{page.url}: wider than the screen"] if wide else [])


def eventually(look, *, within=15):
    """The first true answer. Polled from here: a poll inside the page takes any promise for true."""
    ends = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)
    return found


def script_bytes(page, path):
    """How much JavaScript a page brings, packed; the page is open afterwards."""
    sizes = {}

    def weigh(answer):
        if re.search(r"\.js(\?|$)", answer.url):
            sizes[answer.url] = len(gzip.compress(answer.body()))

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", weigh)
    return sum(sizes.values())


def let_go(context):
    """Close it with nothing on its pages that still records: Chromium was once seen to wait for ever for that."""
    for page in context.pages:
        page.goto("about:blank")
    context.close()
