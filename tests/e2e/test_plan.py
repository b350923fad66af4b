"""The plan on a phone: from an insight to a goal, a win and the thread; the week; the plan on paper."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from tests.e2e.looking import findings_in_every_look, opened

from afterglow.core import content
from afterglow.plans import services
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Letter,
    Obstacle,
    Purpose,
    Review,
    Win,
)
from afterglow.transfer import demo

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pages_of(vault):
    """Every page of the plan with something on it."""

    def first(kind):
        return vault.heads(kind)[0].id

    grown = next(s.id for s in vault.heads(Insight) if s.document.entry and s.document.strengthen)
    return [
        reverse("plans:plan"),
        reverse("plans:add", args=["goal"]),
        reverse("plans:add", args=["habit"]),
        reverse("plans:insight", args=[grown]),
        reverse("companion:thread", args=["insight", grown]),
        reverse("companion:thread", args=["goal", first(Goal)]),
        reverse("companion:thread", args=["practice", content.practices()[0].id]),
        reverse("plans:goal", args=[first(Goal)]),
        reverse("plans:habits"),
        reverse("plans:habit", args=[first(Habit)]),
        reverse("plans:in_the_way"),
        reverse("plans:edit", args=["obstacle", first(Obstacle)]),
        reverse("plans:edit", args=["purpose", first(Purpose)]),
        reverse("plans:guided", args=["monthly-look-back"]),
        reverse("plans:guided_screen", args=["monthly-look-back", 0]),
        reverse("plans:guided_screen", args=["weekly-review", 3]),
        reverse("plans:reviews"),
        reverse("plans:before_and_now"),
        reverse("plans:review", args=[first(Review)]),
        reverse("plans:choose_values"),
        reverse("plans:values"),
        reverse("plans:value", args=[0]),
        reverse("plans:letters"),
        reverse("plans:letter", args=[first(Letter)]),
        reverse("plans:paper"),
        reverse("plans:summary", args=[first(Appointment)]),
        reverse("plans:wins"),
    ]


def test_pages_of_the_plan_are_accessible_and_fit(new_page, sign_in):
    page = new_page(viewport={"width": 320, "height": 740})
    vault = sign_in(page)
    demo.put_person(vault, timezone.now().date())
    services.choose_values(
        vault=vault, chosen=["calm", "family"], own="", cards=content.values(), on=date.today()
    )
    services.note_answer(vault=vault, name="weekly-review", key="helped", words="The lamp")
    pages = opened(page, pages_of(vault))
    assert [each for _ in pages for each in findings_in_every_look(page)] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_an_insight_to_a_goal_a_win_and_the_thread(new_page, sign_in, scripts):
    page = new_page(java_script_enabled=scripts)
    vault = sign_in(page)
    page.goto("/plan/")
    page.get_by_role("link", name="Add an insight").click()
    page.get_by_label("What did you see?").fill("Rest is part of the making")
    page.get_by_label("What does it mean to you?").fill("I may sit down")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="Rest is part of the making").click()
    page.get_by_role("button", name="Make a small step of this").click()
    page.get_by_label("One small thing").fill("Sit for one cup of tea")
    page.get_by_label("Day", exact=True).fill(date.today().isoformat())
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="Sit for one cup of tea").click()
    page.get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("kept with your wins")
    assert [stored.document.text for stored in vault.heads(Win)] == ["Sit for one cup of tea"]
    page.get_by_role("link", name="The thread").click()
    expect(page.locator("main")).to_contain_text("How the days after were")
    page.get_by_role("link", name="Rest is part of the making").click()
    expect(page.locator("[aria-current=true]")).to_contain_text("Rest is part of the making")
    page.get_by_role("link", name="Sit for one cup of tea").click()
    expect(page.locator("[aria-current=true]")).to_contain_text("Sit for one cup of tea")


def test_the_week_in_three_answers_and_one_small_step(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    services.add_win(vault=vault, text="Rang Mo", on=date.today() - timedelta(days=1))
    page.goto("/plan/")
    page.get_by_role("link", name="Look at the week or the month").click()
    page.get_by_role("link", name="Look at this week").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("What you did").click()
    expect(page.locator("main")).to_contain_text("Rang Mo")
    page.get_by_label("What helped this week?").fill("The lamp")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Skip this one").click()
    page.get_by_label("What is the one small thing").fill("Charger in the kitchen")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("The lamp")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("button", name="Make a small step of this").click()
    expect(page.get_by_label("One small thing")).to_have_value("Charger in the kitchen")
    page.get_by_role("button", name="Keep this").click()
    (goal,) = vault.heads(Goal)
    assert goal.document.comes_from == vault.heads(Review)[0].id


def test_the_week_by_keyboard_alone(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto(reverse("plans:guided_screen", args=["weekly-review", 0]))
    answer = page.get_by_label("What helped this week?")
    for _ in range(20):
        page.keyboard.press("Tab")
        if answer.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("The lamp")
    page.keyboard.press("Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.textContent.trim()") == "Next":
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert vault.draft("guided.weekly-review")["helped"] == "The lamp"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_the_plan_is_taken_home_as_a_pdf(new_page, sign_in, scripts):
    page = new_page(java_script_enabled=scripts)
    vault = sign_in(page)
    services.keep_part(vault=vault, part=Goal(text="Sit for #1 cup of $tea$"))
    page.goto("/plan/")
    page.get_by_role("link", name="The plan on paper").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Make the PDF").click()
    made = coming.value
    assert made.suggested_filename == "plan.pdf"
    pages = pypdf.PdfReader(io.BytesIO(made.path().read_bytes())).pages
    assert "Sit for #1 cup of $tea$" in pages[0].extract_text()
