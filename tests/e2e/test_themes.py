"""What returns, on a phone: open it, teach it, start one from a sentence, put two together, make something of it."""

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings_in_every_look, opened
from tests.insights.conftest import day
from tests.insights.words import WORDS

from afterglow.core.days import at_local
from afterglow.insights.queries import finding
from afterglow.insights.services import finding as reading
from afterglow.journal import services as journal
from afterglow.medicine.services import plan_sitting

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RIVER = "In the sitting there was a dark river under the kitchen floor."


def keep_journal(vault):
    sittings = {
        number: plan_sitting(vault=vault, day=day(number), zone="UTC", done=True)
        for number in (1, 17, 31)
    }
    for number, text in WORDS:
        journal.keep_entry(
            vault=vault,
            text=text,
            written=at_local(day(number), 20, 0, "UTC"),
            sitting=sittings[number].id if number in sittings else None,
        )
    return sittings


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_a_sentence_to_a_theme_to_something_understood(new_page, sign_in, scripts):
    page = new_page(java_script_enabled=scripts)
    vault = sign_in(page)
    keep_journal(vault)
    page.goto("/entries/")
    page.get_by_role("link", name="dark river").click()
    page.get_by_role("link", name="What else is like this?").click()
    page.get_by_role("link", name=RIVER).click()
    expect(page.locator("main")).to_contain_text("The river again, black water")
    page.get_by_label("Your name for it").fill("The river")
    page.get_by_role("button", name="Keep them together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The river")
    asked = page.locator(".card .quote").inner_text()
    page.get_by_role("button", name="Part of this").click()
    page.get_by_text("All its words in order").click()
    expect(page.locator("details", has_text=asked.strip("“”"))).to_be_visible()
    page.get_by_role("button", name="Not now").click()
    page.get_by_text("Another name, put together").click()
    page.get_by_role("link", name="It is the same as another").click()
    page.get_by_role("radio", name="Oriel", exact=True).check()
    page.get_by_role("button", name="Put together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Oriel")
    page.get_by_role("button", name="Keep it as something understood").click()
    page.locator("textarea").first.fill("It carries me too.")
    page.locator("main form button.main").first.click()
    page.goto("/themes/")
    page.get_by_role("link", name="Oriel").first.click()
    expect(page.locator("main")).to_contain_text("It carries me too.")


def test_every_page_of_themes_is_accessible_and_fits(new_page, sign_in):
    page = new_page(viewport={"width": 320, "height": 640})
    vault = sign_in(page)
    sittings = keep_journal(vault)
    theme = finding.shaped(vault).themes[0]
    mention = theme.mentions[0]
    paths = (
        "/themes/",
        "/themes/people/",
        "/themes/images/",
        "/themes/put-away/",
        "/themes/across/",
        "/themes/search/",
        f"/themes/{theme.id}/",
        f"/themes/{theme.id}/merge/",
        f"/themes/{theme.id}/split/",
        f"/themes/sitting/{sittings[17].id}/",
        f"/themes/entry/{mention.entry}/",
        f"/themes/entry/{mention.entry}/{mention.start}/{mention.end}/",
    )
    assert [each for _ in opened(page, paths) for each in findings_in_every_look(page)] == []


def test_search_by_meaning_from_the_search_page(new_page, sign_in):
    page = new_page()
    keep_journal(sign_in(page))
    page.goto("/entries/search/")
    page.get_by_label("Words to look for").fill("I can never refuse at work")
    page.get_by_role("button", name="Look by meaning").click()
    expect(page.locator("main")).to_contain_text("I could not say no")
    assert "refuse" not in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_long_journal_is_read_before_the_eyes_and_then_shown(
    new_page, sign_in, monkeypatch, scripts
):
    for name in ("MISSING_AT_ONCE", "ENTRIES_AT_ONCE", "A_MOMENT_SECONDS"):
        monkeypatch.setattr(reading, name, 0)
    page = new_page(java_script_enabled=scripts)
    keep_journal(sign_in(page))
    page.goto("/themes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your words are being read")
    expect(page.get_by_role("heading", level=1)).to_have_text("What returns")
    expect(page.locator("main")).to_contain_text("Oriel")
