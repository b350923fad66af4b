"""A process of its own that opens what a stopped writer of recordings left behind, goes on with it, and prints what it finds.

`python -m tests.drills.media_reader FOLDER`; ends with an error where anything kept does not open.
"""

import hashlib
import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import django

FOLDER = Path(sys.argv[1])
os.environ["AFTERGLOW_HOME"] = str(FOLDER)
django.setup()

from django.utils import timezone  # noqa: E402

from afterglow.vault import doors  # noqa: E402
from afterglow.vault.media import files, queries, services, sweeping  # noqa: E402
from afterglow.vault.media.documents import Media  # noqa: E402
from afterglow.vault.models import MediaFile, Upload  # noqa: E402
from afterglow.vault.records import Keys, check_manifest  # noqa: E402


def sums(vault):
    """What every kept recording is now; a row without its file would end this."""
    return {
        str(each.id): hashlib.sha256(queries.read_media(vault, each.id)).hexdigest()
        for each in vault.heads(Media)
    }


def main() -> None:
    left = json.loads((FOLDER / "drill-keys.json").read_text())
    keys = Keys.of(UUID(left["owner"]), 1, bytes.fromhex(left["vault_key"]))
    check_manifest(keys)
    _door, vault = doors.open_door(keys)
    found = {"media": sums(vault)}
    uploads = list(Upload.objects.filter(owner=keys.owner).values_list("id", flat=True))
    found["pieces"] = {str(each): services.kept_pieces(vault, each) for each in uploads}
    names = set(MediaFile.objects.values_list("file", flat=True))
    found["without_file"] = [name for name in names if not (files.folder() / name).is_file()]
    sweeping.sweep(timezone.now() + timedelta(days=3))
    there = {each.name for each in files.folder().iterdir() if each.is_file()}
    found["without_row"] = sorted(there - names)
    found["after_sweeping"] = sums(vault)
    print(json.dumps(found))


main()
