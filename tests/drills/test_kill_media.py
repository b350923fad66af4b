"""The kill drill for recordings: what was acknowledged, piece or whole, is there; no document is without its file."""

import hashlib
import json
import os
import random
import signal
import subprocess
import time

import pytest

from tests.drills.outside import ROOT, command, surroundings
from tests.vault.sounds import numbered

pytestmark = pytest.mark.drill
KILLS = 200 if os.environ.get("AFTERGLOW_DRILL") == "full" else 4
LONGEST_SECONDS = 0.6


def killed_writer(folder, seed):
    """The lines that a writer had printed before it was killed."""
    with subprocess.Popen(
        command("media_writer", folder),
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        first = writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, LONGEST_SECONDS))
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    assert writer.returncode == -signal.SIGKILL
    lines = (first + rest).splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]


def what_is_left(folder):
    reader = subprocess.run(
        command("media_reader", folder),
        cwd=ROOT,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert reader.returncode == 0, reader.stderr
    return json.loads(reader.stdout)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_writer_loses_no_piece_and_no_recording_it_had_acknowledged(tmp_path, seed):
    lines = killed_writer(tmp_path, seed)
    left = what_is_left(tmp_path)
    assert lines
    for line in lines:
        if line[0] == "media":
            expected = hashlib.sha256(numbered(int(line[2]))).hexdigest()
            assert left["media"][line[1]] == expected
        else:
            # A finished upload has become media under the same id.
            assert line[1] in left["media"] or int(line[3]) in left["pieces"][line[1]]
    assert left["without_file"] == []
    assert left["without_row"] == []
    assert left["after_sweeping"] == left["media"]
