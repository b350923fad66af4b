"""A care partner's browser keeps no word of the other person: not of what was granted, and not of anything else."""

import os
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests import browser as chromium
from tests.canaries import files_in, layers
from tests.conftest import new_person, open_client
from tests.e2e.conftest import QUIET, give_open_door
from tests.sharing import lives
from tests.sharing.cast import befriend, give

pytestmark = pytest.mark.django_db(transaction=True)
WORD = re.compile(rb"canary(\w+?)yranac")
PAGES = ("partner:people", "sharing:helpers", "companion:today", "journal:entries", "plans:plan")


def words_in(content):
    """The names of all words of the life in these bytes, packed or not, in either of a browser's two writings."""
    return {
        name.decode()
        for layer in layers(content)
        for text in (layer, layer.replace(b"\x00", b""))
        for name in WORD.findall(text)
    }


def words_in_files(folder):
    found = {path.name: words_in(path.read_bytes()) for path in files_in(folder)}
    return {name: words for name, words in found.items() if words}


def test_a_partners_profile_holds_no_word_after_reading_all_that_was_granted(
    browser, live_server, tmp_path
):
    alice, bob_keys = open_client(new_person("alice")).vault, new_person("bob")
    bob = open_client(bob_keys).vault
    befriend(alice, bob)
    life = lives.live(alice)
    grant = give(alice, bob, **lives.terms_of("everything", life))
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=chromium.path(),
        args=[*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET,
        viewport={"width": 360, "height": 740},
        base_url=live_server.url,
    )
    page = context.pages[0]
    give_open_door(page, live_server.url, bob_keys)
    read = ""
    paths = [reverse(name) for name in PAGES]
    paths += [
        reverse("sharing:shared", args=[grant]),
        reverse("partner:person", args=[alice.owner]),
    ]
    for path in paths:
        page.goto(path)
        expect(page.locator("h1").first).to_be_visible()
        read += page.content()
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/open/**")
    context.close()
    # What was granted was on the screen; nothing of it stayed.
    assert words_in(read.encode())
    assert words_in(read.encode()) <= lives.EXPECTED["everything"]
    assert list(files_in(profile))
    assert words_in_files(profile) == {}
