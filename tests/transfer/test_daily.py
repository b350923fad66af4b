"""A copy each day, opened before older ones go: seven days and four weeks of them."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from afterglow.accounts import services as accounts
from afterglow.config import background, env
from afterglow.transfer import daily
from afterglow.transfer.backup import doctor, restore
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY
from tests.conftest import PASSPHRASE
from tests.transfer.folders import data_folder

DAY = date(2026, 11, 25)


@pytest.fixture
def home(tmp_path):
    return data_folder(tmp_path / "home", "CREATE TABLE kept (sealed)")


def test_a_copy_is_made_once_a_day(home, tmp_path):
    first = daily.keep_daily_copy(home=home, folder=tmp_path / "copies", today=DAY)
    assert first is not None
    assert first.exists()
    assert daily.keep_daily_copy(home=home, folder=tmp_path / "copies", today=DAY) is None
    assert (tmp_path / "copies").stat().st_mode & 0o777 == 0o700


def test_seven_days_and_four_weeks_are_kept(home, tmp_path):
    folder = tmp_path / "copies"
    for back in range(60, -1, -1):
        daily.keep_daily_copy(home=home, folder=folder, today=DAY - timedelta(days=back))
    days = daily.copies_in(folder).days
    assert days[:7] == tuple(DAY - timedelta(days=back) for back in range(7))
    assert len(days) <= 7 + 4
    assert {day.isocalendar()[1] for day in days} == {48, 47, 46, 45}
    assert all(path.name.startswith("afterglow-") for path in folder.iterdir())


def test_a_copy_that_does_not_open_goes_and_the_earlier_ones_stay(home, tmp_path, monkeypatch):
    folder = tmp_path / "copies"
    for back in range(12, 0, -1):
        daily.keep_daily_copy(home=home, folder=folder, today=DAY - timedelta(days=back))
    before = daily.copies_in(folder).days
    monkeypatch.setattr(
        daily, "backup", lambda to, home, beside=None: to.write_bytes(b"not a copy")
    )
    with pytest.raises(daily.NotSound):
        daily.keep_daily_copy(home=home, folder=folder, today=DAY)
    assert daily.copies_in(folder).days == before


def test_other_files_in_the_folder_are_left_alone(home, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "mine.afterglow-backup").write_bytes(b"my own copy")
    for back in range(30, -1, -1):
        daily.keep_daily_copy(home=home, folder=folder, today=DAY - timedelta(days=back))
    assert (folder / "mine.afterglow-backup").read_bytes() == b"my own copy"


def test_the_page_says_when_the_last_copy_was_kept(alice, settings, home, tmp_path):
    settings.COPIES_FOLDER = tmp_path / "copies"
    assert "The first copy is made" in alice.get("/transfer/copies/").content.decode()
    daily.keep_daily_copy(home=home, folder=settings.COPIES_FOLDER, today=DAY)
    page = alice.get("/transfer/copies/").content.decode()
    assert "The last copy was kept on Wednesday 25 November" in page


def test_a_copy_taken_along_opens_on_another_computer(alice, settings, home, tmp_path):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=home)
    answer = alice.post("/transfer/copies/")
    file = tmp_path / "taken"
    file.write_bytes(b"".join(answer.streaming_content))
    restore(file, tmp_path / "new")
    assert doctor(tmp_path / "new") == []
    assert sorted(path.name for path in home.iterdir()) == [DATABASE, SERVER_KEY]


def test_copies_are_off_where_they_are_switched_off_or_a_server_keeps_the_data():
    assert env.read({"AFTERGLOW_HOME": "/h", "AFTERGLOW_COPIES": "off"}).copies is None
    assert env.read({"AFTERGLOW_HOME": "/h", "DATABASE_URL": "postgresql://x"}).copies is None
    assert env.read({"AFTERGLOW_HOME": "/h"}).copies == Path("/h/copies")


def test_where_a_server_keeps_the_data_no_page_gives_or_takes_a_copy(alice, settings, home):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=home, database_url="postgresql://x")
    settings.COPIES_FOLDER = None
    for page in (alice.get("/transfer/copies/"), alice.post("/transfer/copies/")):
        assert "Whoever runs it makes the copies" in page.content.decode()
        assert "Take a sealed copy" not in page.content.decode()


def test_trouble_with_a_copy_is_named_and_stops_nothing(settings, home, tmp_path, caplog):
    settings.COPIES_FOLDER = tmp_path / "copies"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path / "nowhere")
    background.keep_a_copy()
    assert "the copy of today was not kept" in caplog.text


def test_a_damaged_database_ends_neither_copies_nor_the_sweeping_of_media(
    settings, tmp_path, caplog, monkeypatch
):
    def damaged(*_, **__):
        raise sqlite3.DatabaseError

    settings.COPIES_FOLDER = tmp_path / "copies"
    monkeypatch.setattr(daily, "keep_daily_copy", damaged)
    monkeypatch.setattr(background.sweeping, "sweep", damaged)
    monkeypatch.setattr(background.connections, "close_all", lambda: None)
    background.keep_a_copy()
    background.sweep_media()
    assert "the copy of today was not kept" in caplog.text
    assert "media was not swept" in caplog.text


def test_deleting_everything_takes_the_daily_copies_along(settings, home, tmp_path, db):
    settings.COPIES_FOLDER = tmp_path / "copies"
    daily.keep_daily_copy(home=home, folder=settings.COPIES_FOLDER, today=DAY)
    entered = accounts.begin(name="", passphrase=PASSPHRASE)
    assert accounts.delete_everything(vault=entered.vault, passphrase=PASSPHRASE)
    assert daily.copies_in(settings.COPIES_FOLDER).days == ()


def test_the_doctor_names_copies_that_have_grown_old(tmp_path):
    today = date(2026, 3, 10)
    assert daily.troubles(None, today) == []
    assert daily.troubles(tmp_path / "not-yet", today) == []
    (tmp_path / "afterglow-2026-03-08.afterglow-backup").touch()
    assert daily.troubles(tmp_path, today) == []
    (found,) = daily.troubles(tmp_path, date(2026, 3, 20))
    assert "2026-03-08" in found
