"""A backup is one file that gives the same folder again, and never writes over another."""

import sqlite3
import zipfile
from contextlib import closing

import pytest

from afterglow.transfer import moving_in, strangers
from afterglow.transfer.backup import NotKept, NotRestored, backup, doctor, restore
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY
from tests.transfer.folders import data_folder

WAL = "PRAGMA journal_mode=WAL"


@pytest.fixture
def home(tmp_path):
    kept = ("CREATE TABLE kept (sealed)", "INSERT INTO kept VALUES ('one')")
    return data_folder(tmp_path / "home", WAL, *kept)


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


@pytest.fixture
def prepared(tmp_path):
    """A folder as a start leaves it: tables, and nobody in them."""
    tables = ("CREATE TABLE accounts_account (id)", "CREATE TABLE vault_unlocker (id, kind)")
    return data_folder(tmp_path / "prepared", WAL, *tables, key=b"n")


def move_somebody_in(home):
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("INSERT INTO vault_unlocker VALUES (1, 'passphrase')")
        database.commit()


def test_a_database_in_which_nobody_has_a_vault_gives_way(home, prepared, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    (prepared / "media").mkdir()
    (prepared / "media" / ("a" * 32)).write_bytes(b"left by somebody")
    restore(file, prepared)
    assert rows(prepared) == [("one",)]
    assert (prepared / SERVER_KEY).read_bytes() == b"k" * 32
    assert (prepared / "media" / ("a" * 32)).read_bytes() == b"left by somebody"
    assert sorted(each.name for each in prepared.iterdir()) == [DATABASE, "media", SERVER_KEY]


def test_a_database_in_which_somebody_has_a_vault_stays(home, prepared, tmp_path):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    move_somebody_in(prepared)
    with pytest.raises(NotRestored, match="already holds"):
        restore(file, prepared)
    assert (prepared / SERVER_KEY).read_bytes() == b"n" * 32


def test_who_begins_while_a_long_file_is_read_keeps_their_vault(
    home, prepared, tmp_path, monkeypatch
):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    monkeypatch.setattr(strangers, "forget_devices", lambda _: move_somebody_in(prepared))
    with pytest.raises(NotRestored, match="already holds"):
        restore(file, prepared)
    assert (prepared / SERVER_KEY).read_bytes() == b"n" * 32
    assert not (prepared / moving_in.ARRIVING).exists()


@pytest.mark.parametrize("moved", [0, 1])
def test_a_restore_that_broke_off_is_finished_by_the_next_start(
    home, prepared, tmp_path, monkeypatch, moved
):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    settle = moving_in.settle

    def breaks_off(folder):
        if moved:
            (folder / moving_in.ARRIVING / SERVER_KEY).replace(folder / SERVER_KEY)
        raise KeyboardInterrupt

    monkeypatch.setattr(moving_in, "settle", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        restore(file, prepared)
    assert settle(prepared)
    assert rows(prepared) == [("one",)]
    assert (prepared / SERVER_KEY).read_bytes() == b"k" * 32


@pytest.mark.parametrize(
    "left", [{DATABASE: b"damaged " * 900}, {f"{DATABASE}-wal": b"the newest words"}]
)
def test_what_cannot_be_told_apart_from_a_vault_is_not_written_over(home, tmp_path, left):
    file = backup(tmp_path / "a.afterglow-backup", home=home)
    there = tmp_path / "there"
    there.mkdir()
    for name, content in left.items():
        (there / name).write_bytes(content)
    with pytest.raises(NotRestored, match="already holds"):
        restore(file, there)
    assert {each.name: each.read_bytes() for each in there.iterdir()} == left


def test_where_nothing_is_kept_yet_there_is_no_copy(tmp_path):
    with pytest.raises(NotKept, match="nothing to copy yet"):
        backup(tmp_path / "a.afterglow-backup", home=tmp_path)
    assert list(tmp_path.iterdir()) == []


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
