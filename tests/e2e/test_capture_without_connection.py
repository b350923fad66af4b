"""Saying and drawing something where nothing can be reached, and a page that dies while it records."""

import contextlib

import pytest
from playwright.sync_api import Error, expect
from tests.e2e.conftest import MICROPHONE, give_open_door, how_to_start
from tests.patience import PATIENCE_MS, eventually

from afterglow.journal.documents import Entry
from afterglow.journal.queries import making
from afterglow.vault import outbox
from afterglow.vault.models import OutboxItem

pytestmark = pytest.mark.django_db(transaction=True)
DIES_AFTER_SECONDS = 9
LOST_SECONDS = 5


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def profile(browsers, live_server, tmp_path):
    """A browser with a microphone that beeps, whose profile outlives it."""
    running = []

    def start():
        how = how_to_start()
        context = browsers.launch_persistent_context(
            str(tmp_path / "profile"),
            **how | {"args": [*how["args"], *MICROPHONE]},
            viewport={"width": 360, "height": 740},
            base_url=live_server.url,
        )
        context.set_default_timeout(PATIENCE_MS)
        running.append(context)
        return context

    yield start
    for context in running:
        with contextlib.suppress(Error):
            context.close()


def entries(vault):
    vault._opened.refresh()
    return [stored.document for stored in vault.all(Entry)]


def record(page, milliseconds):
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_timeout(milliseconds)


def test_a_voice_note_and_a_drawing_without_a_connection_arrive_when_it_is_back(
    profile, live_server
):
    context = profile()
    page = context.new_page()
    vault = give_open_door(page, live_server.url, None)
    page.goto("/today/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.goto("/capture/voice/")
    record(page, 3_500)
    page.get_by_role("button", name="Done").click()
    page.get_by_text("It is on this page until you keep it").wait_for()
    page.get_by_label("What was it about?").fill("said in the dark")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    expect(page.get_by_role("button", name="Start speaking")).to_be_visible()
    page.goto("/capture/draw/")
    page.get_by_label("What is it?").fill("a door")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") >= 1
    context.set_offline(False)
    page.goto("/today/")
    eventually(lambda: len(entries(vault)) == 2)
    kept = {entry.kind_of: entry for entry in entries(vault)}
    assert kept["voice"].text == "said in the dark"
    assert making.shown(vault, kept["voice"])[0].media.length > 2_000
    assert kept["drawing"].described == "a door"


def test_a_page_that_dies_without_a_connection_loses_five_seconds_at_most(profile, live_server):
    context = profile()
    page = context.new_page()
    vault = give_open_door(page, live_server.url, None)
    context.route("**/media/**", lambda route: route.abort())
    page.goto("/capture/voice/")
    record(page, DIES_AFTER_SECONDS * 1_000)
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto("/capture/voice/")
    again.get_by_text("It is sealed in this browser").wait_for()
    again.get_by_role("button", name="Keep it").click()
    again.get_by_text("It is on this page until you keep it").wait_for()
    again.get_by_role("button", name="Keep this").click()
    again.wait_for_url("**/entries/**")
    (entry,) = entries(vault)
    assert entry.lasted_seconds >= DIES_AFTER_SECONDS - LOST_SECONDS
    assert making.shown(vault, entry)[0].media.length > 3_000
    again.goto("/capture/voice/")
    expect(again.get_by_role("button", name="Start speaking")).to_be_visible()
    expect(again.get_by_text("It is sealed in this browser")).to_be_hidden()


def test_what_broke_off_is_sealed_for_its_owner_at_the_lock(profile, live_server):
    page = profile().new_page()
    vault = give_open_door(page, live_server.url, None)
    page.context.route("**/media/**", lambda route: route.abort())
    page.goto("/capture/voice/")
    record(page, 4_500)
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto("/today/")
    again.get_by_role("button", name="Lock").click()
    again.wait_for_url("**/open/**")
    left = """(async () => { const store = await import(document.querySelector('script[src*="ui/app.js"]').src.replace('app.js', 'store.js'));
      return [await store.count('recordings'), await store.count('slices'), Boolean(await store.get('keys', 'recordings'))]; })()"""
    eventually(lambda: again.evaluate(left) == [0, 0, False])
    waiting = OutboxItem.objects.filter(part_of=None, state="waits")
    eventually(waiting.count)
    vault = give_open_door(again, live_server.url, vault.keys)
    assert outbox.open_all(vault) == 1
    assert [entry.kind_of for entry in entries(vault)] == ["voice"]
