"""Copies hold the sealed photos and recordings: in one file for taking along, once for all days beside the daily ones."""

import os
import sqlite3
import tracemalloc
import zipfile
from contextlib import closing
from datetime import date, timedelta

import pytest

from afterglow.transfer import daily
from afterglow.transfer.backup import NotRestored, backup, doctor, restore
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY

ONE, TWO = "0" * 31 + "1", "0" * 31 + "2"
TODAY = date(2026, 3, 5)


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    (home / "media" / "incoming").mkdir(parents=True)
    home.chmod(0o700)
    (home / SERVER_KEY).write_bytes(b"k" * 32)
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("CREATE TABLE vault_mediafile (file)")
        database.executemany("INSERT INTO vault_mediafile VALUES (?)", [(ONE,), (TWO,)])
        database.commit()
    for name in (ONE, TWO):
        (home / "media" / name).write_bytes(os.urandom(100_000))
    (home / "media" / f"{ONE}.part").write_bytes(b"half")
    return home


def files_of(home):
    return {each.name: each.read_bytes() for each in (home / "media").iterdir() if each.is_file()}


def whole_ones(home):
    return {name: content for name, content in files_of(home).items() if "." not in name}


def test_a_backup_is_one_file_with_everything_and_comes_back_the_same(home, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    restore(file, tmp_path / "new")
    assert files_of(tmp_path / "new") == whole_ones(home)
    assert (tmp_path / "new" / "media").stat().st_mode & 0o777 == 0o700
    assert doctor(tmp_path / "new") == []


def test_a_backup_of_large_files_never_stands_in_memory(home, tmp_path):
    with (home / "media" / ONE).open("wb") as large:
        large.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    restore(file, tmp_path / "new")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024


def test_a_changed_recording_in_a_backup_is_refused(home, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    other = tmp_path / "b.afterglow-backup"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            changed.writestr(name, content[:-1] + b"x" if ONE in name else content)
    with pytest.raises(NotRestored, match="changed or damaged"):
        restore(other, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "media/../../outside", "media/short", "other"])
def test_a_backup_writes_nowhere_else(home, tmp_path, name):
    other = tmp_path / "b.afterglow-backup"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr(name, b"x")
        made.writestr("manifest.json", f'{{"sha256": {{"{name}": "0"}}}}')
    with pytest.raises(NotRestored):
        restore(other, tmp_path / "new")
    assert not (tmp_path / "outside").exists()


def copies(folder, days):
    return [daily._file(folder, TODAY + timedelta(days=day)) for day in days]


def test_daily_copies_share_one_folder_in_which_each_file_lies_once(home, tmp_path):
    folder = tmp_path / "copies"
    for day in range(3):
        daily.keep_daily_copy(home=home, folder=folder, today=TODAY + timedelta(days=day))
    assert files_of(folder) == whole_ones(home)
    assert all(file.stat().st_size < 50_000 for file in copies(folder, range(3)))
    restore(copies(folder, [1])[0], tmp_path / "new")
    assert files_of(tmp_path / "new") == whole_ones(home)


def test_a_file_that_was_removed_leaves_with_the_last_copy_that_names_it(home, tmp_path):
    folder = tmp_path / "copies"
    daily.keep_daily_copy(home=home, folder=folder, today=TODAY)
    (home / "media" / ONE).unlink()
    daily.keep_daily_copy(home=home, folder=folder, today=TODAY + timedelta(days=1))
    assert ONE in files_of(folder)
    copies(folder, [0])[0].unlink()
    daily.keep_daily_copy(home=home, folder=folder, today=TODAY + timedelta(days=2))
    assert set(files_of(folder)) == {TWO}


def test_a_copy_whose_files_are_gone_is_not_restored_in_part(home, tmp_path):
    folder = tmp_path / "copies"
    file = daily.keep_daily_copy(home=home, folder=folder, today=TODAY)
    (folder / "media" / ONE).unlink()
    with pytest.raises(NotRestored, match="is missing"):
        restore(file, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_of_two_that_differ_the_sound_one_stays_in_the_copies(home, tmp_path):
    folder = tmp_path / "copies"
    daily.keep_daily_copy(home=home, folder=folder, today=TODAY)
    sound = whole_ones(home)
    (home / "media" / ONE).write_bytes(b"the disk forgot")
    (folder / "media" / TWO).write_bytes(b"the other disk forgot")
    daily.keep_daily_copy(home=home, folder=folder, today=TODAY + timedelta(days=1))
    assert files_of(folder) == sound


def test_the_doctor_counts_what_is_missing(home):
    (home / "media" / ONE).unlink()
    assert doctor(home) == [
        "Sealed photos or recordings that are missing: 1. A backup may hold them."
    ]
