"""The kill drill: a writer is stopped with SIGKILL at any moment, and nothing it had acknowledged is gone."""

import json
import os
import random
import signal
import subprocess
import time

import pytest

from tests.drills.outside import ROOT, command, surroundings

pytestmark = pytest.mark.drill
KILLS = 200 if os.environ.get("AFTERGLOW_DRILL") == "full" else 5
LONGEST_SECONDS = 0.4


def killed_writer(folder, seed):
    """The ids that a writer had acknowledged before it was killed."""
    with subprocess.Popen(
        command("writer", folder), cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, text=True
    ) as writer:
        first = writer.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, LONGEST_SECONDS))
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    assert writer.returncode == -signal.SIGKILL
    lines = (first + rest).splitlines(keepends=True)
    return [line.split()[1] for line in lines if line.endswith("\n")]


def what_is_left(folder):
    reader = subprocess.run(
        command("reader", folder),
        cwd=ROOT,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert reader.returncode == 0, reader.stderr
    return json.loads(reader.stdout)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_writer_loses_no_entry_it_had_acknowledged(tmp_path, seed):
    acknowledged = killed_writer(tmp_path, seed)
    left = what_is_left(tmp_path)
    assert left["integrity"] == ["ok"]
    assert acknowledged
    assert set(acknowledged) <= set(left["entries"])
    # At most the entry that was being acknowledged at that moment may be there besides.
    assert len(left["entries"]) <= len(acknowledged) + 1
    for number, name in enumerate(acknowledged):
        assert left["entries"][name].startswith(f"entry {number} ")
