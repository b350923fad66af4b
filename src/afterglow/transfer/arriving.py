"""Moving in: a backup of another computer is looked at in a folder beside, and takes its place at the next start.

Only where nobody has a vault yet. Leaves out the page, and the start itself (`transfer.moving_in`).
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from uuid import UUID

from afterglow.transfer.backup import NotRestored, restore
from afterglow.transfer.data_folder import DATABASE
from afterglow.transfer.moving_in import ARRIVING
from afterglow.vault import unlock
from afterglow.vault.models import Unlocker

_COLUMNS = (
    "id",
    "owner",
    "kind",
    "memory_kib",
    "iterations",
    "lanes",
    "salt",
    "sealed",
    "commitment",
    "epoch",
)


class NotTheirs(Exception):
    """The passphrase opens no vault of this backup."""


def take_in(pieces: Iterable[bytes], *, home: Path, passphrase: str) -> None:
    """Keep a backup beside what is here, opened once to see that it is sound and that the passphrase fits.

    Raises NotRestored and NotTheirs, with nothing left behind.
    """
    forget(home)
    file = home / f".{ARRIVING}.upload"
    try:
        with file.open("wb") as out:
            file.chmod(0o600)
            for piece in pieces:
                out.write(piece)
        restore(file, home / ARRIVING)
        _try(home / ARRIVING / DATABASE, passphrase)
    except BaseException:
        forget(home)
        raise
    finally:
        file.unlink(missing_ok=True)


def forget(home: Path) -> None:
    shutil.rmtree(home / ARRIVING, ignore_errors=True)


def _try(database: Path, passphrase: str) -> None:
    """At every vault of the copy, since its names are hidden under another server's key. Raises NotTheirs."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        names = ", ".join(_COLUMNS)
        rows = opened.execute(
            f"SELECT {names} FROM vault_unlocker WHERE kind = ?", (unlock.PASSPHRASE,)
        ).fetchall()
    if not unlock.opens_any([_unlocker(row) for row in rows], passphrase):
        raise NotTheirs


def _unlocker(row: tuple[object, ...]) -> Unlocker:
    fields = dict(zip(_COLUMNS, row, strict=True))
    for name in ("id", "owner"):
        fields[name] = UUID(str(fields[name]))
    return Unlocker(**fields)


__all__ = ["ARRIVING", "NotRestored", "NotTheirs", "forget", "take_in"]
