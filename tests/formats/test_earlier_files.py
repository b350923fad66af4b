"""Formats are promises: every backup and export of an earlier release opens, whole, in this one.

Each folder here holds one vault of a release (`tests.formats.make`); the folders are only ever added to.
"""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.formats.make import BACKUP, CODE_FILE, EXPORT, PASSPHRASE

from afterglow.core.days import moment
from afterglow.transfer import archive, services
from afterglow.transfer.backup import doctor, restore
from afterglow.vault.media.documents import Media
from afterglow.vault.media.queries import read_media

HERE = Path(__file__).parent
RELEASES = sorted(folder for folder in HERE.iterdir() if (folder / BACKUP).is_file())
OPEN = """
import django, os, sys, json
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from afterglow.accounts import services
from afterglow.transfer import archive
from afterglow.vault import door_words
how, secret = sys.argv[1], sys.argv[2]
if how == "passphrase":
    vault = services.open_by_passphrase(name="", passphrase=secret, address="test").vault
else:
    vault = services.recover(name="", code=secret, passphrase=door_words.six_words(), address="test").vault
import hashlib
from afterglow.vault.media.documents import Media
from afterglow.vault.media.queries import read_media
sums = {str(s.id): hashlib.sha256(read_media(vault, s.id)).hexdigest() for s in vault.heads(Media)}
rows = {str(s.id): archive.as_row(s) for s in archive.exported(vault)}
print(json.dumps({"rows": rows, "media": sums}))
"""


def documents_of(release):
    with zipfile.ZipFile(release / EXPORT) as kept:
        return {row["id"]: row for row in json.loads(kept.read("afterglow.json"))["documents"]}


def holds(now, then):
    """Whether everything that was kept is still there as it was; later fields may have joined, at any depth."""
    if isinstance(then, dict) and isinstance(now, dict):
        return all(name in now and holds(now[name], value) for name, value in then.items())
    if isinstance(then, list) and isinstance(now, list):
        return len(now) == len(then) and all(map(holds, now, then))
    return now == then


def media_of(release):
    """The sums of the photos and recordings in an export; a release before there were any has none."""
    with zipfile.ZipFile(release / EXPORT) as kept:
        names = [name for name in kept.namelist() if name.startswith("media/")]
        return {Path(name).stem: hashlib.sha256(kept.read(name)).hexdigest() for name in names}


def test_there_is_a_file_of_every_release():
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("how", ["passphrase", "code"])
def test_a_backup_opens_with_either_key_and_nothing_is_missing(release, how, tmp_path):
    home = tmp_path / "home"
    restore(release / BACKUP, home)
    assert doctor(home) == []
    secret = PASSPHRASE if how == "passphrase" else (release / CODE_FILE).read_text("utf-8").strip()
    environment = os.environ | {
        "AFTERGLOW_HOME": str(home),
        "AFTERGLOW_COPIES": "off",
        "DJANGO_SETTINGS_MODULE": "afterglow.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", OPEN, how, secret],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    found = json.loads(done.stdout)
    opened = {key: row for key, row in found["rows"].items() if row["kind"] != "preferences"}
    assert found["media"] == media_of(release)
    kept = {key: row for key, row in documents_of(release).items() if row["kind"] != "preferences"}
    assert set(opened) == set(kept)
    for key, row in kept.items():
        assert opened[key]["kind"] == row["kind"]
        assert holds(opened[key]["fields"], row["fields"]), (row["kind"], opened[key], row)


@pytest.mark.parametrize("release", RELEASES, ids=lambda folder: folder.name)
def test_an_export_comes_in_whole(release, alice):
    from django.utils import timezone

    content = (release / EXPORT).read_bytes()
    kept, problems = services.import_file(
        vault=alice.vault, content=content, name=EXPORT, now=moment(timezone.now(), "UTC")
    )
    assert problems == []
    assert kept == len(documents_of(release))
    assert len(list(archive.exported(alice.vault))) >= kept
    kept_media = {
        str(each.id): hashlib.sha256(read_media(alice.vault, each.id)).hexdigest()
        for each in alice.vault.heads(Media)
    }
    assert kept_media == media_of(release)


def test_the_newest_release_has_photos_and_recordings():
    assert media_of(RELEASES[-1])


def test_the_newest_release_has_several_photos_in_one_entry():
    several = [
        row["fields"] for row in documents_of(RELEASES[-1]).values() if row["fields"].get("seen")
    ]
    assert [len(fields["media"]) for fields in several] == [3]
