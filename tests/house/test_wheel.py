"""The wheel, installed in an empty environment, starts and shows its pages; only loopback is served without TLS."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    run(sys.executable, "-m", "venv", str(folder / "env"))
    pip = [str(folder / "env/bin/python"), "-m", "pip", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", str(ROOT / "requirements/run.txt"))
    run(*pip, "--no-deps", *map(str, folder.glob("*.whl")))
    return str(folder / "env/bin/afterglow")


def run(*words):
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings(tmp_path, **more):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "AFTERGLOW"))
    }
    return kept | {"AFTERGLOW_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"} | more


@pytest.mark.enable_socket
def test_the_wheel_runs_and_shows_pages_and_files(command, tmp_path):
    port = free_port()
    environment = surroundings(tmp_path, AFTERGLOW_PORT=str(port))
    program = subprocess.Popen([command, "run"], env=environment, stdout=subprocess.DEVNULL)
    try:
        page = fetch(f"http://localhost:{port}/")
        assert "Know first" in page
        assert "Zuerst wissen" in fetch(f"http://localhost:{port}/", language="de")
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "--paper" in fetch(f"http://localhost:{port}{style}")
        assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(10)


def fetch(address, language="en"):
    asked = urllib.request.Request(address, headers={"Accept-Language": language})
    for _ in range(100):
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answered at {address}")


@pytest.mark.parametrize(
    "unsafe",
    [
        {"AFTERGLOW_BIND": "0.0.0.0"},
        {"AFTERGLOW_ORIGIN": "http://example.test", "AFTERGLOW_TRUSTED_PROXY": "127.0.0.1"},
        {"AFTERGLOW_ORIGIN": "https://example.test"},
    ],
    ids=["open address", "origin without TLS", "proxy not named"],
)
def test_an_unsafe_start_is_refused_with_the_way_out(command, tmp_path, unsafe):
    done = subprocess.run(
        [command, "run"],
        env=surroundings(tmp_path, **unsafe),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 2
    assert "AFTERGLOW_" in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_command_scores_and_names_bad_input(command, tmp_path):
    environment = surroundings(tmp_path)
    good = subprocess.run(
        [command, "score", "gad-7", "--answers", "1,1,1,1,1,1,1", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert '"total": 7' in good.stdout
    bad = subprocess.run(
        [command, "score", "phq-9", "--answers", "1,2"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (bad.returncode, len(bad.stderr.splitlines())) == (2, 1)
