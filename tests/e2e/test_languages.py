"""A German evening on a phone, and two languages that nobody speaks: a longer one, and one that runs from right to left."""

import pytest
from playwright.sync_api import expect
from tests.conftest import PASSPHRASE
from tests.e2e.looking import findings, opened
from tests.i18n import pseudo

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = ("/today/", "/write/", "/plan/", "/back/", "/settings/", "/sittings/", "/know/", "/help/")


@pytest.fixture
def speaking(new_page, sign_in, live_server, settings):
    """A page at 320 px of a person who chose this language."""

    def open_page(language):
        page = new_page(viewport={"width": 320, "height": 640})
        sign_in(page)
        cookie = {
            "name": f"{settings.COOKIE_PREFIX}-language",
            "value": language,
            "url": live_server.url.replace("http:", "https:"),
            "secure": True,
        }
        page.context.add_cookies([cookie])
        return page

    return open_page


def too_wide(page, paths):
    """The pages on which something reaches past the screen, on either side, with the first such thing."""
    found = []
    for path in paths:
        assert page.goto(path).status == 200, path
        past = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(each => {
                const box = each.getBoundingClientRect();
                return box.width > 1 && !each.closest(".scroll, .sr, .skip")
                    && (box.left < -0.5 || box.right > 320.5);
            }).map(each => each.outerHTML.slice(0, 90))[0]"""
        )
        if past or page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append((path, past))
    return found


def test_longer_words_fit_a_narrow_phone(speaking, settings, tmp_path):
    pseudo.spoken(settings, tmp_path, "eo", pseudo.ACCENTED)
    page = speaking("eo")
    assert too_wide(page, MAIN) == []
    expect(page.locator("html")).to_have_attribute("lang", "eo")


def test_a_language_from_right_to_left_fits_and_begins_at_the_right(speaking, settings, tmp_path):
    pseudo.spoken(settings, tmp_path, "he", pseudo.RIGHT_TO_LEFT)
    page = speaking("he")
    assert too_wide(page, MAIN) == []
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto("/today/")
    nearest_to_the_right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.bar a')].map(each => each.getBoundingClientRect().right))"
        " - document.querySelector('.bar a').getBoundingClientRect().right"
    )
    assert nearest_to_the_right == 0


def test_a_first_evening_in_german_from_the_door_on(new_page):
    page = new_page()
    page.goto("/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zuerst wissen")
    page.get_by_role("link", name="Anfangen", exact=True).click()
    page.get_by_label("Deine Passphrase").fill(PASSPHRASE)
    page.get_by_label("Ich habe sie aufgeschrieben").check()
    page.get_by_role("button", name="Meinen Tresor öffnen").click()
    page.get_by_role("link", name="Ich bin gerade nach Hause gekommen").click()
    page.get_by_role("link", name="Festhalten, was da war").click()
    page.locator("textarea").first.fill("Das Licht am Wasser, und ich war ruhig.")
    page.get_by_role("button", name="Festhalten").first.click()
    expect(page.locator("main")).to_contain_text("Das Licht am Wasser")
    page.goto("/today/")
    page.get_by_role("button", name="Dazwischen").click()
    page.get_by_role("link", name="Nicht jetzt").click()
    page.get_by_role("button", name="Abschließen").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()


def test_german_pages_are_accessible_and_fit(speaking):
    page = speaking("de")
    pages = opened(page, (*MAIN, "/entries/", "/more/"))
    assert [each for _ in pages for each in findings(page)] == []
    assert too_wide(page, MAIN) == []


def test_own_words_run_as_their_letters_run(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.goto("/write/")
    page.locator("textarea").first.fill("אור על המים")
    page.get_by_role("button", name="Keep this").first.click()
    words = page.locator("main .quote, main .own, main p").filter(has_text="אור על המים").first
    space_at_the_right = words.evaluate(
        """each => {
            const range = document.createRange();
            range.selectNodeContents(each);
            return each.getBoundingClientRect().right - range.getBoundingClientRect().right;
        }"""
    )
    assert space_at_the_right < 2
