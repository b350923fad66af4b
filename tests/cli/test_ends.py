"""How commands end: with 0, with 2 and one line that says what is in the way, or with 1 where the doctor found something."""

import fcntl
import subprocess
import sys

import pytest
from tests.drills.outside import surroundings
from tests.formats.make import BACKUP
from tests.formats.test_earlier_files import RELEASES

from afterglow.config import elected
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY

COPY = RELEASES[-1] / BACKUP
SERVER = {"DATABASE_URL": "postgresql://afterglow@127.0.0.1:1/nobody"}


def afterglow(home, *words, **more):
    return subprocess.run(
        [sys.executable, "-m", "afterglow", *map(str, words)],
        env=surroundings() | {"AFTERGLOW_HOME": str(home)} | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def refused(done):
    """The one line that was said."""
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def prepared(home):
    """A folder as every start leaves it, before anybody has a vault."""
    assert "nothing has been kept" in refused(afterglow(home, "export", home / "x.zip"))
    assert (home / DATABASE).is_file()
    return home


def test_a_copy_comes_into_a_folder_that_a_start_prepared(tmp_path):
    home = prepared(tmp_path / "home")
    before = (home / SERVER_KEY).read_bytes()
    done = afterglow(home, "restore", COPY)
    assert done.returncode == 0, done.stderr
    assert "Restored." in done.stdout
    assert (home / SERVER_KEY).read_bytes() != before
    assert not list(home.glob(".restore-*"))
    assert "Everything looks sound." in afterglow(home, "doctor").stdout
    assert "already holds a vault" in refused(afterglow(home, "restore", COPY))


def test_nothing_is_restored_under_a_running_program(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with (home / elected.FILE).open("w") as running:
        fcntl.flock(running, fcntl.LOCK_EX)
        assert "stop it first" in refused(afterglow(home, "restore", COPY))
    assert not (home / DATABASE).exists()


@pytest.mark.parametrize("words", [("backup", "copy"), ("restore", COPY)])
def test_a_database_server_is_neither_copied_nor_filled(tmp_path, words):
    home = prepared(tmp_path / "home")
    before = (home / DATABASE).read_bytes()
    assert "pg_dump" in refused(afterglow(home, *words, **SERVER))
    assert (home / DATABASE).read_bytes() == before
    assert not (tmp_path / "copy").exists()


def test_the_doctor_asks_the_server_and_says_what_it_did_not_look_at(tmp_path):
    done = afterglow(prepared(tmp_path / "home"), "doctor", **SERVER)
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "Not looked at" in done.stdout
    assert "missing" not in done.stdout


@pytest.mark.parametrize(
    ("words", "more", "said"),
    [
        (("backup", "/nowhere/copy"), {}, "no folder /nowhere"),
        (("backup", "copy"), {}, "nothing to copy yet"),
        (("restore", "nowhere.afterglow-backup"), {}, "cannot be read: No such file"),
        (("doctor",), {"AFTERGLOW_PORT": "abc"}, "1 to 65535"),
        (("run",), {"AFTERGLOW_PORT": "abc"}, "1 to 65535"),
        (("export", "x.zip"), {"AFTERGLOW_PORT": "abc"}, "1 to 65535"),
        (("export", "x.zip"), SERVER, "does not open"),
        (("import", "nowhere"), {}, "no such file or folder"),
        (("renew-server-key",), {"AFTERGLOW_WORKERS": "0"}, "1 to 64"),
        (("voice", "install", "nowhere"), {"AFTERGLOW_NEW_VAULTS": "x"}, "here or anyone"),
    ],
)
def test_a_command_that_cannot_go_on_says_so_in_one_line(tmp_path, words, more, said):
    assert said in refused(afterglow(tmp_path / "home", *words, **more))


def test_a_damaged_database_ends_commands_in_one_line(tmp_path):
    home = prepared(tmp_path / "home")
    (home / DATABASE).write_bytes(b"not a database at all" * 400)
    assert "cannot be copied" in refused(afterglow(home, "backup", tmp_path / "copy"))
    assert "already holds" in refused(afterglow(home, "restore", COPY))
    assert "does not open" in refused(afterglow(home, "export", tmp_path / "x.zip"))
    assert afterglow(home, "doctor").returncode == 1


def test_a_passphrase_that_nobody_types_ends_in_one_line(tmp_path):
    home = tmp_path / "home"
    assert afterglow(home, "restore", COPY).returncode == 0
    assert afterglow(home, "export", tmp_path / "x.zip").returncode == 2
    assert not (tmp_path / "x.zip").exists()
