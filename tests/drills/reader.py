"""A process of its own that opens the vault a stopped writer left behind and prints what it finds as JSON.

`python -m tests.drills.reader FOLDER`; ends with an error where the vault does not open.
"""

import json
import os
import sys
from pathlib import Path
from uuid import UUID

import django

FOLDER = Path(sys.argv[1])
os.environ["AFTERGLOW_HOME"] = str(FOLDER)
django.setup()

from django.db import connection  # noqa: E402

from afterglow.journal.documents import Entry  # noqa: E402
from afterglow.vault import doors  # noqa: E402
from afterglow.vault.records import Keys, check_manifest  # noqa: E402


def main() -> None:
    left = json.loads((FOLDER / "drill-keys.json").read_text())
    keys = Keys.of(UUID(left["owner"]), 1, bytes.fromhex(left["vault_key"]))
    check_manifest(keys)
    _door, vault = doors.open_door(keys)
    entries = {str(entry.id): entry.document.text for entry in vault.all(Entry)}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        verdict = [row[0] for row in cursor.fetchall()]
    print(json.dumps({"entries": entries, "integrity": verdict}))


main()
