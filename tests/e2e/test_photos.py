"""Several photos in one entry, as a person keeps them: on a phone, offline, by keyboard alone, and without scripts."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.e2e.looking import (
    MOST_SCRIPT_BYTES,
    findings,
    findings_in_every_look,
    script_bytes,
    served_by_the_worker,
)
from tests.e2e.test_offline import HELD
from tests.patience import eventually

from afterglow.journal.documents import Entry
from afterglow.vault import outbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def file(name, colour="#336699", *, size=(640, 480), kind="image/jpeg"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return {"name": name, "mimeType": kind, "buffer": out.getvalue()}


HEIC = {"name": "evening.heic", "mimeType": "", "buffer": b"\0\0\0\x18ftypheic" + bytes(60)}
THREE = [file("a.jpg"), file("b.jpg", "#aa4422"), file("c.jpg", "#22aa44")]


def only(vault):
    vault._opened.refresh()
    (stored,) = vault.all(Entry)
    return stored


def keep(page):
    page.get_by_role("button", name="Keep this").click()


def test_photos_are_chosen_described_left_out_and_kept_in_one_entry(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/capture/photo/")
    page.get_by_label("What is to be seen").fill("said before")
    page.get_by_label("Photos", exact=True).set_input_files(THREE[:2])
    expect(page.get_by_label("What is to be seen", exact=True)).to_be_hidden()
    expect(page.get_by_label("Photo 1: what is to be seen")).to_have_value("said before")
    # Chosen again, as from a camera that gives one at a time: those before stay.
    page.get_by_label("Photos", exact=True).set_input_files([THREE[2], HEIC])
    expect(page.get_by_role("alert")).to_contain_text("evening.heic")
    expect(page.get_by_role("alert")).to_contain_text("HEIC")
    expect(page.locator("[data-photos-state]")).to_have_text("3 photos are chosen.")
    assert page.locator(".chosen img").evaluate_all(
        "all => all.every(i => i.src.startsWith('blob:'))"
    )
    page.get_by_role("button", name="Leave photo 2 out").click()
    expect(page.get_by_label("Photos", exact=True)).to_be_focused()
    page.get_by_label("Photo 2: what is to be seen").fill("green all over")
    page.get_by_label("Words beside it").fill("the walk")
    assert findings(page) == []
    keep(page)
    expect(page.get_by_text("Kept on your computer.")).to_be_visible()
    entry = only(vault).document
    assert entry.text == "the walk"
    assert [each.words for each in entry.seen] == ["said before", "green all over"]
    assert page.locator("figure.picture img").evaluate_all(
        "all => all.map((each) => each.alt)"
    ) == ["said before", "green all over"]


def test_without_connection_several_are_sealed_and_arrive_in_one_entry(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/today/")
    served_by_the_worker(page)
    page.context.set_offline(True)
    page.goto("/capture/photo/")
    page.get_by_label("Photos", exact=True).set_input_files(THREE)
    page.get_by_label("Photo 3: what is to be seen").fill("the meadow")
    page.get_by_label("Words beside it").fill("far out")
    assert findings(page) == []
    keep(page)
    expect(page.locator("[data-outbox-said=kept]")).to_contain_text("sealed")
    expect(page.locator(".chosen li")).to_have_count(0)
    expect(page.get_by_label("What is to be seen", exact=True)).to_be_visible()
    assert len(page.evaluate(HELD)) == 1
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    entry = only(vault).document
    assert (len(entry.media), entry.text) == (3, "far out")
    assert [(each.media, each.words) for each in entry.seen] == [(entry.media[2], "the meadow")]


def test_what_the_browser_cannot_tell_is_refused_later_and_costs_no_other(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/capture/photo/")
    broken = {"name": "d.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + bytes(80)}
    page.get_by_label("Photos", exact=True).set_input_files([THREE[0], broken])
    page.get_by_label("Words beside it").fill("mine")
    keep(page)
    expect(page.get_by_text("Not every photo could be kept")).to_be_visible()
    assert findings(page) == []
    assert (len(only(vault).document.media), only(vault).document.text) == (1, "mine")
    assert outbox.to_look_at(vault) == []


def test_too_many_and_too_large_are_said_before_anything_is_sent(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.goto("/capture/photo/")
    many = [file(f"{n}.jpg", size=(40 + n, 30)) for n in range(14)]
    page.get_by_label("Photos", exact=True).set_input_files(many)
    expect(page.get_by_role("alert")).to_contain_text("up to 12 photos")
    expect(page.locator(".chosen li")).to_have_count(12)
    page.locator("[data-photos]").evaluate("(box) => { box.dataset.mostBytes = '9000'; }")
    page.get_by_role("button", name="Leave photo 12 out").click()
    page.get_by_label("Photos", exact=True).set_input_files([file("huge.jpg", size=(3000, 2000))])
    expect(page.get_by_role("alert")).to_contain_text("too large for one entry")
    expect(page.locator(".chosen li")).to_have_count(11)


def test_without_scripts_several_are_kept_described_added_and_taken_out(new_page, sign_in):
    page = new_page(java_script_enabled=False)
    vault = sign_in(page)
    page.goto("/capture/photo/")
    expect(page.get_by_text("Up to 12 at once")).to_be_visible()
    page.get_by_label("Photos", exact=True).set_input_files([THREE[0], HEIC, THREE[1]])
    page.get_by_label("Words beside it").fill("plain")
    keep(page)
    expect(page.get_by_text("Not every photo could be kept")).to_be_visible()
    page.get_by_role("link", name="Describe, add or take out photos").click()
    page.get_by_label("Photo 1: what is to be seen").fill("blue")
    keep(page)
    page.get_by_role("link", name="Describe, add or take out photos").click()
    page.get_by_role("link", name="Add photos").click()
    page.get_by_label("Photos", exact=True).set_input_files([THREE[2]])
    page.get_by_label("What is to be seen").fill("green")
    keep(page)
    entry = only(vault).document
    assert [each.words for each in entry.seen] == ["blue", "green"]
    page.get_by_role("link", name="Describe, add or take out photos").click()
    page.get_by_role("link", name="Take photo 2 out").click()
    page.get_by_role("button", name="Take it out").click()
    assert only(vault).document.media == (entry.media[0], entry.media[2])


def test_the_keyboard_alone_leaves_one_out_and_keeps_the_rest(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/capture/photo/")
    field = page.get_by_label("Photos", exact=True)
    field.set_input_files(THREE[:2])
    field.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Photo 1: what is to be seen")).to_be_focused()
    page.keyboard.type("by keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leave photo 2 out")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Keep this").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/entries/"))
    assert (only(vault).document.described, len(only(vault).document.media)) == ("by keys", 1)


def test_more_photos_chosen_on_an_open_page_wait_for_a_connection(new_page, sign_in):
    page = new_page()
    vault = sign_in(page)
    page.goto("/capture/photo/")
    served_by_the_worker(page)
    page.get_by_label("Photos", exact=True).set_input_files(THREE[:1])
    keep(page)
    expect(page).to_have_url(re.compile("/entries/"))
    entry = only(vault).id
    page.goto(f"/entries/{entry}/photos/add/")
    page.context.set_offline(True)
    page.get_by_label("Photos", exact=True).set_input_files(THREE[1:])
    page.get_by_label("Photo 1: what is to be seen").fill("green")
    keep(page)
    expect(page.locator("[data-outbox-said]")).to_contain_text("sealed")
    page.context.set_offline(False)
    eventually(lambda: page.evaluate(HELD) == [])
    assert only(vault).id == entry
    assert [each.words for each in only(vault).document.seen] == ["green"]
    assert len(only(vault).document.media) == 3


def test_every_page_with_photos_is_open_to_everybody_and_light(new_page, sign_in):
    page = new_page(viewport={"width": 320, "height": 640})
    vault = sign_in(page)
    page.goto("/capture/photo/")
    page.get_by_label("Photos", exact=True).set_input_files(THREE)
    page.get_by_label("Photo 1: what is to be seen").fill("blue")
    keep(page)
    expect(page).to_have_url(re.compile("/entries/"))
    stored = only(vault)
    here, found = f"/entries/{stored.id}/", []
    for path in (
        here,
        f"{here}photos/",
        f"{here}photos/add/",
        f"{here}photos/{stored.document.media[0]}/take-out/",
        "/gallery/",
    ):
        size = script_bytes(page, path)
        found += findings_in_every_look(page)
        assert size < MOST_SCRIPT_BYTES
    assert found == []
