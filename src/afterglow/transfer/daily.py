"""A sealed copy each day, kept by itself: seven days and four weeks, each one looked at before older ones go.

Sealed photos and recordings lie once in a folder beside the copies, which all of them share.
Leaves out where the hour comes from (`config.background` runs it) and copies of one's own (`transfer.backup`).
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from afterglow.transfer import sealed_files
from afterglow.transfer.backup import PIECE_BYTES, NotRestored, backup, restore

DAYS_KEPT = 7
WEEKS_KEPT = 4
STALE_DAYS = 3
NAME = re.compile(r"^afterglow-(\d{4}-\d\d-\d\d)\.afterglow-backup$")


class NotSound(Exception):
    """The copy of today did not open; it was removed, and the earlier ones stay."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What is kept in the folder, newest first."""

    folder: Path
    days: tuple[date, ...]


def copies_in(folder: Path) -> Copies:
    found = (NAME.match(file.name) for file in folder.glob("*.afterglow-backup"))
    days = sorted((date.fromisoformat(match[1]) for match in found if match), reverse=True)
    return Copies(folder, tuple(days))


def troubles(folder: Path | None, today: date) -> list[str]:
    """What is not as it should be with the copies, in plain words; nothing where all is well or they are off."""
    if folder is None or not folder.exists():
        return []
    days = copies_in(folder).days
    if not os.access(folder, os.W_OK):
        return [f"Copies cannot be written to {folder}. Please make it writable, or name another."]
    if days and (today - days[0]).days > STALE_DAYS:
        return [
            f"The last daily copy in {folder} is of {days[0]}. One is made while Afterglow runs."
        ]
    return []


def keep_daily_copy(*, home: Path, folder: Path, today: date) -> Path | None:
    """Make the copy of today unless it is there, open it once, then let the old ones go. Raises NotSound."""
    file = _file(folder, today)
    if file.exists():
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    backup(file, home=home, beside=folder / sealed_files.FOLDER)
    _look_inside(file)
    for day in set(copies_in(folder).days) - days_to_keep(copies_in(folder).days):
        _file(folder, day).unlink(missing_ok=True)
    sealed_files.let_old_ones_go(folder / sealed_files.FOLDER)
    return file


def one_to_take(home: Path) -> Iterator[bytes]:
    """A copy of now, piece by piece. What lies in the folder meanwhile is sealed, and goes when it was read."""
    with tempfile.TemporaryDirectory(dir=home, prefix=".take-") as folder:
        file = backup(Path(folder) / "taken", home=home)
        with file.open("rb") as opened:
            while piece := opened.read(PIECE_BYTES):
                yield piece


def _file(folder: Path, day: date) -> Path:
    return folder / f"afterglow-{day}.afterglow-backup"


def _look_inside(file: Path) -> None:
    """Restore it into a folder that goes again: hashes and the database's own check must hold."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".look-") as folder:
        try:
            restore(file, Path(folder) / "home", only_to_look=True)
        except NotRestored as error:
            file.unlink()
            raise NotSound from error


def days_to_keep(days: tuple[date, ...]) -> set[date]:
    """The newest seven, and of each of the newest four weeks the newest day."""
    newest_of_week: dict[tuple[int, int], date] = {}
    for day in sorted(days):
        newest_of_week[day.isocalendar()[:2]] = day
    weeks = sorted(newest_of_week.values(), reverse=True)[:WEEKS_KEPT]
    return set(sorted(days, reverse=True)[:DAYS_KEPT]) | set(weeks)
