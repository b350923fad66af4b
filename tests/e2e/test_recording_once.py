"""A recording is kept whole and once, whatever happens between *Done* and the vault; and its page says what is true."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import served_by_the_worker
from tests.patience import eventually

from afterglow.journal.documents import Entry
from afterglow.journal.queries import making
from afterglow.vault import outbox
from afterglow.vault.media import services as media
from afterglow.vault.models import OutboxItem, Upload

pytestmark = pytest.mark.django_db(transaction=True)
STORE = """const script = document.querySelector('script[src*="ui/app.js"]').src;
  const [store, slices] = await Promise.all(['store.js', 'slices.js'].map((name) => import(script.replace('app.js', name))));"""
LEFT = f"(async () => {{ {STORE} return [await store.count('recordings'), await store.count('slices')]; }})()"
ITEMS = f"(async () => {{ {STORE} return (await store.all('items')).map((item) => item.pieces.length); }})()"
SEAL_TWICE = f"(async () => {{ {STORE} await Promise.all([slices.sealRecordings(), slices.sealRecordings()]); }})()"
SLOW_TO_ASK = """window.asked = 0;
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (what) => {
  window.asked += 1;
  await new Promise((done) => setTimeout(done, 500));
  return ask(what);
};"""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def page(speaking_page):
    return speaking_page


@pytest.fixture
def vault(page, sign_in):
    return sign_in(page)


def entries(vault):
    vault._opened.refresh()
    return [stored.document for stored in vault.all(Entry)]


def speak(page, said="Recorded"):
    page.get_by_role("button", name="Start speaking").click()
    page.get_by_text("Recording.").wait_for()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Done").click()
    page.get_by_text(said).wait_for()


def slices_are_here(page):
    eventually(lambda: page.evaluate(LEFT)[1])


def lock(page):
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/open/**")
    eventually(lambda: page.evaluate(LEFT) == [0, 0])


def opened_again(page, sign_in, vault):
    """What waited behind the door is opened, as at an unlock."""
    vault = sign_in(page, vault.keys)
    outbox.open_all(vault)
    return vault


def test_what_is_kept_without_a_connection_holds_the_recording_itself(page, vault):
    page.goto("/today/")
    served_by_the_worker(page)
    page.goto("/capture/voice/")
    speak(page, "Recorded, and sealed on your computer")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    assert page.evaluate(ITEMS) == [1]
    # Whatever had been streamed is gone by the time that the phone is back.
    for upload in Upload.objects.all():
        media.drop_upload(vault, upload.id)
    page.context.set_offline(False)
    page.goto("/today/")
    (entry,) = eventually(lambda: entries(vault))
    (shown,) = making.shown(vault, entry)
    assert shown.media.length > 500


def test_of_a_recording_that_was_kept_nothing_is_offered_again(page, vault):
    page.goto("/capture/voice/")
    speak(page)
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept on your computer.").wait_for()
    assert len(entries(vault)) == 1
    assert Upload.objects.count() == 0
    assert page.evaluate(LEFT) == [0, 0]


def test_two_recordings_from_one_page_are_two(page, vault):
    page.goto("/today/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    page.goto("/capture/voice/")
    for words in ("the first", "the second"):
        speak(page)
        page.get_by_label("What was it about?").fill(words)
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_label("What was it about?")).to_have_value("")
    page.context.set_offline(False)
    page.goto("/today/")
    eventually(lambda: len(entries(vault)) == 2)
    assert {entry.text for entry in entries(vault)} == {"the first", "the second"}
    assert len({entry.media for entry in entries(vault)}) == 2


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "the answer is lost"])
def test_a_voice_note_at_home_is_there_once_after_the_next_lock(page, vault, sign_in, lost):
    page.goto("/session/")
    page.get_by_role("button", name="I am there").click()
    page.wait_for_url("**/session/now/**")
    page.get_by_role("button", name="I am home and settled").click()
    page.wait_for_url("**/session/home/check-in/")
    page.goto("/session/home/voice/")
    if lost:
        page.route("**/session/home/voice/", taken_and_not_answered)
    speak(page)
    slices_are_here(page)
    if lost:
        page.evaluate("document.querySelector('main form').requestSubmit()")
        eventually(lambda: entries(vault))
        page.close(run_before_unload=False)
        page = page.context.new_page()
    else:
        page.get_by_role("button", name="Keep this").click()
        page.wait_for_url("**/session/home/words/**")
        eventually(lambda: page.evaluate(LEFT) == [0, 0])
    page.goto("/today/")
    lock(page)
    eventually(lambda: OutboxItem.objects.filter(part_of=None, state="waits").count() == lost)
    vault = opened_again(page, sign_in, vault)
    assert [len(entry.media) for entry in entries(vault)] == [1]


def taken_and_not_answered(route):
    route.fetch()
    route.abort()


def broken_off(page):
    page.goto("/capture/voice/")
    speak(page)
    slices_are_here(page)
    page.close(run_before_unload=False)


def test_a_recording_that_broke_off_is_sealed_by_one_tab_only(page, vault):
    context = page.context
    broken_off(page)
    again = context.new_page()
    again.goto("/today/")
    again.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    again.evaluate(SEAL_TWICE)
    assert again.evaluate(ITEMS) == [1]
    context.set_offline(False)
    again.goto("/today/")
    eventually(lambda: len(entries(vault)) == 1)
    assert making.unfinished(vault) == []


def test_a_recording_that_broke_off_and_is_kept_from_two_tabs_is_one_entry(page, vault):
    context = page.context
    broken_off(page)
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto("/capture/voice/")
        tab.get_by_role("button", name="Keep it").click()
        tab.get_by_text("Recorded, and sealed on your computer").wait_for()
    for tab in tabs:
        tab.get_by_role("button", name="Keep this").click()
        tab.wait_for_url("**/entries/**")
    assert len(entries(vault)) == 1
    assert making.unfinished(vault) == []


def test_a_second_tap_while_the_browser_asks_for_the_microphone_begins_nothing(page, vault):
    page.add_init_script(SLOW_TO_ASK)
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").dblclick()
    page.get_by_text("Recording.").wait_for()
    assert page.evaluate("window.asked") == 1


def test_the_clock_is_right_in_a_page_out_of_sight_and_is_never_read_out(page, vault):
    page.clock.install()
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    said, clock = page.locator("[data-state][role=status]"), page.locator("[data-clock]")
    expect(said).to_have_text("Recording.")
    # As in a page out of sight: ten minutes go by, and it ticks once.
    page.clock.fast_forward("10:00")
    expect(clock).to_have_text(re.compile(r"10:\d\d"))
    expect(said).to_have_text("Recording.")
    assert clock.evaluate("(each) => each.closest('[role=status], [aria-live]') === null")
    page.get_by_role("button", name="Pause").click()
    page.clock.fast_forward("10:00")
    page.get_by_role("button", name="Go on").click()
    page.clock.fast_forward("19:10")
    expect(said).to_contain_text("It ends by itself within a minute.")
    expect(clock).to_have_text(re.compile(r"29:\d\d"))
    page.clock.fast_forward("01:00")
    page.get_by_text("Recorded, and sealed on your computer").wait_for()
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept on your computer.").wait_for()
    (entry,) = entries(vault)
    assert 30 * 60 <= entry.lasted_seconds <= 31 * 60
