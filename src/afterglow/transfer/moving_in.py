"""At the start: what arrived from another computer takes its place, if nobody has a vault here yet."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from afterglow.transfer import sealed_files
from afterglow.transfer.backup import DATABASE, SERVER_KEY

ARRIVING = "arriving"


def settle(home: Path) -> bool:
    """Whether something moved in. It happens before anything of the data folder is read."""
    arrived = home / ARRIVING
    if not (arrived / DATABASE).is_file() or _somebody_lives_in(home / DATABASE):
        return False
    for ending in ("-wal", "-shm", ""):
        (home / f"{DATABASE}{ending}").unlink(missing_ok=True)
    # The key goes before the database: a database under another key would open for nobody.
    for name in (sealed_files.FOLDER, SERVER_KEY, DATABASE):
        _move(arrived / name, home / name)
    shutil.rmtree(arrived, ignore_errors=True)
    return True


def _move(source: Path, to: Path) -> None:
    if not source.exists():
        return
    if to.is_dir():
        shutil.rmtree(to)
    source.replace(to)


def _somebody_lives_in(database: Path) -> bool:
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("SELECT 1 FROM accounts_account LIMIT 1").fetchone())
    except sqlite3.OperationalError as error:
        return "no such table" not in str(error)
