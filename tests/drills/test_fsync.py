"""What power loss would ask: an entry is synced to the disk before anybody is told that it is kept."""

import re
import shutil
import subprocess

import pytest

from tests.drills.outside import ROOT, command, surroundings

pytestmark = pytest.mark.drill
ENTRIES = 20
WAL_WRITE = re.compile(r"\bpwrite64\(\d+<[^>]*\.sqlite3-wal>")
WAL_SYNC = re.compile(r"\b(?:fsync|fdatasync)\(\d+<[^>]*\.sqlite3-wal>\)\s+= 0")
ACKNOWLEDGED = re.compile(r"\bwrite\(1<[^>]*>, \"kept ")


def traced_calls(folder):
    trace = folder / "trace"
    calls = "trace=fsync,fdatasync,write,pwrite64"
    writer = command("writer", folder / "home", str(ENTRIES))
    subprocess.run(
        ["strace", "-f", "-y", "-e", calls, "-o", trace, *writer],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return trace.read_text(errors="replace").splitlines()


def states_at_acknowledgement(lines):
    """For each acknowledgement, what the log file had last been through since the one before."""
    states, state = [], "untouched"
    for line in lines:
        if WAL_WRITE.search(line):
            state = "written"
        elif WAL_SYNC.search(line) and state == "written":
            state = "synced"
        elif ACKNOWLEDGED.search(line):
            states.append(state)
            state = "untouched"
    return states


@pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed, so the order of writes and syncs cannot be seen here",
)
def test_every_entry_is_synced_before_it_is_acknowledged(tmp_path):
    states = states_at_acknowledgement(traced_calls(tmp_path))
    assert states == ["synced"] * ENTRIES
