"""Data folders as the program lays them out, with tables of a test's own."""

import sqlite3
from contextlib import closing

from afterglow.transfer.data_folder import DATABASE, SERVER_KEY


def data_folder(place, *statements, key=b"k"):
    """A folder with its server key and a database in which these statements were carried out."""
    place.mkdir(mode=0o700)
    (place / SERVER_KEY).write_bytes(key * 32)
    with closing(sqlite3.connect(place / DATABASE)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return place
