"""A worker that has just begun knows every kind of document before the first vault is opened in it."""

import json
import os
import subprocess
import sys

from tests.drills.outside import ROOT, surroundings

SAY = """
import json
import afterglow.config.wsgi
from afterglow.vault.documents import known_kinds
print(json.dumps(sorted(known_kinds())))
"""


def test_a_fresh_worker_knows_every_kind_of_document(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", SAY],
        cwd=ROOT,
        env=surroundings() | {"AFTERGLOW_HOME": os.fspath(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"entry", "goal", "media", "helped-person", "share"} <= set(json.loads(ran.stdout))
