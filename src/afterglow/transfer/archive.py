"""Everything a person kept, as one zip made while it is read: JSON, Markdown, photos and recordings, and a readable page.

Nothing is written to a temporary file. What an export means for privacy is said on its page.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
import pyrage
from django.template.loader import render_to_string
from django.utils import translation

from afterglow.journal.documents import Entry
from afterglow.transfer import carried
from afterglow.transfer.front_matter import written_as_markdown
from afterglow.vault import locked_file
from afterglow.vault.documents import Document, Stored, Unread, known_kinds
from afterglow.vault.open_vault import OpenVault

FORMAT = 1
ALL_OF_IT = "afterglow.json"
READABLE = "index.html"
DOCUMENTS_AT_ONCE = 200
AGE_BEGINS = b"age-encryption.org/"


class StillLocked(Exception):
    """These are not the words that this export was locked with."""


class _Outlet(io.RawIOBase):
    """A place to write that cannot go back; what was written is taken out piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def stream(vault: OpenVault, *, language: str) -> Iterator[bytes]:
    """The zip, piece by piece."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for step in (
            _write_documents(archive, vault),
            _write_entries(archive, vault),
            carried.write_media(archive, vault),
            _write_page(archive, vault, language),
        ):
            for _ in step:
                yield outlet.take()
    yield outlet.take()


def write_archive(vault: OpenVault, out: BinaryIO, *, language: str) -> None:
    """The whole zip into an open file."""
    out.writelines(stream(vault, language=language))


def locked_stream(vault: OpenVault, *, language: str, passphrase: str) -> Iterator[bytes]:
    """The zip, encrypted in the age format, which other programs open too."""
    return locked_file.locked(stream(vault, language=language), passphrase)


def unlocked(content: bytes, passphrase: str) -> bytes:
    """A locked export opened; any other file as it is. Raises StillLocked."""
    if not content.startswith(AGE_BEGINS):
        return content
    try:
        opened: bytes = pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError as error:
        raise StillLocked from error
    return opened


def exported(vault: OpenVault) -> Iterator[Stored[Document]]:
    """Every document that goes out, whole, a few at a time in memory."""
    kinds: list[type[Document]] = [kind for kind in known_kinds().values() if kind.exported]
    kinds.sort(key=lambda each: each.kind)
    for kind in kinds:
        yield from _whole(vault, kind)
    yield from _whole(vault, Unread)


def _whole(vault: OpenVault, kind: type[Document]) -> Iterator[Stored[Document]]:
    heads = vault.heads(kind)
    for start in range(0, len(heads), DOCUMENTS_AT_ONCE):
        yield from vault.whole(heads[start : start + DOCUMENTS_AT_ONCE])


def as_row(stored: Stored[Document]) -> dict[str, Any]:
    """One document as JSON has it; one that is not understood here goes out as it came."""
    document = stored.document
    if isinstance(document, Unread):
        kind, version, fields = document.real_kind, document.real_v, document.fields
    else:
        kind, version, fields = document.kind, document.v, msgspec.to_builtins(document)
    return {"id": str(stored.id), "kind": kind, "v": version, "fields": fields}


def _write_documents(archive: zipfile.ZipFile, vault: OpenVault) -> Iterator[None]:
    with archive.open(ALL_OF_IT, "w", force_zip64=True) as file:
        file.write(f'{{"afterglow": {FORMAT}, "documents": ['.encode())
        separator = b"\n"
        for stored in exported(vault):
            row = as_row(stored) | _earlier(vault, stored)
            file.write(separator + msgspec.json.encode(row))
            separator = b",\n"
            yield
        file.write(b"\n]}\n")
    yield


def _earlier(vault: OpenVault, stored: Stored[Document]) -> dict[str, Any]:
    """The revisions before this one, oldest first, where any are kept."""
    if stored.rev == 1 or isinstance(stored.document, Unread):
        return {}
    revisions = vault.history(type(stored.document), stored.id)[:0:-1]
    rows = [as_row(each) for each in revisions]
    return {"earlier": [{"v": row["v"], "fields": row["fields"]} for row in rows]} if rows else {}


def _write_entries(archive: zipfile.ZipFile, vault: OpenVault) -> Iterator[None]:
    count: Counter[str] = Counter()
    for stored in _entries(vault):
        day = stored.document.written.day.isoformat()
        count[day] += 1
        beside = [f"../{each.path}" for each in carried.shown_with(vault, stored.document)]
        text = written_as_markdown(stored.document, beside)
        archive.writestr(f"entries/{day}-{count[day]:03}.md", text)
        yield


def _entries(vault: OpenVault) -> Iterator[Stored[Entry]]:
    """Entries in the order in which they were lived."""
    heads = sorted(vault.heads(Entry), key=lambda stored: stored.document.written.at)
    for start in range(0, len(heads), DOCUMENTS_AT_ONCE):
        whole = vault.whole(heads[start : start + DOCUMENTS_AT_ONCE])
        yield from sorted(whole, key=lambda stored: stored.document.written.at)


def _write_page(archive: zipfile.ZipFile, vault: OpenVault, language: str) -> Iterator[None]:
    """A page that needs nothing else, rendered entry by entry so that it never stands in memory whole."""
    with archive.open(READABLE, "w", force_zip64=True) as page:
        page.write(_rendered("page_head", {"language": language}, language))
        for stored in _entries(vault):
            entry = stored.document
            beside = carried.shown_with(vault, entry)
            page.write(_rendered("page_entry", {"entry": entry, "beside": beside}, language))
            yield
        page.write(b"</main></body></html>\n")
    yield


def _rendered(name: str, context: dict[str, object], language: str) -> bytes:
    with translation.override(language):
        return render_to_string(f"transfer/{name}.html", context).encode()
