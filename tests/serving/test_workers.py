"""Four real worker processes: one memory half, recycling, reload, restart, and work that one of them does for all."""

import fcntl
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

from tests.conftest import PASSPHRASE
from tests.serving.conftest import free_port

WORKERS = 4
RECYCLED_AFTER = 12


class Browser:
    """Keeps cookies, follows redirects when asked, and opens a new connection each time, so that any worker may answer."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, path, fields=None, *, follow=False):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is None:
            connection.request("GET", path, headers=headers)
        else:
            token = next(value for name, value in self.cookies.items() if name.endswith("-form"))
            body = urlencode(fields | {"csrfmiddlewaretoken": token})
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://localhost:{self.port}",
            }
            connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        connection.close()
        if follow and answer.status in {302, 303}:
            return self.ask(answer.headers["Location"])
        return answer.status, text


class Program:
    """gunicorn as `docs/howto/several-workers.md` starts it, small enough to be recycled soon."""

    def __init__(self, home, *more):
        self.port = free_port()
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO", "AFTERGLOW"))
        }
        environment |= {"AFTERGLOW_HOME": str(home), "AFTERGLOW_PORT": str(self.port)}
        command = [sys.executable, "-m", "gunicorn", "-c", "python:afterglow.config.workers"]
        self.process = subprocess.Popen(
            [*command, *more], env=environment, stderr=subprocess.DEVNULL
        )
        self.browser = Browser(self.port)
        _until(self._answers, 120)

    def _answers(self):
        try:
            return self.browser.ask("/help/")[0] == 200
        except OSError:
            return False

    def workers(self):
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return {int(pid) for pid in listed.stdout.split()}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def _until(holds, seconds):
    for _ in range(seconds * 10):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def program(home):
    limit = ["--max-requests", str(RECYCLED_AFTER), "--max-requests-jitter", "4"]
    running = Program(home, *limit)
    running.browser.ask("/begin/")
    begun = {"passphrase": PASSPHRASE, "kept": "on", "name": ""}
    assert running.browser.ask("/begin/", begun)[0] == 302
    yield running
    running.stop()


def test_recycling_and_reload_sign_nobody_out_and_a_restart_locks_all(program, home):
    first = program.workers()
    assert len(first) == WORKERS
    answers = [program.browser.ask("/doors/")[0] for _ in range(WORKERS * RECYCLED_AFTER * 2)]
    assert set(answers) == {200}
    _until(lambda: not first & program.workers() and len(program.workers()) == WORKERS, 60)
    before = program.workers()
    program.process.send_signal(signal.SIGHUP)
    _until(lambda: not before & program.workers() and len(program.workers()) == WORKERS, 60)
    assert {program.browser.ask("/doors/")[0] for _ in range(WORKERS * 3)} == {200}
    program.stop()
    again = Program(home)
    again.browser.cookies = program.browser.cookies
    assert {again.browser.ask("/doors/")[0] for _ in range(WORKERS * 2)} == {423}
    again.stop()


def test_a_page_at_the_door_is_shown_by_any_worker(program):
    stranger = Browser(program.port)
    stranger.ask("/recover/")
    for place in range(8):
        typed = f"ABCD{place}"
        wrong = {"name": "", "code": typed, "passphrase": PASSPHRASE, "again": PASSPHRASE}
        status, page = stranger.ask("/recover/", wrong, follow=True)
        assert status == 200
        assert typed in page


def test_one_worker_does_what_is_done_once_and_another_takes_over(program, home):
    lock = home / "background.lock"
    _until(lambda: lock.exists() and lock.read_text().strip(), 30)
    elected = int(lock.read_text())
    assert elected in program.workers()
    with lock.open() as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    _until(lambda: list((home / "copies").glob("*.afterglow-backup")), 30)
    os.kill(elected, signal.SIGTERM)
    _until(lambda: int(lock.read_text() or elected) != elected, 30)
    assert int(lock.read_text()) in program.workers() | {elected}


def test_a_start_that_would_be_open_is_refused_in_one_line(tmp_path):
    environment = os.environ | {
        "AFTERGLOW_HOME": str(tmp_path / "home"),
        "AFTERGLOW_BIND": "0.0.0.0",
    }
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "python:afterglow.config.workers"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert re.search("Without TLS Afterglow listens on this computer only", done.stderr)
    assert "Traceback" not in done.stderr
