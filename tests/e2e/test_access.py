"""Every main page in three looks at 320 px: no finding of axe, nothing wider than the screen, Save in reach."""

import pytest
from tests.e2e.looking import LOOKS, findings_in_every_look, opened, wear

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


def test_pages_are_accessible_and_fit(new_page, sign_in):
    page = new_page(viewport={"width": 320, "height": 640})
    sign_in(page)
    found = [each for _ in opened(page, PAGES) for each in findings_in_every_look(page)]
    assert found == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_that_was_chosen_is_worn(new_page, sign_in, settings, live_server, look):
    page = new_page()
    sign_in(page)
    wear(page, look, settings, live_server)
    page.goto("/today/")
    assert page.locator("html").get_attribute("data-theme") == look


def test_words_that_only_the_night_hides_are_found(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.goto("/plan/")
    assert findings_in_every_look(page) == []
    page.evaluate("document.styleSheets[0].insertRule('[data-theme=night] main * { color: #333 }')")
    found = findings_in_every_look(page)
    assert [each.split(":")[0] for each in found] == ["night"]
    assert page.locator("html").get_attribute("data-theme") != "night"
