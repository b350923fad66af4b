"""This program's own export: every document comes back under its own id, whole."""

from typing import Any
from uuid import UUID

import msgspec

from afterglow.journal.documents import Entry
from afterglow.transfer.reading import zips
from afterglow.transfer.reading.found import Found
from afterglow.vault.documents import Document, known_kinds


class _Revision(msgspec.Struct):
    v: int
    fields: dict[str, Any]


class _Exported(_Revision):
    id: UUID
    kind: str
    earlier: list[_Revision] = []


class _Archive(msgspec.Struct):
    afterglow: int
    documents: list[msgspec.Raw]


def read_own(part: zips.Part, found: Found) -> None:
    """Add each document that this version knows; the rest is named and left in the file."""
    try:
        archive = msgspec.json.decode(part.content, type=_Archive)
    except msgspec.DecodeError:
        found.miss(part.name, "not_json")
        return
    # Each document stands on a line of its own, the first one on the second line.
    for line, raw in enumerate(archive.documents, start=2):
        _read_document(part.name, line, raw, found)


def _read_document(name: str, line: int, raw: msgspec.Raw, found: Found) -> None:
    try:
        row = msgspec.json.decode(raw, type=_Exported)
        cls = known_kinds().get(row.kind)
        if cls is None or row.v > cls.v or not cls.exported:
            found.miss(name, "unknown_kind", line)
            return
        document = _document(cls, row)
        earlier = [_document(cls, revision) for revision in row.earlier]
    except (msgspec.DecodeError, KeyError, ValueError, TypeError):
        found.miss(name, "odd_document", line)
        return
    first = document.snippet if isinstance(document, Entry) else ""
    found.add(document, record=row.id, first=first, earlier=earlier)


def _document(cls: type[Document], row: _Revision) -> Document:
    fields = row.fields
    for version in range(row.v, cls.v):
        fields = cls.upcasters[version](fields)
    return msgspec.convert(fields, cls)
