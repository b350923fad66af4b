"""A copy each day, opened before older ones go: seven days and four weeks of them."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from afterglow.transfer import daily
from afterglow.transfer.backup import DATABASE, SERVER_KEY

DAY = date(2026, 11, 25)


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / SERVER_KEY).write_bytes(b"k" * 32)
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("CREATE TABLE kept (sealed)")
        database.commit()
    return home


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
    assert sorted(path.name for path in folder.iterdir())[0].startswith("afterglow-")


def test_a_copy_that_does_not_open_goes_and_the_earlier_ones_stay(home, tmp_path, monkeypatch):
    folder = tmp_path / "copies"
    for back in range(12, 0, -1):
        daily.keep_daily_copy(home=home, folder=folder, today=DAY - timedelta(days=back))
    before = daily.copies_in(folder).days
    monkeypatch.setattr(daily, "backup", lambda to, home: to.write_bytes(b"not a copy"))
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
