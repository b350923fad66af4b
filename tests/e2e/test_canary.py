"""What is typed in a whole evening is not in the clear afterwards: on the disk, in a log, a mail or the browser's profile.

Leaves out the word searched for in the profile, where it does stay, and pages shown again with an error.
"""

import logging
import os
import tempfile
import time
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from playwright.sync_api import expect
from tests import browser as chromium
from tests.canaries import Canaries, files_in
from tests.conftest import PASSPHRASE
from tests.e2e.conftest import QUIET

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {
    "goal": ("text", "tiny", "place"),
    "why": ("why",),
    "insight": ("insight",),
    "person": ("name", "role", "phone", "helps"),
}
CAME_UP = ("images", "feelings", "body_felt", "messages", "people", "hard", "notes")


@pytest.fixture
def logged(caplog):
    """Everything logged. Django's own logger does not hand on, so it gets the same ear."""
    django = logging.getLogger("django")
    django.addHandler(caplog.handler)
    yield caplog
    django.removeHandler(caplog.handler)


@pytest.fixture
def evening(browser, live_server, tmp_path):
    """Walk through an evening in a browser with a profile of its own, then lock and close it."""

    def walk(canaries):
        profile = tmp_path / "profile"
        context = browser.browser_type.launch_persistent_context(
            profile,
            executable_path=chromium.path(),
            args=[*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET,
            viewport={"width": 360, "height": 740},
            base_url=live_server.url,
        )
        page = context.pages[0]
        page.set_default_timeout(15_000)
        for part in (begin, write, check_in, plan, sitting, search, leave_a_draft, lock):
            part(page, canaries)
        context.close()
        return profile

    return walk


def begin(page, canaries):
    page.goto("/begin/")
    page.get_by_label("Your passphrase").fill(f"{PASSPHRASE} {canaries.word('passphrase')}")
    page.get_by_label("I have written it down").check()
    page.get_by_role("button", name="Open my vault").click()
    expect(page.get_by_role("link", name="I just came home")).to_be_visible()


def fill(page, canaries, form, names):
    page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true")
    for name in names:
        page.locator(f"main [name={name}]").fill(canaries.word(f"{form}.{name}"))


def keep(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Keep this").first.click()


def write(page, canaries):
    page.goto("/write/")
    fill(page, canaries, "entry", ("text", "tags"))
    keep(page)
    expect(page.locator("main")).to_contain_text(canaries.word("entry.text"))


def check_in(page, canaries):
    page.goto("/today/")
    page.get_by_role("button", name="In between").click()
    fill(page, canaries, "check-in", ("words",))
    keep(page)


def plan(page, canaries):
    for kind, names in PARTS.items():
        page.goto(f"/plan/{kind}/add/")
        fill(page, canaries, kind, names)
        keep(page)
    page.goto("/plan/")
    expect(page.locator("main")).to_contain_text(canaries.word("insight.insight"))


def sitting(page, canaries):
    page.goto("/sittings/plan/?when=tomorrow")
    fill(page, canaries, "sitting", ("place", "who", "series"))
    keep(page)
    kept = page.url.split("?")[0]
    page.goto(f"{kept}before/")
    fill(page, canaries, "before", ("intention", "lift_home"))
    keep(page)
    page.goto(f"{kept}after/")
    fill(page, canaries, "after", (*CAME_UP, "other_effects"))
    keep(page)
    expect(page.locator("main")).to_contain_text(canaries.word("after.images"))


def search(page, canaries):
    page.goto("/entries/search/")
    fill(page, canaries, "search", ("words",))
    page.get_by_role("button", name="Look").click()
    expect(page.locator("main")).to_contain_text("No entry has all these words")


def leave_a_draft(page, canaries):
    page.goto("/write/")
    with page.expect_response("**/draft/") as reply:
        fill(page, canaries, "draft", ("text",))
    assert reply.value.ok
    page.goto("/today/")


def lock(page, canaries):
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_label("Passphrase")).to_be_visible()


def database_files():
    name = connection.settings_dict["NAME"]
    return [path for end in ("", "-wal", "-shm") if (path := Path(f"{name}{end}")).exists()]


def record_bytes(record):
    """A record with its arguments and its trace, which is more than any log shows."""
    return f"{record.getMessage()} {record.__dict__!r} {record.exc_text}".encode()


def test_no_word_of_an_evening_is_left_in_files_logs_or_mail(evening, settings, logged):
    logged.set_level(logging.DEBUG, logger="django")
    canaries, start = Canaries(), time.time() - 1
    profile = evening(canaries)
    temporary = files_in(Path(tempfile.gettempdir()), since=start)
    places = {
        "database": database_files(),
        "home": files_in(settings.ENVIRONMENT.home),
        "temporary files": [path for path in temporary if profile not in path.parents],
    }
    found = {name: canaries.found_in_files(paths) for name, paths in places.items()}
    found["log"] = canaries.found_in(b"\n".join(map(record_bytes, logged.records)))
    found["mail"] = canaries.found_in(b"\n".join(each.message().as_bytes() for each in mail.outbox))
    assert len(canaries.words) == 28
    assert logged.records
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_word_but_the_one_searched_for_is_left_in_the_browser_profile(evening):
    canaries = Canaries()
    profile = evening(canaries)
    files = list(files_in(profile))
    assert any("Sessions" in path.parts for path in files)
    found = set().union(*canaries.found_in_files(files).values())
    # A search is answered without a redirect, and Chromium keeps the posted fields of such a page
    # in its session file. This is a known leak, not a wanted one.
    assert found - {"search.words"} == set()


def test_the_same_evening_without_sealing_is_found_in_the_database(evening, settings):
    settings.SEALING = False
    canaries = Canaries()
    evening(canaries)
    typed = set(canaries.words) - {"passphrase"}
    found = set().union(*canaries.found_in_files(database_files()).values())
    assert len(found & typed) / len(typed) > 0.95, sorted(typed - found)
