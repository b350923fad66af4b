"""What a look at a page finds: accessibility and width, in one of the three looks or in all."""

import gzip
import re

from axe_playwright_python.sync_playwright import Axe
from tests.patience import eventually

MOST_SCRIPT_BYTES = 40_000
LOOKS = ("light", "dark", "night")
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PUT_ON = "look => { document.documentElement.dataset.theme = look; }"
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
    """Every finding of axe in the look that is worn, and whether something is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]
    return _violations(page, RULES) + ([f"{page.url}: wider than the screen"] if wide else [])


def findings_in_every_look(page):
    """The same in all three looks. They differ in nothing but colours, so only these are judged anew."""
    found = findings(page)
    worn = page.evaluate("document.documentElement.dataset.theme")
    for look in set(LOOKS) - {worn}:
        page.evaluate(PUT_ON, look)
        found += [f"{look}: {each}" for each in _violations(page, OF_COLOURS)]
    page.evaluate(PUT_ON, worn)
    return found


def served_by_the_worker(page):
    """Wait until the worker that answers without a connection stands behind this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    eventually(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"))


def opened(page, paths):
    """Each of these pages in turn, with everything that folds unfolded."""
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true")
        yield path


def _violations(page, rules):
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{page.url}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]


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
