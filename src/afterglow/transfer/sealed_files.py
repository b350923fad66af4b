"""The sealed photos and recordings beside the database, as files: copied, brought back, counted. Nothing is unlocked.

Names are random and a file never changes, so the copies of many days can share one folder that holds each file once.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

FOLDER = "media"
COPIES = "afterglow-*.afterglow-backup"
_NAME = re.compile(r"^[0-9a-f]{32}$")


def of_home(home: Path) -> list[Path]:
    """Every whole sealed file; uploads on their way and parts are left out."""
    return _whole_ones(home / FOLDER)


def _whole_ones(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if _NAME.match(each.name) and each.is_file())


def is_one(name: str) -> bool:
    """Whether this is a name that a sealed file has inside a backup."""
    return name.startswith(f"{FOLDER}/") and _NAME.match(name[len(FOLDER) + 1 :]) is not None


def keep_beside(sealed: Sequence[Path], folder: Path) -> dict[str, str]:
    """Copy what is not there yet or has been damaged there; gives the sum of each as it lies there now."""
    if sealed:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    earlier = {
        name: sum_ for copy in sorted(folder.parent.glob(COPIES)) for name, sum_ in _named_in(copy)
    }
    sums = {}
    for file in sealed:
        with contextlib.suppress(FileNotFoundError):
            sums[file.name] = _kept_once(file, folder / file.name, earlier.get(file.name, ""))
    return sums


def _kept_once(file: Path, kept: Path, earlier: str) -> str:
    """Where the two differ, the one that still has its earlier sum is the sound one."""
    sum_ = _sum(file)
    there = _sum(kept) if kept.exists() else ""
    if there == sum_ or (there and there == earlier):
        return there
    _copy(file, kept)
    return sum_


def _copy(file: Path, to: Path) -> None:
    part = to.with_name(f"{to.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with file.open("rb") as opened, os.fdopen(descriptor, "wb") as out:
        shutil.copyfileobj(opened, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    part.replace(to)


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def bring_back(folder: Path, beside: dict[str, str], to: Path, *, copy: bool) -> str:
    """Copy the files that a backup names and that lie beside it; gives the name of the first that is wrong, or none."""
    for name, sum_ in beside.items():
        file = folder / FOLDER / name
        if not _NAME.match(name) or not file.is_file() or _sum(file) != sum_:
            return name
        if copy:
            _copy(file, to / name)
    return ""


def move(from_: Path, to: Path) -> None:
    """Put restored files in their place, beside what lies there; a file never changes, so an equal name is the same file."""
    to.mkdir(mode=0o700, exist_ok=True)
    for file in from_.iterdir():
        file.replace(to / file.name)


def let_old_ones_go(folder: Path) -> None:
    """Remove what none of the copies beside this folder names any more."""
    named = {name for copy in folder.parent.glob(COPIES) for name, _ in _named_in(copy)}
    for file in _whole_ones(folder):
        if file.name not in named:
            file.unlink(missing_ok=True)


def _named_in(copy: Path) -> list[tuple[str, str]]:
    """Names and sums; a copy from before there were sealed files names none."""
    try:
        with zipfile.ZipFile(copy) as packed:
            return list(json.loads(packed.read("manifest.json")).get("beside", {}).items())
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return []


def troubles(home: Path, named: Iterable[str]) -> list[str]:
    """Files that the database names and that are not there, in plain words."""
    there = {each.name for each in of_home(home)}
    missing = sum(name not in there for name in named)
    if not missing:
        return []
    return [f"Sealed photos or recordings that are missing: {missing}. A backup may hold them."]


def named_by(database: Path) -> list[str]:
    """What an earlier version's database names: nothing."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            return [row[0] for row in opened.execute("SELECT file FROM vault_mediafile")]
    except sqlite3.Error:
        return []
