"""What lies in a data folder, by name, and whether somebody lives there. Nothing is unlocked."""

import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "afterglow.sqlite3"
WRITE_AHEAD_LOG = f"{DATABASE}-wal"
SERVER_KEY = "server.key"
SERVER_KEY_BYTES = 32
# Tables that hold a row as soon as somebody has a vault.
OF_PEOPLE = ("accounts_account", "vault_unlocker", "vault_record")
# Written while tables are made, before anybody came.
OF_NOBODY = {"django_migrations", "sqlite_sequence"}


def somebody_lives_in(home: Path) -> bool:
    """Whether a vault is kept in this folder; also true where that cannot be told."""
    database = home / DATABASE
    log = home / WRITE_AHEAD_LOG
    if not database.is_file():
        # Looking at a database leaves an empty one behind.
        return log.exists() and log.stat().st_size > 0
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            return _holds_somebody(opened)
    except sqlite3.Error:
        return True


def _holds_somebody(opened: sqlite3.Connection) -> bool:
    rows = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {name for (name,) in rows}
    ours = [name for name in OF_PEOPLE if name in tables]
    if not ours:
        return bool(tables - OF_NOBODY)
    return any(opened.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in ours)
