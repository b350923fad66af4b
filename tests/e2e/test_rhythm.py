"""Days lived in a browser at a phone's width, with a clock that stands where it is set."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings, findings_in_every_look, wear

from afterglow.accounts.services import keep_preferences
from afterglow.measures.documents import CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import Goal, Person, Why
from afterglow.plans.queries import rhythm

pytestmark = pytest.mark.django_db(transaction=True)
BERLIN = ZoneInfo("Europe/Berlin")
SITTING = date(2026, 3, 26)  # The clocks go forward three nights later.


class Life:
    """One person and their phone; every day begins with opening the vault again."""

    def __init__(self, page, sign_in, calendar, look):
        self.page, self.sign_in, self.calendar, self.look = page, sign_in, calendar, look
        self.vault = None
        self.on(0)

    def on(self, day, clock="19:30"):
        """The day, counted from the sitting, at a wall clock in Berlin; Today is opened."""
        hour, minute = map(int, clock.split(":"))
        calendar_day = SITTING + timedelta(days=day)
        self.now = datetime(
            calendar_day.year, calendar_day.month, calendar_day.day, hour, minute, tzinfo=BERLIN
        )
        self.calendar(self.now)
        keys = self.vault.keys if self.vault else None
        self.vault = self.sign_in(self.page, keys)
        return self

    def today(self):
        self.page.goto("/today/")
        return self

    def sat(self, day=0, **fields):
        fields = {"done": True, "felt": "good", "zone": "Europe/Berlin", "clock": "11:00"} | fields
        return self.vault.put(Sitting(day=SITTING + timedelta(days=day), **fields)).id

    def tap(self, role, name):
        """And wait until what the tap sent has led somewhere."""
        part = self.page.get_by_role(role, name=name, exact=True).first
        sends = part.evaluate("part => Boolean(part.closest('form[data-outbox]'))")
        if not sends:
            return part.click()
        with self.page.expect_navigation():
            return part.click()

    def sees(self, words):
        expect(self.page.get_by_text(words).first).to_be_visible()

    def misses(self, words):
        expect(self.page.get_by_text(words)).to_have_count(0)

    def looks_well_in_all_three(self):
        assert findings_in_every_look(self.page) == []


@pytest.fixture
def life(new_page, sign_in, calendar, settings, live_server):
    page = new_page(timezone_id="Europe/Berlin")
    calendar(datetime(2026, 3, 26, 19, 30, tzinfo=BERLIN))
    page.goto("/know/")  # The page tells the zone; from now on days are Berlin's.
    return Life(page, sign_in, calendar, lambda look: wear(page, look, settings, live_server))


def test_a_first_fortnight_lived_day_by_day(life):
    page = life.page
    life.on(-1)
    life.sat(done=False, felt="")
    life.today()
    life.sees("Your sitting is tomorrow.")
    life.looks_well_in_all_three()

    life.on(0, "17:00").today()
    life.sees("Your sitting is today.")
    life.tap("button", "It took place")
    life.on(0, "20:00").today()
    life.sees("Rest is enough. No driving")
    life.misses("One question")
    life.misses("Small things")
    life.looks_well_in_all_three()

    life.on(1).today()
    life.sees("How was the sitting?")
    life.misses("One question")
    life.tap("button", "Good")
    life.today()
    life.sees("Day 1")
    life.sees("In the first two days, telling is enough.")
    life.sees("a check-in with yourself")
    life.looks_well_in_all_three()

    seen = []
    for day in range(2, 15):
        life.on(day).today()
        life.sees(f"Day {day}")
        expect(page.get_by_role("heading", name="One question")).to_be_visible()
        seen.append(page.locator(".card strong").first.inner_text())
        assert page.locator(".thing").count() <= (3 if day <= 4 else 2)
        if day == 3:
            life.sees("These days are for noticing.")
            life.looks_well_in_all_three()
        life.tap("button", "Fairly good")
        life.today()
        page.locator(".thing .yes").first.click()
        life.sees("Did it help?")
        life.tap("button", "It helped")
    assert len(set(seen)) >= 10
    life.looks_well_in_all_three()

    life.on(15).today()
    life.sees("A question for this week")
    assert len(plans.wins(life.vault)) == 13


def test_the_daily_flow_takes_at_most_four_taps(life):
    life.sat()
    life.vault.put(Goal(text="Walk to the pier", day=SITTING + timedelta(days=6)))
    life.on(6).today()
    taps = [("button", "In between"), ("link", "Not now"), ("button", "Done: Walk to the pier")]
    taps += [("button", "That is enough for today")]
    for role, name in taps:
        life.tap(role, name)
    assert len(taps) <= 4
    life.sees("Enough")
    assert [tap.document.level for tap in life.vault.heads(CheckIn)] == [5]
    assert len(plans.wins(life.vault)) == 1
    life.looks_well_in_all_three()


def test_the_first_screen_shows_where_i_am_the_check_in_and_the_question(life):
    life.sat()
    life.on(6).today()
    bar = life.page.locator("nav.bar").bounding_box()["y"]
    for place in (
        life.page.get_by_role("heading", name="Day 6"),
        life.page.get_by_role("button", name="Good", exact=True),
        life.page.locator(".card strong").first,
    ):
        box = place.bounding_box()
        assert box["y"] + box["height"] < bar


def test_a_low_energy_day(life):
    life.sat()
    life.vault.put(Goal(text="Walk to the pier", day=SITTING + timedelta(days=6)))
    keep_preferences(vault=life.vault, low_energy=True)
    life.on(6).today()
    life.sees("One question")
    life.misses("Small things")
    life.misses("Walk to the pier")
    life.looks_well_in_all_three()


@pytest.mark.parametrize("away", [7, 31])
def test_a_missed_week_and_a_missed_month(life, away):
    life.sat()
    for text in ("Paint the shed", "Call Ines", "Sort the photos"):
        life.vault.put(Goal(text=text, day=SITTING + timedelta(days=3)))
    life.on(3).today()
    life.tap("button", "Low")
    life.on(3 + away).today()
    life.sees("Welcome back")
    assert life.page.locator(".thing").count() <= 2
    assert life.page.get_by_text("Does this still fit?").count() <= 1
    life.misses("missed")
    life.looks_well_in_all_three()


def test_a_bad_session(life):
    life.sat(felt="")
    life.vault.put(Person(name="Ines", phone="0151 234"))
    life.on(0, "21:00").today()
    life.tap("button", "Hard")
    life.sees("That was hard. You are here now.")
    life.sees("Whom to tell")
    life.sees("Something was done to me")
    life.looks_well_in_all_three()
    life.tap("link", "Something was done to me")
    assert findings(life.page) == []
    for day in (0, 1, 2):
        life.on(day, "22:00").today()
        life.sees("Today may be small")
        life.sees("Ines")
        life.misses("One question")
    life.looks_well_in_all_three()
    life.on(3).today()
    life.misses("One question")
    life.tap("button", "I would like a question again")
    life.sees("One question")


def test_nothing_much(life):
    life.sat(felt="")
    life.on(1).today()
    life.tap("button", "Nothing much")
    for day in (1, 3, 8):
        life.on(day).today()
        words = life.page.locator("main").inner_text().lower()
        assert not re.search(r"\b(lift|day \d|first days|came up|image)", words)
        assert life.page.locator(".horizon").count() == 0
        life.sees("One question")
    life.looks_well_in_all_three()


def test_pause_finish_and_day_120(life):
    life.sat()
    life.on(8)
    life.page.goto("/pace/")
    life.tap("button", "Pause")
    life.sees("Afterglow is paused")
    life.misses("One question")
    life.looks_well_in_all_three()
    life.on(40).today()
    life.tap("link", "Take it up again")
    life.tap("button", "Take it up again")
    life.sees("A question for this month")
    life.page.goto("/pace/")
    life.tap("button", "I have finished for now")
    for day in (41, 120):
        life.on(day).today()
        life.sees("This is a quiet journal, and nothing is asked.")
        life.misses("question")
        life.misses("Small things")
        life.misses("since your sitting")
    life.looks_well_in_all_three()


def test_a_very_low_day(life):
    life.sat()
    life.vault.put(Why(why="To sing in the kitchen again"))
    life.vault.put(Goal(text="Walk to the pier", day=SITTING + timedelta(days=6)))
    life.vault.put(Person(name="Ines", phone="0151 234"))
    life.on(6).today()
    life.tap("button", "Very low")
    life.today()
    life.sees("Today may be small")
    life.sees("Ines")
    for words in ("Walk to the pier", "One question", "why you began", "PHQ-9", "Small things"):
        life.misses(words)
    life.looks_well_in_all_three()


def test_a_programme_joined_in_the_middle_paused_and_left(life):
    life.sat()
    life.on(5)
    life.page.goto("/programmes/")
    life.looks_well_in_all_three()
    life.tap("link", "The first fortnight")
    life.tap("button", "Join at day 5")
    life.sees("You are at day 5.")
    life.looks_well_in_all_three()
    life.today()
    life.sees("Today's part of “The first fortnight”.")
    life.on(6)
    life.page.goto("/programmes/first-fortnight/")
    life.sees("You are at day 6.")
    life.tap("button", "Pause it")
    life.on(9)
    life.page.goto("/programmes/first-fortnight/")
    life.tap("button", "Go on from here")
    life.sees("You are at day 6.")
    life.tap("button", "Leave it")
    assert rhythm.programme_now(life.vault) is None


@pytest.mark.parametrize(
    "path",
    [
        "/practices/",
        "/practice/nature-one-tree/",
        "/suits/",
        "/today/check/1w/",
        "/today/why/",
        "/today/checks/",
        "/sittings/hand-over/",
    ],
)
def test_the_pages_around_today_look_well(life, path):
    life.page.goto(path)
    life.looks_well_in_all_three()


def test_today_works_without_javascript_and_by_keyboard(new_page, sign_in, calendar):
    page = new_page(java_script_enabled=False)
    calendar(datetime(2026, 4, 1, 19, 30, tzinfo=ZoneInfo("UTC")))
    vault = sign_in(page)
    vault.put(Sitting(day=SITTING, done=True, felt="good"))
    page.goto("/today/")
    page.get_by_role("button", name="In between").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/today/")
    page.locator(".thing .yes").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Did it help?")).to_be_visible()
