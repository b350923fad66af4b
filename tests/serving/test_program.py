"""The program as it is started: both listeners at once, a change of the way without a restart, and what proxies send."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from afterglow.serving import reach
from tests.serving.conftest import HOST, free_port, put_certificate, trusting

PROXY = "glow.example.test"
# What each proxy sends along by itself, as its own documentation says it.
CADDY = {
    "Host": PROXY,
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": PROXY,
    "X-Forwarded-Proto": "https",
    "Via": "2.0 Caddy",
}
TAILSCALE = {
    "Host": PROXY,
    "X-Forwarded-For": "100.64.0.7",
    "X-Forwarded-Host": PROXY,
    "X-Forwarded-Proto": "https",
    "Tailscale-User-Login": "alice@example.test",
}
NGINX = {"Host": PROXY, "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


class Running:
    def __init__(self, home):
        self.home, self.port, self.https_port = home, free_port(), free_port()
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO", "AFTERGLOW"))
        }
        surroundings = {"AFTERGLOW_HOME": str(home), "AFTERGLOW_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "afterglow", "run"],
            env=kept | surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def plain(self, headers=None, path="/help/"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        return _answer(connection, path, headers or {"Host": f"localhost:{self.port}"})

    def secure(self, name=HOST, path="/help/"):
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.https_port, timeout=20, context=_by_name(self.home, name)
        )
        return _answer(connection, path, {"Host": f"{name}:{self.https_port}"})

    def end(self):
        """As a person ends it, by Ctrl-C; gives what it said."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=20)[0]


def _answer(connection, path, headers):
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _by_name(home, name):
    """Trusts the folder's authority, and asks for this name at whatever number it connects to."""
    context = trusting(home)
    really = context.wrap_socket
    context.wrap_socket = lambda sock, **_: really(sock, server_hostname=name)
    return context


def until(holds, seconds=60):
    for _ in range(seconds * 10):
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    home = tmp_path_factory.mktemp("house")
    home.chmod(0o700)
    put_certificate(home)
    running = Running(home)
    reach.write(home, reach.Reach(way="authority", host=HOST, port=running.https_port))
    until(lambda: running.secure()[0] == 200)
    yield running
    running.end()


@pytest.fixture
def at_home(program):
    """HTTPS at home is on."""
    reach.write(program.home, reach.Reach(way="authority", host=HOST, port=program.https_port))
    until(lambda: program.secure()[0] == 200)
    return program


@pytest.fixture
def by_proxy(program):
    """A proxy is trusted, and the program itself speaks no HTTPS."""
    reach.write(program.home, reach.Reach(way="proxy", host=PROXY, proxies=("127.0.0.1",)))
    until(lambda: program.plain(CADDY)[0] == 200)
    return program


def test_both_addresses_answer_at_once_and_each_by_its_own_name(at_home):
    assert at_home.plain()[0] == 200
    assert at_home.secure()[0] == 200
    assert at_home.plain({"Host": "evil.test"})[0] == 400
    assert at_home.plain({"Host": HOST})[0] == 421
    assert at_home.plain({"Host": HOST, "X-Forwarded-Proto": "https"})[0] == 421


def test_a_name_that_the_certificate_is_not_for_is_refused_by_the_client(at_home):
    with pytest.raises(ssl.SSLCertVerificationError):
        at_home.secure(name="bank.test")


def test_plain_http_at_the_port_of_https_gets_a_short_word(at_home):
    connection = http.client.HTTPConnection("127.0.0.1", at_home.https_port, timeout=20)
    status, text = _answer(connection, "/", {"Host": HOST})
    assert status == 400
    assert "https://" in text


@pytest.mark.parametrize("sent", [CADDY, TAILSCALE, NGINX], ids=["caddy", "tailscale", "nginx"])
def test_what_a_known_proxy_sends_is_taken(by_proxy, sent):
    status, page = by_proxy.plain(sent)
    assert status == 200
    assert "<h1" in page


def test_a_proxy_that_leaves_a_header_out_is_told_so(by_proxy):
    status, words = by_proxy.plain({"Host": PROXY})
    assert status == 421
    assert "X-Forwarded-Proto" in words
    unnamed = CADDY | {"Host": f"localhost:{by_proxy.port}"}
    assert by_proxy.plain(unnamed)[0] == 421


def test_a_header_with_underscores_is_not_the_proxys(by_proxy):
    assert by_proxy.plain({"Host": PROXY, "X_Forwarded_Proto": "https"})[0] == 421


def test_behind_a_proxy_the_program_listens_on_this_computer_only(by_proxy):
    def is_gone():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", by_proxy.https_port)) != 0

    until(is_gone)
    assert by_proxy.plain()[0] == 200


def test_the_program_ends_at_once_when_it_is_asked_to(tmp_path):
    put_certificate(tmp_path)
    running = Running(tmp_path)
    reach.write(tmp_path, reach.Reach(way="authority", host=HOST, port=running.https_port))
    until(lambda: running.secure()[0] == 200)
    assert running.plain({"Host": "somebody-else.test"})[0] == 400
    said = running.end()
    assert running.process.returncode == 0
    assert f"http://localhost:{running.port}" in said
    assert "somebody-else" not in said


def test_the_doctor_says_in_words_what_is_in_the_way(tmp_path):
    put_certificate(tmp_path, now=datetime.now(UTC) - timedelta(days=400))
    reach.write(tmp_path, reach.Reach(way="authority", host=HOST, port=free_port()))
    done = subprocess.run(
        [sys.executable, "-m", "afterglow", "doctor"],
        env=os.environ | {"AFTERGLOW_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    for words in ("The certificate ended on", "Nothing answers at port", "leads nowhere"):
        assert words in done.stdout


def test_the_doctor_says_when_nobody_can_renew_the_certificate(tmp_path):
    put_certificate(tmp_path)
    chosen = reach.Reach(way="authority", host=HOST, port=free_port(), left_behind=True)
    reach.write(tmp_path, chosen)
    done = subprocess.run(
        [sys.executable, "-m", "afterglow", "doctor"],
        env=os.environ | {"AFTERGLOW_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "deleted their vault" in done.stdout
    assert "Let my phone in" in done.stdout
