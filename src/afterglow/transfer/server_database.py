"""The doctor's part where a database server keeps the data: whether it answers, and whether the folder beside it is whole."""

from pathlib import Path

from django.db import DatabaseError, connection

from afterglow.transfer import sealed_files
from afterglow.transfer.backup import doctor_of_folder
from afterglow.vault.models import MediaFile

NEEDED_TABLE = "vault_mediafile"
NOT_LOOKED_AT = (
    "Not looked at: the inside of PostgreSQL's own files, and whether there are copies. "
    "Its own tools do both: docs/howto/serve-a-clinic.md"
)


def doctor(home: Path) -> list[str]:
    """What is not as it should be, in plain words; nothing where all is well. Nothing is changed."""
    return [*doctor_of_folder(home), *_troubles(home)]


def _troubles(home: Path) -> list[str]:
    try:
        tables = connection.introspection.table_names()
        if NEEDED_TABLE not in tables:
            return ["The database in DATABASE_URL is still empty. The first start prepares it."]
        named = list(MediaFile.objects.values_list("file", flat=True))
    except DatabaseError as error:
        why = str(error).strip().splitlines() or [type(error).__name__]
        return [f"The database in DATABASE_URL does not answer: {why[0]}"]
    return sealed_files.troubles(home, named)
