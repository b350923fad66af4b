"""A process of its own that makes a vault in a folder and takes recordings in piece by piece until it is stopped.

`python -m tests.drills.media_writer FOLDER [HOW_MANY]`; prints a line once a piece or a whole recording is kept.
"""

import json
import os
import sys
from itertools import count
from pathlib import Path

import django

FOLDER = Path(sys.argv[1])
os.environ["AFTERGLOW_HOME"] = str(FOLDER)
django.setup()

from django.core.management import call_command  # noqa: E402

from afterglow.vault import doors  # noqa: E402
from afterglow.vault.media import services  # noqa: E402
from tests.conftest import new_person  # noqa: E402
from tests.vault.sounds import numbered  # noqa: E402

KEYS_FILE = "drill-keys.json"


def main() -> None:
    call_command("migrate", verbosity=0)
    keys = new_person("alice")
    kept_for_parent = {"owner": str(keys.owner), "vault_key": keys.vault_key.hex()}
    (FOLDER / KEYS_FILE).write_text(json.dumps(kept_for_parent))
    _door, vault = doors.open_door(keys)
    numbers = range(int(sys.argv[2])) if len(sys.argv) > 2 else count()
    for number in numbers:
        sound = numbered(number)
        upload = services.begin_upload(
            vault, name=f"{number}.wav", content_type="audio/wav", length=len(sound)
        )
        for index, start in enumerate(range(0, len(sound), services.PIECE_BYTES)):
            piece = sound[start : start + services.PIECE_BYTES]
            services.take_piece(vault, upload, index, piece)
            print(f"piece {upload} {number} {index}", flush=True)
        kept = services.finish_upload(vault, upload)
        print(f"media {kept.id} {number}", flush=True)


main()
