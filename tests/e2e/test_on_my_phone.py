"""A person lets their phone in: at the computer, then on the phone, with the program as it is started for real."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import Error, expect
from tests import browser as chromium
from tests.conftest import PASSPHRASE
from tests.e2e.conftest import HOME_NAME, how_to_start
from tests.e2e.looking import findings
from tests.patience import PATIENCE_MS
from tests.serving.conftest import free_port

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def computer(tmp_path):
    """The program, running for itself; gives its address."""
    port = free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "AFTERGLOW"))
    }
    surroundings = {
        "AFTERGLOW_HOME": str(tmp_path / "house"),
        "AFTERGLOW_PORT": str(port),
        "AFTERGLOW_COPIES": "off",
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "afterglow", "run"],
        env=kept | surroundings,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    _until_it_answers(address)
    yield address
    program.send_signal(signal.SIGINT)
    program.wait(30)


def _until_it_answers(address):
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/help/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the program does not answer")


@pytest.fixture
def at_the_computer(browser, computer):
    context = browser.new_context(base_url=computer, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/begin/")
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label("I have written it down").check()
    page.locator("main .button.main").first.click()
    expect(page).to_have_url(f"{computer}/doors/")
    yield page
    context.close()


def on_the_phone(browsers, certificate, tmp_path):
    """A phone that has confirmed this certificate, and nothing else."""
    home = tmp_path / "phone"
    chromium.trust(str(home), str(certificate))
    how = how_to_start(HOME=str(home))
    how["args"] = [*how["args"], f"--host-resolver-rules=MAP {HOME_NAME} 127.0.0.1"]
    return browsers.launch(**how)


def test_a_person_lets_their_phone_in_and_out_again(at_the_computer, browsers, tmp_path):
    page, port = at_the_computer, free_port()
    page.goto("/settings/")
    page.get_by_role("link", name="Use on my phone").click()
    page.get_by_role("link", name="Made here").click()
    page.get_by_label("Name of this computer at home").fill(HOME_NAME)
    page.get_by_label("Port").fill(str(port))
    page.get_by_role("button", name="Let my phone in").click()
    address = f"https://{HOME_NAME}:{port}"
    expect(page.get_by_text(address, exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="The address as a picture")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("link", name="Let the phone trust this computer").click()
    assert findings(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="For Android and others").click()
    certificate = tmp_path / "afterglow.crt"
    taken.value.save_as(certificate)

    phone = on_the_phone(browsers, certificate, tmp_path)
    # What a phone keeps for when the computer is off is tested elsewhere; here it would hide that the way is shut.
    there = phone.new_page(viewport=PHONE, base_url=address, service_workers="block")
    _open(there)
    there.goto("/open/")
    there.get_by_label("Passphrase").fill(PASSPHRASE)
    there.locator("main .button.main").first.click()
    expect(there).to_have_url(f"{address}/today/")
    assert there.evaluate("window.isSecureContext")
    names = {each["name"]: each for each in there.context.cookies()}
    assert all(name.startswith("__Host-") and names[name]["secure"] for name in names)

    page.goto("/settings/phone/")
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("heading", name="Choose a way")).to_be_visible()
    assert _is_shut(there)
    phone.close()


def _open(page):
    """The listener is there within seconds of the choice."""
    for _ in range(100):
        try:
            return page.goto("/help/")
        except Error as error:
            said = str(error)
        if "ERR_CONNECTION" not in said:
            break
        time.sleep(0.1)
    raise AssertionError(said)


def _is_shut(page):
    for _ in range(100):
        try:
            page.goto("/help/")
        except Error as error:
            return "ERR_CONNECTION" in str(error)
        time.sleep(0.1)
    return False
