"""Every main page in three looks at 320 px: no finding of axe, nothing wider than the screen, Save in reach."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "/today/",
    "/write/",
    "/plan/",
    "/back/",
    "/help/",
    "/timeline/",
    "/settings/",
    "/settings/devices/",
    "/settings/devices/add/",
    "/settings/devices/joining/",
    "/settings/passphrase/",
    "/recovery/",
    "/pair/",
    "/measures/",
    "/measures/take/phq-9/",
    "/themes/",
    "/sittings/",
    "/entries/",
    "/know/",
    "/plan/wins/",
    "/more/",
    "/exercises/",
    "/exercises/breathing/",
    "/exercises/timer/",
    "/exercises/body-scan/",
    "/exercises/grounding/",
    "/exercises/make/poetry/",
    "/exercises/kindness/",
    "/settings/reminders/",
    "/settings/reminders/mail/",
    "/settings/reminders/calendar/",
    "/settings/reminders/push/",
    "/programmes/",
    "/programmes/first-fortnight/",
    "/practices/",
    "/suits/",
    "/hard/",
    "/waiting-to-send/",
    "/sign-out/",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("look", ["light", "dark", "night"])
def test_pages_are_accessible_and_fit(new_page, sign_in, live_server, settings, look):
    page = new_page(viewport={"width": 320, "height": 640})
    sign_in(page)
    name = f"{settings.COOKIE_PREFIX}-theme"
    page.context.add_cookies(
        [
            {
                "name": name,
                "value": look,
                "url": live_server.url.replace("http:", "https:"),
                "secure": True,
            }
        ]
    )
    findings = []
    for path in PAGES:
        answer = page.goto(path)
        assert answer.status == 200, path
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            findings.append(f"{path}: wider than the screen")
        found = Axe().run(page, options=RULES)
        findings += [
            f"{path}: {rule['id']} {rule['nodes'][0]['html'][:120]}"
            for rule in found.response["violations"]
        ]
    assert findings == []
