"""What was left lying: uploads that nobody went on with, parts of files, and files that no document names."""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Exists, OuterRef

from afterglow.vault.media import files, pieces
from afterglow.vault.models import MediaFile, Record, Upload

KEPT_FOR = timedelta(days=1)
# A recording that broke off may be all there is of it, and a form that names one may wait on a phone for days.
UPLOADS_KEPT_FOR = timedelta(days=14)
log = logging.getLogger("afterglow.media")


@dataclass(frozen=True, slots=True)
class Swept:
    uploads: int
    files: int


def sweep(now: datetime) -> Swept:
    """Remove what has been lying about for long enough; gives how much."""
    uploads = _abandoned_uploads(now)
    left = _rows_without_document() + _files_without_row(now)
    if uploads or left:
        log.info("swept media", extra={"count": uploads + left})
    return Swept(uploads, left)


def _abandoned_uploads(now: datetime) -> int:
    old = Upload.objects.filter(hour__lt=now - UPLOADS_KEPT_FOR)
    gone = list(old.values_list("id", flat=True))
    old.delete()
    known = set(Upload.objects.values_list("id", flat=True))
    lying = (_as_id(folder.name) for folder in _lying(files.folder() / pieces.INCOMING, now))
    gone += [each for each in lying if each is not None and each not in known]
    for each in gone:
        pieces.drop(each)
    return len(set(gone))


def _as_id(name: str) -> UUID | None:
    with contextlib.suppress(ValueError):
        return UUID(hex=name)
    return None


def _rows_without_document() -> int:
    """A document that was deleted by itself takes its file with it."""
    documents = Record.objects.filter(
        owner=OuterRef("owner"), record=OuterRef("record"), current=True
    ).exclude(tags=b"")
    rows = list(MediaFile.objects.filter(~Exists(documents)))
    for row in rows:
        row.delete()
        files.remove(row.file)
    return len(rows)


def _files_without_row(now: datetime) -> int:
    """Whole files go only where the database knows others here: one that knows none belongs to another folder."""
    known = set(MediaFile.objects.values_list("file", flat=True))
    is_ours = any((files.folder() / name).is_file() for name in known)
    lost = [
        each.name
        for each in _lying(files.folder(), now)
        if each.name not in known and each.is_file() and (is_ours or each.suffix == files.PART)
    ]
    files.remove_all(lost)
    return len(lost)


def _lying(folder: Path, now: datetime) -> Iterator[Path]:
    """What nobody has changed for a day."""
    before = (now - KEPT_FOR).timestamp()
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            with contextlib.suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < before:
                    yield Path(entry.path)
