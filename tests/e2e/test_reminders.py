"""Reminders in a browser: switched on and off by taps, the worker runs under the page's strict policy, no finding of axe."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings

from afterglow.reminders.models import Channel, Due

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_calendar_is_switched_on_read_and_stopped(new_page, sign_in, scripts):
    page = new_page(java_script_enabled=scripts)
    sign_in(page)
    page.goto("/settings/")
    page.get_by_role("link", name="Times, ways").click()
    page.get_by_label("How often").select_option("daily")
    page.get_by_label("A time", exact=True).fill("10:00")
    page.get_by_role("button", name="Keep these").click()
    page.get_by_role("link", name="In your calendar").click()
    page.get_by_role("button", name="Switch on the calendar").click()
    address = page.locator(".code").inner_text()
    path = re.sub(r"^https?://[^/]+", "", address)
    assert page.request.get(path).text().count("BEGIN:VEVENT") >= 13
    if scripts:
        assert findings(page) == []
    page.get_by_role("link", name="All about reminders").click()
    page.get_by_role("button", name="Stop all reminders").click()
    expect(page.get_by_role("button", name="Stop all reminders")).to_be_hidden()
    assert page.request.get(path).status == 404
    assert (Channel.objects.count(), Due.objects.count()) == (0, 0)


def test_the_worker_is_taken_by_the_browser_and_nothing_asks_for_push_by_itself(new_page, sign_in):
    page = new_page()
    sign_in(page)
    troubles = []
    page.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" else None,
    )
    page.goto("/settings/reminders/push/")
    expect(page.get_by_role("button", name="Switch on for this device")).to_be_visible()
    worker = "navigator.serviceWorker.ready.then((r) => r"
    assert page.evaluate(f"{worker}.scope)").endswith("/")
    assert page.evaluate(f"{worker}.pushManager.getSubscription())") is None
    assert troubles == []


def test_without_scripts_the_push_page_says_what_it_needs(new_page, sign_in):
    page = new_page(java_script_enabled=False)
    sign_in(page)
    page.goto("/settings/reminders/push/")
    expect(page.locator("main")).to_contain_text("needs JavaScript")
    expect(page.get_by_role("button", name="Switch on for this device")).to_be_hidden()
