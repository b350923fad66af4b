"""After a restore every browser is a stranger: a device that was removed since the copy was made must not come back with it.

Passphrase and recovery code open as ever. A phone is paired again, and what waits on it arrives then.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

FORGOTTEN = (
    ("vault_device", "DELETE FROM vault_device"),
    ("vault_device", "DELETE FROM vault_unlocker WHERE kind = 'passkey'"),
    ("vault_pairing", "DELETE FROM vault_pairing"),
    ("vault_sessionbox", "DELETE FROM vault_sessionbox"),
    ("vault_shownpage", "DELETE FROM vault_shownpage"),
)


def forget_devices(database: Path) -> None:
    """Take devices, their passkeys and their sessions out of a copy; earlier formats have fewer of these tables."""
    with closing(sqlite3.connect(database)) as opened, opened:
        found = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in found}
        for table, statement in FORGOTTEN:
            if table in tables:
                opened.execute(statement)
