"""A process of its own that makes a vault in a folder and keeps entries until it is stopped or has kept enough.

`python -m tests.drills.writer FOLDER [HOW_MANY]`; prints an entry's id once `keep_entry` has returned.
"""

import json
import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import django

FOLDER = Path(sys.argv[1])
os.environ["AFTERGLOW_HOME"] = str(FOLDER)
django.setup()

from django.core.management import call_command  # noqa: E402

from afterglow.core.days import moment  # noqa: E402
from afterglow.journal.services import keep_entry  # noqa: E402
from afterglow.vault import doors  # noqa: E402
from tests.conftest import new_person  # noqa: E402

KEYS_FILE = "drill-keys.json"


def main() -> None:
    call_command("migrate", verbosity=0)
    keys = new_person("alice")
    kept_for_parent = {"owner": str(keys.owner), "vault_key": keys.vault_key.hex()}
    (FOLDER / KEYS_FILE).write_text(json.dumps(kept_for_parent))
    _door, vault = doors.open_door(keys)
    numbers = range(int(sys.argv[2])) if len(sys.argv) > 2 else count()
    for number in numbers:
        # Lengths differ, so that a stop meets entries of one page and of many.
        text = f"entry {number} " + "the tide went out slowly " * (number % 40 * 10)
        kept = keep_entry(vault=vault, text=text, written=moment(datetime.now(UTC), "UTC"))
        print(f"kept {kept.id}", flush=True)


main()
