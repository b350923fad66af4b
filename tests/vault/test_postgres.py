"""The vault on PostgreSQL: a server of this test's own is started, and the open vault's tests run against it."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.drills.outside import ROOT, surroundings

LOOPBACK = "127.0.0.1"
PLAINLY = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider")


def server_programs():
    """The folder of PostgreSQL's own programs, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    needed = ("initdb", "postgres", "pg_ctl")
    return next((one for one in folders if all((one / name).exists() for name in needed)), None)


def other_user():
    """PostgreSQL refuses to run as root; it gets an account without rights then."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


class Server:
    def __init__(self, programs, folder, port):
        self.programs, self.folder, self.port = programs, folder, port
        self.log = folder / "log"
        self.user = other_user()
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def call(self, program, *arguments):
        as_user = {}
        if self.user:
            as_user = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        subprocess.run(
            [self.programs / program, "-D", self.folder / "cluster", *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            **as_user,
        )

    def start(self):
        self.call("initdb", "-U", "afterglow", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-h {LOOPBACK} -p {self.port} -k {self.folder} -c fsync=off -c log_statement=ddl"
        self.call("pg_ctl", "-w", "-l", self.log, "-o", options, "start")

    def stop(self):
        self.call("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture
def free_port(socket_enabled):
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(free_port):
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here, so the vault was not tried on it")
    # Not tmp_path: the account that runs the server could not enter it.
    with tempfile.TemporaryDirectory(prefix="ag-pg-") as folder:
        server = Server(programs, Path(folder), free_port)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def test_the_open_vault_behaves_the_same_on_postgresql(server):
    address = f"postgresql://afterglow@{LOOPBACK}:{server.port}/postgres"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/vault/test_open_vault.py", *PLAINLY],
        cwd=ROOT,
        env=surroundings("tests.settings") | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert 'CREATE TABLE "vault_record"' in server.log.read_text()


def test_the_doctor_looks_at_the_server_that_keeps_the_data(server, tmp_path):
    def afterglow(*words):
        address = f"postgresql://afterglow@{LOOPBACK}:{server.port}/postgres"
        return subprocess.run(
            [sys.executable, "-m", "afterglow", *words],
            env=surroundings()
            | {"DATABASE_URL": address, "AFTERGLOW_HOME": str(tmp_path / "home")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    assert "still empty" in afterglow("doctor").stdout
    assert "nothing has been kept" in afterglow("export", str(tmp_path / "x.zip")).stderr
    looked = afterglow("doctor")
    assert looked.returncode == 0, looked.stdout
    assert "Not looked at" in looked.stdout
    assert "Everything looks sound." in looked.stdout
