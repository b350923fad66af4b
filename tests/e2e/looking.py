"""What a look at a page finds: accessibility and width, in one of the three looks."""

from axe_playwright_python.sync_playwright import Axe

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
