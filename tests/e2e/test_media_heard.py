"""A browser hears what was kept: its own recording without the words beside it, and a long one from the middle."""

import base64

import pytest
from tests.vault.sounds import wav

from afterglow.vault.media import queries, services
from afterglow.vault.media.sound import webm

RECORD = """async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const pieces = [];
  const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus' });
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start(400);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(''));
}"""
HEAR = """async (address) => {
  const whole = await (await fetch(address)).arrayBuffer();
  const heard = await new AudioContext().decodeAudioData(whole);
  return [heard.duration, Math.max(...heard.getChannelData(0).slice(0, 40000))];
}"""
FROM_THE_MIDDLE = """async ([address, seconds]) => {
  const sound = new Audio(address);
  sound.preload = 'auto';
  await new Promise((resolve, reject) => { sound.onloadedmetadata = resolve; sound.onerror = reject; });
  const there = new Promise((resolve) => { sound.onseeked = resolve; });
  sound.currentTime = seconds;
  await there;
  return [sound.duration, sound.currentTime];
}"""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def page(new_page, sign_in):
    page = new_page()
    page.vault = sign_in(page)
    page.goto("/today/")
    return page


def test_a_recording_of_this_browser_is_heard_after_its_words_were_taken_out(page):
    said = base64.b64decode(page.evaluate(RECORD))
    assert b"Chrome" in said
    kept = services.keep_media(page.vault, said, name="", content_type="audio/webm")
    content = queries.read_media(page.vault, kept.id)
    assert b"Chrome" not in content
    assert len(content) == len(said)
    assert len(list(webm._elements(content))) == len(list(webm._elements(said)))
    duration, loudest = page.evaluate(HEAR, f"/media/{kept.id}/")
    assert duration > 1
    assert loudest > 0.2


def test_a_long_recording_is_played_from_the_middle_by_asking_for_that_part(page):
    sound = wav(20 * 1024 * 1024)
    kept = services.keep_media(page.vault, sound, name="", content_type="audio/wav")
    asked = []
    page.on("request", lambda request: asked.append(request.headers.get("range", "")))
    seconds = len(sound) // 32_000 // 2
    duration, now = page.evaluate(FROM_THE_MIDDLE, [f"/media/{kept.id}/", seconds])
    assert duration == pytest.approx(len(sound) / 32_000, abs=1)
    assert now == pytest.approx(seconds, abs=0.1)
    starts = [int(each.removeprefix("bytes=").partition("-")[0]) for each in asked if each]
    assert max(starts) > len(sound) // 3
