"""Kept files inside an export: written out as they are, read back under their own id."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

from afterglow.journal.documents import Entry
from afterglow.transfer.reading import zips
from afterglow.vault.documents import Stored
from afterglow.vault.media import kinds
from afterglow.vault.media.documents import Media
from afterglow.vault.media.files import Damaged
from afterglow.vault.media.queries import read_media
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import NotHere, OpenVault

FOLDER = "media"
NOT_READABLE = f"{FOLDER}/not-readable.txt"


@dataclass(frozen=True, slots=True)
class Shown:
    """A file beside an entry, as the readable page shows it."""

    path: str
    is_picture: bool
    words: str = ""


def path_of(stored: Stored[Media]) -> str:
    """Where a kept file stands in an export."""
    return f"{FOLDER}/{stored.id}.{kinds.ENDINGS.get(stored.document.content_type, 'bin')}"


def shown_with(vault: OpenVault, entry: Entry) -> list[Shown]:
    """The pictures and recordings of an entry, in its order, each with what is to be seen in it."""
    known = {stored.id: stored for stored in vault.heads(Media)}
    return [
        Shown(path_of(known[each]), known[each].document.is_picture, entry.seen_in(each))
        for each in entry.media
        if each in known
    ]


def write_media(archive: zipfile.ZipFile, vault: OpenVault) -> Iterator[None]:
    """Every kept file, one at a time in memory. One that is damaged is named and left out."""
    damaged = []
    for stored in vault.heads(Media):
        try:
            content = read_media(vault, stored.id)
        except (Damaged, NotHere):
            damaged.append(path_of(stored))
            continue
        # Sound and pictures are packed already.
        info = zipfile.ZipInfo(path_of(stored))
        archive.writestr(info, content, zipfile.ZIP_STORED)
        yield
    if damaged:
        archive.writestr(NOT_READABLE, "\n".join(damaged) + "\n")
        yield


class Carried:
    """The kept files of an export that somebody brought."""

    def __init__(self, content: bytes) -> None:
        self.names: dict[UUID, str] = {}
        self._archive = zips.opened(content)
        for name in self._archive.namelist() if self._archive else ():
            path = PurePosixPath(name)
            if path.parent.name == FOLDER and (record := _as_id(path.stem)):
                self.names[record] = name

    def file_of(self, record: UUID, document: Media) -> bytes | None:
        """The file of a document, or None where it is missing or is not what the document says."""
        name = self.names.get(record)
        if name is None or self._archive is None:
            return None
        content = zips.one_of(self._archive, name, most=kinds.LARGEST_BYTES)
        try:
            kind = kinds.kind_of(content or b"", said=document.content_type)
        except Refused:
            return None
        return content if kind == document.content_type else None


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
