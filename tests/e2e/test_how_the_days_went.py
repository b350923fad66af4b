"""How the days went, on a phone: pictures in three looks, looking ahead switched on, an experiment begun and stopped."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings_in_every_look, opened
from tests.insights.lives import this_day

from afterglow.insights.documents import Experiment
from afterglow.insights.queries import experiments
from afterglow.insights.services.experiments import begin_experiment, stop_experiment
from afterglow.transfer.demo import put_person

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST_TEXT_PX = 13
BLOCKS = (True, False, False, True, True, False, True, False, False, True, False, True)
TEXT_SIZES = """() => [...document.querySelectorAll('svg.days text')].map(
  (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""


def the_demo_person(vault, today):
    """With no experiment open, so that one can be begun."""
    put_person(vault, today)
    for stored in experiments.experiments(vault):
        stop_experiment(vault=vault, experiment=stored.id, on=today)


def a_course(vault, today):
    """The demo person, with one experiment that has ended and one that is running."""
    the_demo_person(vault, today)
    ended = Experiment(
        name="No phone in the first hour",
        first_day=today - timedelta(days=90),
        block_days=7,
        weeks=12,
        seed=4,
        blocks=BLOCKS,
    )
    return vault.put(ended), begin_experiment(
        vault=vault,
        name="Ten minutes by the water",
        first_day=today - timedelta(days=2),
        block_days=7,
        weeks=12,
        today=today,
    )


def shown(page, paths):
    found = []
    for path in opened(page, paths):
        small = [size for size in page.evaluate(TEXT_SIZES) if size < SMALLEST_TEXT_PX - 0.05]
        found += [f"{path}: text of {size:.1f} px" for size in small[:1]]
        found += findings_in_every_look(page)
    return found


def test_every_picture_is_legible_and_accessible_in_every_look(new_page, sign_in, settings):
    settings.AFTER_CHANGE = []
    page = new_page(viewport={"width": 320, "height": 640})
    vault = sign_in(page)
    ended, running = a_course(vault, this_day())
    page.goto("/lift/ahead/")
    page.get_by_role("button", name="Switch it on").click()
    paths = [
        "/lift/",
        "/lift/ahead/",
        "/lift/better-days/",
        "/experiments/",
        f"/experiments/{ended.id}/",
        f"/experiments/{running.id}/",
        f"/experiments/{running.id}/stop/",
    ]
    assert shown(page, paths) == []
    page.set_viewport_size({"width": 1024, "height": 768})
    assert shown(page, paths[:2]) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_looking_back_to_an_experiment_and_out_of_it_again(
    new_page, sign_in, settings, scripts
):
    settings.AFTER_CHANGE = []
    page = new_page(java_script_enabled=scripts)
    vault = sign_in(page)
    the_demo_person(vault, this_day())
    page.goto("/back/")
    page.get_by_role("link", name="How the days went after each sitting").click()
    expect(page.locator("main")).to_contain_text("lower now than before your first sitting")
    expect(page.locator("main svg.days").first).to_be_visible()
    page.get_by_role("link", name="Looking ahead").click()
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator("main")).to_contain_text("Eight in ten lie between")
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("button", name="Switch it on")).to_be_visible()
    page.goto("/experiments/")
    page.get_by_role("link", name="Set one up").click()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("Say in a few words")
    page.get_by_label("Or something else, in your words").fill("Ten minutes by the water")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("four times in five")
    page.get_by_role("button", name="Change something").click()
    expect(page.get_by_label("Or something else, in your words")).to_have_value(
        "Ten minutes by the water"
    )
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Draw the lots and begin").click()
    expect(page.locator("h1")).to_contain_text("Ten minutes by the water")
    page.get_by_role("link", name="Stop this experiment").click()
    page.get_by_role("button", name="Stop it").click()
    expect(page.locator("main")).to_contain_text("That is fine")
    assert experiments.open_experiment(vault, this_day()) is None


def test_on_paper_the_tables_are_printed_without_being_opened(new_page, sign_in, settings):
    settings.AFTER_CHANGE = []
    page = new_page()
    put_person(sign_in(page), this_day())
    page.goto("/lift/")
    table = page.locator("details table").first
    assert table.bounding_box()["height"] == 0
    page.emulate_media(media="print")
    assert table.bounding_box()["height"] > 100
