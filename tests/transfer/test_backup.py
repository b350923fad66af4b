"""A backup is one file that gives the same folder again, and never writes over another."""

import sqlite3
import zipfile
from contextlib import closing

import pytest

from afterglow.transfer.backup import DATABASE, SERVER_KEY, NotRestored, backup, doctor, restore


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / SERVER_KEY).write_bytes(b"k" * 32)
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE kept (sealed)")
        database.execute("INSERT INTO kept VALUES ('one')")
        database.commit()
    return home


def rows(home):
    with closing(sqlite3.connect(home / DATABASE)) as database:
        return database.execute("SELECT sealed FROM kept").fetchall()


def test_a_backup_made_during_use_comes_back_whole(home, tmp_path):
    with closing(sqlite3.connect(home / DATABASE)) as in_use:
        in_use.execute("INSERT INTO kept VALUES ('two')")
        in_use.commit()
        file = backup(tmp_path / "a.afterglow-backup", home=home)
    restore(file, tmp_path / "new")
    assert rows(tmp_path / "new") == [("one",), ("two",)]
    assert (tmp_path / "new" / SERVER_KEY).read_bytes() == b"k" * 32
    assert doctor(tmp_path / "new") == []


def test_a_backup_is_for_its_owner_only(home, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_leaves_no_half_file_beside_it(home, tmp_path):
    backup(tmp_path / "a.afterglow-backup", home=home)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.afterglow-backup", "home"]


def test_restoring_over_a_database_is_refused(home, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    with pytest.raises(NotRestored, match="already holds"):
        restore(file, home)
    assert rows(home) == [("one",)]


def test_a_changed_backup_is_refused(home, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    other = tmp_path / "b.afterglow-backup"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            changed.writestr(name, b"x" * 32 if name == SERVER_KEY else content)
    with pytest.raises(NotRestored, match="changed or damaged"):
        restore(other, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_any_other_file_is_no_backup(tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(NotRestored, match="not a whole backup"):
        restore(tmp_path / "a.txt", tmp_path / "new")


def test_the_doctor_names_an_open_folder_and_a_missing_key(home):
    home.chmod(0o755)
    (home / SERVER_KEY).unlink()
    assert [line.split()[0] for line in doctor(home)] == ["Others", "server.key"]


def test_the_doctor_finds_a_damaged_database(home):
    (home / DATABASE).write_bytes(b"not a database at all" * 400)
    assert any("database is not well" in line for line in doctor(home))


def test_the_doctor_is_content_with_a_sound_folder(home):
    assert doctor(home) == []


def test_after_a_restore_every_browser_is_a_stranger_and_other_ways_in_stay(home, tmp_path):
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.executescript(
            "CREATE TABLE vault_device (id); INSERT INTO vault_device VALUES (1);"
            "CREATE TABLE vault_pairing (id); INSERT INTO vault_pairing VALUES (1);"
            "CREATE TABLE vault_sessionbox (id); INSERT INTO vault_sessionbox VALUES (1);"
            "CREATE TABLE vault_unlocker (kind); INSERT INTO vault_unlocker VALUES"
            " ('passphrase'), ('recovery'), ('passkey');"
        )
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    restore(file, tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / DATABASE)) as database:
        kinds = database.execute("SELECT kind FROM vault_unlocker").fetchall()
        for table in ("vault_device", "vault_pairing", "vault_sessionbox"):
            assert database.execute(f"SELECT * FROM {table}").fetchall() == []
    assert kinds == [("passphrase",), ("recovery",)]
    assert not list((tmp_path / "new").glob("*-wal"))
