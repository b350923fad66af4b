"""A phone and a computer that are stopped hard: what the page said was kept is there afterwards."""

import signal
import subprocess
import sys

import pytest
from tests.drills.house import House, Phone
from tests.drills.outside import ROOT, surroundings
from tests.patience import eventually


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "home")
    house.start()
    yield house
    house.stop(signal.SIGKILL)


@pytest.fixture
def phone(house, tmp_path, browsers):
    (tmp_path / "profile").mkdir()
    phone = Phone(browsers, tmp_path / "profile", house.url)
    phone.start()
    phone.begin()
    yield phone
    phone.kill()


def write(phone, words):
    phone.go("/write/")
    phone.page.locator("main [name=text]").fill(words)
    phone.page.get_by_role("button", name="Keep this").click()
    phone.page.locator("[data-outbox-said=kept]").wait_for()


def sent_by_now(phone):
    """The page is opened once and left alone: opening it over and over would break off what it sends."""
    phone.go("/waiting-to-send/")
    eventually(lambda: phone.held() == [])


def arrived(phone):
    phone.go("/entries/")
    return phone.page.locator("main").inner_text()


def test_with_the_program_stopped_though_there_is_a_network_words_wait_and_send_now_sends(
    house, phone
):
    house.stop()
    assert phone.page.evaluate("navigator.onLine")
    write(phone, "The computer was off.")
    house.start()
    phone.open()
    phone.go("/waiting-to-send/")
    now = phone.page.locator("[data-waiting-send]:visible")
    if now.count():
        now.click()
    eventually(lambda: phone.held() == [])
    assert "The computer was off." in arrived(phone)


def test_a_browser_killed_right_after_the_page_said_kept_has_lost_nothing_five_times_over(phone):
    for number in range(5):
        phone.offline(True)
        write(phone, f"Said kept, then killed, {number}.")
        phone.kill()
        phone.start()
    assert len(phone.held_on("/offline/away/")) == 5
    phone.open()
    sent_by_now(phone)
    shown = arrived(phone)
    assert all(shown.count(f"then killed, {number}.") == 1 for number in range(5))


def test_a_program_killed_while_it_answers_keeps_what_it_acknowledged(house, phone):
    phone.go("/write/")
    phone.page.locator("main [name=text]").fill("Acknowledged, then killed.")
    phone.page.get_by_role("button", name="Keep this").click()
    phone.page.wait_for_url("**/entries/**")
    house.stop(signal.SIGKILL)
    house.start()
    phone.open()
    assert arrived(phone).count("Acknowledged, then killed.") == 1


def test_what_waits_on_a_phone_arrives_on_the_computer_that_was_restored_elsewhere(
    house, phone, tmp_path
):
    """The first computer is gone: its copy from before is brought in on another one, at the same address."""
    copy = tmp_path / "copy.afterglow"
    command("backup", copy, home=house.folder)
    phone.offline(True)
    write(phone, "Written on the way, after the copy was made.")
    house.stop(signal.SIGKILL)
    house.folder = tmp_path / "another computer"
    command("restore", copy, home=house.folder)
    house.start()
    phone.offline(False)
    assert len(phone.held_on("/open/")) == 1
    phone.open()
    sent_by_now(phone)
    assert arrived(phone).count("after the copy was made.") == 1


SPOKEN_SECONDS = 9
LOST_SECONDS = 5
HEARD_SECONDS = """async () => {
  const reply = await fetch(document.querySelector("main audio").src);
  const sound = await new AudioContext().decodeAudioData(await reply.arrayBuffer());
  return sound.duration;
}"""


@pytest.mark.parametrize("away", [False, True], ids=["with a network", "without one"])
def test_a_browser_killed_while_somebody_speaks_has_lost_five_seconds_at_most(phone, away):
    phone.offline(away)
    phone.go("/capture/voice/")
    phone.page.get_by_role("button", name="Start speaking").click()
    phone.page.wait_for_timeout(SPOKEN_SECONDS * 1_000)
    phone.kill()
    phone.start()
    phone.open()
    sent_by_now(phone)
    phone.go("/entries/")
    phone.page.get_by_role("link", name="Voice note").click()
    assert phone.page.evaluate(HEARD_SECONDS) >= SPOKEN_SECONDS - LOST_SECONDS
    assert phone.in_store("recordings") == []
    phone.go("/capture/")
    assert not phone.page.get_by_text("was not finished").count(), "it is not offered twice"


def command(name, file, *, home):
    subprocess.run(
        [sys.executable, "-m", "afterglow", name, str(file)],
        cwd=ROOT,
        env=surroundings() | {"AFTERGLOW_HOME": str(home)},
        check=True,
        capture_output=True,
    )
