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


UNFINISHED = "<unfinished ...>"
PIECES = 6
PART_SYNC = re.compile(r"\bfsync\(\d+<[^>]*/incoming/[0-9a-f]{32}/\d+\.part>\)\s+= 0")
FOLDER_SYNC = re.compile(r"\bfsync\(\d+<[^>]*/incoming/[0-9a-f]{32}>\)\s+= 0")
WHOLE_SYNC = re.compile(r"\bfsync\(\d+<[^>]*/media/[0-9a-f]{32}\.part>\)\s+= 0")
PIECE_ACKNOWLEDGED = re.compile(r"\bwrite\(1<[^>]*>, \"piece ")
MEDIA_ACKNOWLEDGED = re.compile(r"\bwrite\(1<[^>]*>, \"media ")


def traced_calls(folder, name="writer", how_many=ENTRIES):
    trace = folder / "trace"
    calls = "trace=fsync,fdatasync,write,pwrite64"
    writer = command(name, folder / "home", str(how_many))
    subprocess.run(
        ["strace", "-f", "-y", "-e", calls, "-o", trace, *writer],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return list(calls_of_first_thread(trace.read_text(errors="replace").splitlines()))


def calls_of_first_thread(lines):
    """Each call of the thread that acknowledges, whole: other threads write too, and may come between its halves."""
    first, begun = lines[0].split(maxsplit=1)[0], ""
    for line in lines:
        thread, call = line.split(maxsplit=1)
        if thread != first:
            continue
        if call.endswith(UNFINISHED):
            begun = call.removesuffix(UNFINISHED).rstrip()
            continue
        if call.startswith("<... "):
            call = begun + call.partition("resumed>")[2]
        yield call


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


def orders_at_acknowledgement(lines):
    """For each piece and each recording, what had been synced since the acknowledgement before, in order."""
    orders, synced = [], []
    for line in lines:
        for name, pattern in (
            ("piece", PART_SYNC),
            ("folder", FOLDER_SYNC),
            ("file", WHOLE_SYNC),
            ("rows", WAL_SYNC),
        ):
            if pattern.search(line):
                synced.append(name)
        if PIECE_ACKNOWLEDGED.search(line) or MEDIA_ACKNOWLEDGED.search(line):
            orders.append(("media" if MEDIA_ACKNOWLEDGED.search(line) else "piece", synced))
            synced = []
    return orders


@pytest.mark.skipif(
    shutil.which("strace") is None,
    reason="strace is not installed, so the order of writes and syncs cannot be seen here",
)
def test_a_piece_and_its_name_are_synced_before_the_word_and_a_file_before_its_row(tmp_path):
    orders = orders_at_acknowledgement(traced_calls(tmp_path, "media_writer", PIECES // 2))
    assert [what for what, _ in orders] == ["piece", "piece", "media"] * (PIECES // 2)
    for what, synced in orders:
        if what == "piece":
            assert synced[-2:] == ["piece", "folder"]
        else:
            assert synced.index("file") < synced.index("rows")
