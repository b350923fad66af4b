"""Makes the files that a later version must still open: `python -m tests.formats.make NAME`, once for a release.

Takes one document of every kind from the fictional person, so that no schema can change unseen, a drawing and a
recording with their sealed files, and several photos in one entry.
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
PASSPHRASE = "heron lantern quiet marble seven plum"
CODE_FILE, BACKUP, EXPORT, NEW = "code.txt", "afterglow.afterglow-backup", "export.zip", "new"


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"AFTERGLOW_HOME": home, "AFTERGLOW_COPIES": "off"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "afterglow.config.settings"
        _make(Path(home), FOLDER / name)


def _make(home: Path, to: Path) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from afterglow.accounts import services
    from afterglow.transfer import archive, backup
    from afterglow.transfer.demo.shown import keep_shown

    to.mkdir()
    vault = services.begin(name="", passphrase=PASSPHRASE).vault
    code = services.pending_recovery_code(vault)
    groups = code.split("-")
    services.confirm_recovery_code(vault=vault, second_group=groups[1], last_group=groups[-1])
    vault.put_all(_one_of_each(vault))
    keep_shown(vault)
    _keep_photos(vault)
    (to / CODE_FILE).write_text(code + "\n", "utf-8")
    with (to / EXPORT).open("wb") as out:
        archive.write_archive(vault, out, language="en")
    backup.backup(to / BACKUP, home=home)


def _keep_photos(vault):
    """One entry with several photos, each with words of its own."""
    import io

    from django.utils import timezone
    from PIL import Image

    from afterglow.core.days import moment
    from afterglow.journal.documents import Seen
    from afterglow.journal.services import keep_entry
    from afterglow.vault.media.services import keep_media

    seen = []
    for words, colour in (("a grey heron", "#667788"), ("the boat", "#885533"), ("", "#333355")):
        out = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(out, "JPEG")
        kept = keep_media(vault, out.getvalue(), name="photo.jpg", content_type="image/jpeg")
        seen.append(Seen(media=kept.id, words=words))
    keep_entry(
        vault=vault,
        text="What the walk was like.",
        written=moment(timezone.now(), "UTC"),
        kind_of="photo",
        media=[each.media for each in seen],
        seen=[each for each in seen if each.words],
    )


def _one_of_each(vault):
    from afterglow.core import demo
    from afterglow.core.content import data_folder
    from afterglow.transfer.demo import rows_of

    person, today = demo.load_demo(data_folder() / "demo"), date(2026, 11, 25)
    rows = rows_of(person, today, vault)
    of_each = {document.kind: (record, document) for record, document in rows}
    # Beside the last entry of all: one about a sitting and a spoken one, for the drawing and the recording.
    of_each |= {
        document.kind_of: (record, document)
        for record, document in rows
        if document.kind == "entry" and document.kind_of in {"sitting", "dictated"}
    }
    return list(dict(of_each.values()).items())


if __name__ == "__main__":
    main(sys.argv[1])
