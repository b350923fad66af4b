"""Words spoken into a real browser, written down by a real model on this computer, confirmed, and found by search.

The model is the person's own, so it is named from outside: AFTERGLOW_VOICE_MODEL=FOLDER, with the extra `voice` and
espeak-ng. Without them this is passed over, and says so.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.drills.house import House, Phone
from tests.drills.outside import ROOT, surroundings

pytestmark = pytest.mark.drill
MODEL = os.environ.get("AFTERGLOW_VOICE_MODEL", "")
SAID = "I saw my grandmother in the kitchen. Tomorrow I want to walk to the lake."
MISSING = [
    name
    for name, there in {
        "AFTERGLOW_VOICE_MODEL": MODEL,
        "faster-whisper": importlib.util.find_spec("faster_whisper"),
        "espeak-ng": shutil.which("espeak-ng"),
    }.items()
    if not there
]


@pytest.fixture
def spoken(tmp_path):
    """What the microphone hears, once."""
    file = tmp_path / "said.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", file, SAID], check=True)
    return file


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "home")
    house.folder.mkdir()
    install = [sys.executable, "-m", "afterglow", "voice", "install", MODEL]
    own = {"AFTERGLOW_HOME": str(house.folder)}
    made = subprocess.run(
        install, cwd=ROOT, env=surroundings() | own, check=True, capture_output=True, text=True
    )
    assert "The model is here" in made.stdout
    house.start()
    yield house
    house.stop()


def seconds_of(file: Path) -> float:
    with wave.open(str(file)) as sound:
        return sound.getnframes() / sound.getframerate()


@pytest.mark.skipif(bool(MISSING), reason=f"a voice model is not tried: no {', '.join(MISSING)}")
def test_what_is_said_is_written_down_confirmed_and_found(house, spoken, tmp_path):
    with sync_playwright() as browsers:
        phone = Phone(browsers.chromium, tmp_path / "profile", house.url)
        phone.start(f"--use-file-for-fake-audio-capture={spoken}%noloop")
        try:
            phone.begin()
            _speak(phone, seconds_of(spoken))
            words = _written_down(phone)
            assert re.search("grandmother.*kitchen.*lake", words)
            page = phone.page
            page.get_by_role("button", name="Keep this").click()
            page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/(\?|$)"))
            phone.go("/entries/search/")
            page.get_by_label("Words to look for").fill("grandmother")
            page.get_by_role("button", name="Look", exact=True).click()
            page.locator("main").get_by_text("kitchen").wait_for()
        finally:
            phone.kill()
    assert b"grandmother" not in (house.folder / "afterglow.sqlite3").read_bytes()


def _speak(phone, seconds):
    page = phone.page
    phone.go("/capture/voice/")
    page.get_by_role("button", name="Start speaking").click()
    page.get_by_text("Recording.").wait_for()
    page.wait_for_timeout(1000 * seconds)
    page.get_by_role("button", name="Done").click()
    page.get_by_text("Recorded").wait_for()
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("button", name="Write down what I said").wait_for()


def _written_down(phone):
    phone.page.get_by_role("button", name="Write down what I said").click()
    phone.page.wait_for_url("**/edit/**")
    return phone.page.locator("main [name=text]").input_value()
