"""Saying, drawing and photographing something on a phone, with a microphone that is not one."""

import pytest
from tests.e2e.looking import (
    MOST_SCRIPT_BYTES,
    findings_in_every_look,
    script_bytes,
)
from tests.vault.sounds import wav

from afterglow.core.drawing import strokes
from afterglow.journal.documents import Entry
from afterglow.journal.queries import making
from afterglow.vault.models import Upload

WAYS = ("", "voice/", "draw/", "photo/", "poem/", "music/", "movement/")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def page(speaking_page):
    return speaking_page


@pytest.fixture
def vault(page, sign_in):
    return sign_in(page)


def only(vault):
    vault._opened.refresh()
    (stored,) = vault.all(Entry)
    return stored


def test_something_is_said_kept_and_heard_again(page, vault):
    page.goto("/capture/")
    page.get_by_role("link", name="Say it").click()
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_timeout(2_500)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_timeout(1_500)
    page.get_by_role("button", name="Done").click()
    page.get_by_text("Recorded, and sealed on your computer").wait_for()
    page.get_by_label("What was it about?").fill("a test of speaking")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept on your computer.").wait_for()
    stored = only(vault)
    (shown,) = making.shown(vault, stored.document)
    assert shown.media.is_sound
    assert shown.media.length > 2_000
    assert 2 <= stored.document.lasted_seconds <= 6
    assert len(shown.media.waveform) > 5
    page.get_by_label("How fast").select_option("1.5")
    assert page.evaluate("document.querySelector('.sound audio').playbackRate") == 1.5


def test_a_page_that_dies_while_recording_loses_a_few_seconds_at_most(page, vault):
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_timeout(7_500)
    # Closed without a word, as when a phone runs out of power.
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto("/capture/")
    again.get_by_text("a recording that was not finished").wait_for()
    again.get_by_role("link", name="Keep it").click()
    again.get_by_role("button", name="Keep this").click()
    again.get_by_text("Kept on your computer.").wait_for()
    (shown,) = making.shown(vault, only(vault).document)
    # The fake microphone's sound takes at least a kilobyte for each second.
    assert shown.media.length > 3_000


def test_where_the_vault_is_not_reached_the_recording_goes_with_the_form(page, vault):
    page.route("**/media/**", lambda route: route.abort())
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_timeout(3_500)
    page.get_by_role("button", name="Done").click()
    page.get_by_text("It is on this page until you keep it").wait_for()
    page.unroute("**/media/**")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept on your computer.").wait_for()
    assert making.shown(vault, only(vault).document)[0].media.is_sound


def test_a_microphone_that_is_not_allowed_is_explained(new_page, sign_in):
    page = new_page()
    sign_in(page)
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    page.get_by_text("The microphone is not allowed here yet").wait_for()
    assert page.get_by_role("link", name="Write instead").is_visible()


def test_a_line_is_drawn_undone_redone_kept_and_taken_up_again(page, vault):
    page.goto("/capture/draw/")
    sheet = page.get_by_role("img", name="A sheet to draw on")
    page.get_by_text("broad").click()
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    for at in (0.3, 0.6):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * at)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] * at, steps=8)
        page.mouse.up()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Redo").click()
    page.get_by_label("What is it?").fill("a horizon")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Kept on your computer.").wait_for()
    drawing = strokes.read(making.strokes_of(vault, only(vault).document))
    assert [stroke.w for stroke in drawing.strokes] == [22]
    page.get_by_role("link", name="Go on drawing").click()
    assert page.get_by_role("button", name="Undo").is_enabled()


# With another proportion the sheet would stand letterboxed in its box, and lines beside the finger.
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (844, 390), (320, 640)])
def test_a_line_is_where_the_finger_was_on_every_screen(page, vault, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/capture/draw/")
    sheet = page.get_by_role("img", name="A sheet to draw on")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(0.8, abs=0.01)
    across, down = box["width"] - 2, box["height"] - 2
    for x, y in ((0.1, 0.1), (0.9, 0.9)):
        page.mouse.move(box["x"] + 1 + across * x, box["y"] + 1 + down * y)
        page.mouse.down()
        page.mouse.up()
    begun = strokes.read(page.locator("[name=strokes]").input_value())
    points = [strokes.points(stroke)[0] for stroke in begun.strokes]
    wanted = [(72, 90), (648, 810)]
    for point, (x, y) in zip(points, wanted, strict=True):
        assert (point.x, point.y) == (pytest.approx(x, abs=3), pytest.approx(y, abs=3))


def test_a_hand_that_rests_beside_a_pen_draws_nothing(page, vault):
    page.goto("/capture/draw/")
    touched = """([kind, id, y]) => {
      const sheet = document.querySelector('canvas');
      const edge = sheet.getBoundingClientRect();
      sheet.setPointerCapture = () => {};
      for (const [type, x] of [['pointerdown', 20], ['pointermove', 90], ['pointerup', 90]])
        sheet.dispatchEvent(new PointerEvent(type, {pointerType: kind, pointerId: id, pressure: type === 'pointerup' ? 0 : 0.8,
          clientX: edge.left + x, clientY: edge.top + y, button: 0, bubbles: true}));
      return JSON.parse(document.querySelector('[name=strokes]').value || '{"strokes":[]}').strokes.length;
    }"""
    assert page.evaluate(touched, ["pen", 5, 40]) == 1
    assert page.evaluate(touched, ["touch", 6, 120]) == 1
    assert page.evaluate(touched, ["pen", 7, 160]) == 2


def test_without_a_script_every_way_still_keeps(speaking, live_server, sign_in, tmp_path):
    context = speaking.new_context(
        viewport={"width": 320, "height": 640}, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    vault = sign_in(page)
    sound = tmp_path / "memo.wav"
    sound.write_bytes(wav(20_000))
    page.goto("/capture/voice/")
    page.get_by_label("A recording from this device").set_input_files(sound)
    page.get_by_role("button", name="Keep this").click()
    assert "/entries/" in page.url
    page.goto("/capture/draw/")
    page.get_by_label("What is it?").fill("a door")
    page.get_by_role("button", name="Keep this").click()
    assert "/entries/" in page.url
    vault._opened.refresh()
    assert len(vault.heads(Entry)) == 2
    context.close()


def test_every_page_of_capture_is_open_to_everybody(page, vault):
    found = []
    for way in WAYS:
        page.goto(f"/capture/{way}")
        found += findings_in_every_look(page)
        found += covered(page)
    page.goto("/gallery/")
    found += findings_in_every_look(page)
    assert found == []


def covered(page):
    """The main action, where it stands in the page, is not under the bar at the bottom."""
    main = page.locator("main .button.main:visible")
    if not main.count():
        return []
    main.last.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('main .button.main:last-of-type')?.focus()")
    main.last.focus()
    button, bar = main.last.bounding_box(), page.locator("nav.bar").bounding_box()
    under = button["y"] + button["height"] > bar["y"] + 1
    return [f"{page.url}: the main action is under the bar"] if under else []


def test_scripts_stay_small_on_every_page_but_drawing(page, vault):
    for way in ("voice/", "photo/", "music/"):
        assert 0 < script_bytes(page, f"/capture/{way}") < MOST_SCRIPT_BYTES


def test_what_is_recorded_never_lies_in_the_open_in_the_vaults_folder(page, vault, settings):
    page.goto("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_timeout(4_000)
    pieces = [file.read_bytes() for file in settings.MEDIA_FOLDER.rglob("*") if file.is_file()]
    assert pieces
    assert not any(b"OpusHead" in piece or b"webm" in piece for piece in pieces)
    assert Upload.objects.count() == 1
