"""The pages that a browser keeps: whole, in reach, light, and never needed; every form works without them."""

import hashlib
import re

import pytest
from playwright.sync_api import expect
from tests.e2e.looking import findings, findings_in_every_look, served_by_the_worker
from tests.e2e.test_offline import HELD
from tests.patience import eventually

from afterglow.companion.queries.shells import SHELLS, files
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.vault.media.documents import Media
from afterglow.vault.media.queries import read_media

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = {"viewport": {"width": 320, "height": 640}}
KEEP_SOUND = """async ([module, bytes]) => {
  const outbox = await import(module);
  const sound = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 4096) sound.fill(at % 251, at, at + 4096);
  const head = new DataView(sound.buffer);
  const text = (at, words) => sound.set(new TextEncoder().encode(words), at);
  text(0, "RIFF"); head.setUint32(4, bytes - 8, true); text(8, "WAVEfmt "); head.setUint32(16, 16, true);
  head.setUint16(20, 1, true); head.setUint16(22, 1, true); head.setUint32(24, 8000, true); head.setUint32(28, 16000, true);
  head.setUint16(32, 2, true); head.setUint16(34, 16, true); text(36, "data"); head.setUint32(40, bytes - 44, true);
  await outbox.keep("entry", [["text", "hummed"]], { media: [{ blob: new Blob([sound]), type: "audio/wav" }] });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", sound));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""


def test_kept_pages_have_no_finding_and_their_button_is_in_reach(new_page, sign_in):
    page = new_page(**SMALL)
    sign_in(page)
    page.goto("/today/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    found = []
    for shell in SHELLS:
        page.goto(f"/offline/{shell.name}/")
        expect(page.locator("h1")).to_be_visible()
        # The page for the middle of a sitting is black whatever was chosen.
        found += findings(page) if shell.name == "now" else findings_in_every_look(page)
        found += covered(page)
    page.goto("/waiting-to-send/")
    assert found + findings_in_every_look(page) == []


def covered(page):
    """A main button that cannot be scrolled out from behind the bar."""
    if not page.locator(".bar").count():
        return []  # The page for the middle of a sitting has none.
    for button in page.locator("main .button.main:visible").all():
        button.scroll_into_view_if_needed()
        button.focus()
        place, bar = button.bounding_box(), page.locator(".bar").bounding_box()
        if place["y"] + place["height"] > bar["y"]:
            return [f"{page.url}: the bar covers the main button"]
    return []


def test_the_worker_names_every_file_that_its_pages_load(new_page, sign_in):
    page = new_page()
    sign_in(page)
    loaded = set()
    page.on("request", lambda request: loaded.add(request.url))
    for shell in SHELLS:
        page.goto(f"/offline/{shell.name}/", wait_until="networkidle")
    names = {url.split("/static/")[1].split("/", 1)[1] for url in loaded if "/static/" in url}
    assert {name for name in names if not name.endswith(".png")} <= set(files())


@pytest.mark.parametrize("blocked", ["**/*.js", "**/ui/outbox.js", "**/*.css", "**/sw.js"])
def test_with_a_file_blocked_a_check_in_and_words_still_arrive(new_page, sign_in, blocked):
    page = new_page()
    vault = sign_in(page)
    page.context.route(blocked, lambda route: route.abort())
    page.goto("/today/")
    page.get_by_role("button", name="In between").click()
    expect(page).to_have_url(re.compile("/check-in/|/feelings/|/measures/"))
    page.goto("/write/")
    page.locator("main [name=text]").fill("Still here.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("main")).to_contain_text("Still here.")
    vault._opened.refresh()
    assert (len(vault.all(CheckIn)), len(vault.all(Entry))) == (1, 1)


def test_without_scripts_a_check_in_arrives_and_the_page_of_what_waits_says_what_it_needs(
    new_page, sign_in
):
    page = new_page(java_script_enabled=False)
    vault = sign_in(page)
    page.goto("/today/")
    page.get_by_role("button", name="In between").click()
    vault._opened.refresh()
    assert [stored.document.level for stored in vault.all(CheckIn)] == [5]
    page.goto("/waiting-to-send/")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()


def test_a_phone_may_put_it_on_its_screen(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.goto("/today/")
    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = page.request.get(address).json()
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        size = page.evaluate(
            "async (src) => { const i = new Image(); i.src = src; await i.decode(); return `${i.width}x${i.height}`; }",
            icon["src"],
        )
        assert size == icon["sizes"]
    worker = page.request.get("/sw.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.headers["service-worker-allowed"] == "/"


@pytest.mark.parametrize("mebibytes", [2, 10, 25])
def test_a_recording_kept_without_connection_arrives_byte_for_byte(
    new_page, sign_in, settings, mebibytes
):
    page = new_page()
    vault = sign_in(page)
    page.goto("/write/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    module = f"{settings.STATIC_URL}ui/outbox.js"
    digest = page.evaluate(KEEP_SOUND, [module, mebibytes * 1024 * 1024 + 18])
    assert len(page.evaluate(HELD)) == 1
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    vault._opened.refresh()
    (entry,) = vault.all(Entry)
    assert hashlib.sha256(read_media(vault, entry.document.media[0])).hexdigest() == digest
    assert len(vault.all(Media)) == 1


def test_a_poem_music_and_a_movement_kept_without_connection_arrive_as_what_they_are(
    new_page, sign_in
):
    page = new_page()
    vault = sign_in(page)
    page.goto("/capture/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    for way, typed in (
        ("A poem", {"Title": "Tide", "The poem": "one line\n  and one more"}),
        ("Music", {"What I listened to": "Spiegel im Spiegel", "By whom": "Pärt"}),
        ("A dance or movement", {"One line about it": "slow", "About how many minutes": "7"}),
    ):
        page.goto("/capture/")
        page.get_by_role("link", name=way).click()
        for label, words in typed.items():
            page.get_by_label(label, exact=True).fill(words)
        page.get_by_role("button", name="Keep this").click()
        expect(page.locator("[data-outbox-said=kept]")).to_be_visible()
    assert sorted(item["kind"] for item in page.evaluate(HELD)) == ["movement", "music", "poem"]
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    vault._opened.refresh()
    kept = {stored.document.kind_of: stored.document for stored in vault.all(Entry)}
    assert (kept["poem"].title, kept["poem"].text) == ("Tide", "one line\n  and one more")
    assert (kept["music"].listened.title, kept["music"].listened.artist) == (
        "Spiegel im Spiegel",
        "Pärt",
    )
    assert (kept["movement"].text, kept["movement"].lasted_seconds) == ("slow", 420)


def test_over_https_at_its_home_name_words_wait_and_arrive(https_house):
    page = https_house.new_page()
    vault = https_house.sign_in(page)
    page.goto("/write/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    page.goto("/write/")
    page.locator("main [name=text]").fill("Away from home.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("[data-outbox-said]")).to_be_visible()
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    vault._opened.refresh()
    assert [stored.document.text for stored in vault.all(Entry)] == ["Away from home."]
