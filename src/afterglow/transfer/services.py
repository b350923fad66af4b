"""Bring documents in: stage what was found, leave out what is here already, keep the rest together."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import Answers, CheckIn
from afterglow.transfer import carried as carried_files
from afterglow.transfer.carried import Carried
from afterglow.transfer.own_places import place_of
from afterglow.transfer.reading.found import Found, Problem, Row
from afterglow.transfer.reading.upload import read_upload
from afterglow.transfer.reading.zips import Part
from afterglow.vault import staging
from afterglow.vault.documents import Document, Unread, known_kinds
from afterglow.vault.media import services as media
from afterglow.vault.media.documents import Media
from afterglow.vault.media.files import Damaged
from afterglow.vault.open_vault import NotHere, OpenVault

KEPT_AT_ONCE = 2000
# The preview stands in front of the rows.
FIRST_ROW = 1
FIRST_LINES = 8
MOST_PROBLEMS_SHOWN = 200

_ROWS = msgspec.msgpack.Decoder(Row)
Mark = tuple[str, datetime, str]


class Shown(msgspec.Struct, frozen=True):
    """A problem as it is staged."""

    source: str
    line: int | None
    why: str


class Preview(msgspec.Struct, frozen=True):
    """What would be kept. Staged in front of the rows, since its lines are the person's words too."""

    counts: dict[str, int]
    total: int
    here_already: int
    first: list[Row]
    problems: list[Shown]
    more_problems: int
    source: UUID | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    kept: int
    total: int


def stage_upload(*, vault: OpenVault, content: bytes, name: str, now: Moment) -> UUID:
    """Read a file and seal what was found until the person says yes or no."""
    found = _read(content, name=name, now=now)
    source = _sealed_source(vault, content, name) if found.of(Media.kind) else None
    return stage_found(vault=vault, found=found, source=source)


def stage_found(*, vault: OpenVault, found: Found, source: UUID | None = None) -> UUID:
    new = new_rows(vault, found.rows)
    preview = msgspec.structs.replace(_preview(found, new), source=source)
    return staging.stage(vault, map(msgspec.msgpack.encode, [preview, *new]))


def _read(content: bytes, *, name: str, now: Moment) -> Found:
    """What is in a file; photos and recordings without their file are named and left out."""
    found = read_upload(content, name=name, now=now)
    if found.of(Media.kind):
        carried = Carried(content)
        for row in found.of(Media.kind):
            if row.record not in carried.names:
                found.rows.remove(row)
                found.miss(f"{carried_files.FOLDER}/{row.record}", "no_file")
    return found


def _sealed_source(vault: OpenVault, content: bytes, name: str) -> UUID | None:
    """The whole file, sealed until its photos and recordings are kept from it, or for a day."""
    facts = media.Facts(media.tidy_name(name), "", len(content))
    try:
        source = media.open_upload(vault, facts)
        for index, start in enumerate(range(0, len(content), media.PIECE_BYTES)):
            media.take_piece(vault, source, index, content[start : start + media.PIECE_BYTES])
    except media.Refused:
        return None
    return source


def _carried(vault: OpenVault, source: UUID | None) -> Carried | None:
    if source is None:
        return None
    try:
        return Carried(media.uploaded(vault, source))
    except (NotHere, media.Refused, Damaged):
        return None


def let_go(*, vault: OpenVault) -> None:
    """Nothing of what was being looked at is kept."""
    batch = staging.newest(vault)
    preview = staged_preview(vault, batch) if batch else None
    if preview is not None and preview.source is not None:
        media.drop_upload(vault, preview.source)
    staging.drop(vault)


def _preview(found: Found, new: list[Row]) -> Preview:
    entries = [row for row in new if row.kind == Entry.kind]
    shown = [msgspec.convert(problem, Shown, from_attributes=True) for problem in found.problems]
    return Preview(
        counts=dict(Counter(row.kind for row in new)),
        total=len(new),
        here_already=len(found.rows) - len(new),
        first=[msgspec.structs.replace(row, fields={}) for row in entries[:FIRST_LINES]],
        problems=shown[:MOST_PROBLEMS_SHOWN],
        more_problems=max(0, len(shown) - MOST_PROBLEMS_SHOWN),
    )


def staged_preview(vault: OpenVault, batch: UUID) -> Preview | None:
    first = next(staging.staged(vault, batch, most=1), None)
    return None if first is None else msgspec.msgpack.decode(first[1], type=Preview)


def keep_staged(*, vault: OpenVault, batch: UUID) -> Progress:
    """Keep the next part of an import; asked twice, it keeps nothing twice."""
    preview = staged_preview(vault, batch)
    if preview is None:
        return Progress(0, 0)
    part = list(staging.staged(vault, batch, start=FIRST_ROW, most=KEPT_AT_ONCE))
    ids = _ids(vault)
    rows = [row for _, text in part if place_of(vault, row := _ROWS.decode(text)) not in ids]
    with vault.together():
        keep_rows(vault=vault, rows=rows, carried=_carried(vault, preview.source))
        if part:
            staging.drop_rows(vault, batch, start=FIRST_ROW, last=part[-1][0])
    left = staging.count(vault, batch, start=FIRST_ROW)
    if not left:
        let_go(vault=vault)
    return Progress(preview.total - left, preview.total)


def kept_so_far(vault: OpenVault, batch: UUID) -> int:
    """How many rows of a staged import are kept already."""
    preview = staged_preview(vault, batch)
    return preview.total - staging.count(vault, batch, start=FIRST_ROW) if preview else 0


def keep_rows(*, vault: OpenVault, rows: Iterable[Row], carried: Carried | None = None) -> int:
    """Keep rows as documents, in one transaction; gives how many."""
    kinds = known_kinds()
    all_rows = list(rows)
    kept = [row for row in all_rows if row.kind != Media.kind]
    documents: list[tuple[UUID, Document]] = [
        (place_of(vault, row), msgspec.convert(fields, kinds[row.kind]))
        for row in kept
        for fields in (*row.earlier, row.fields)
    ]
    with vault.together():
        vault.put_all(documents)
        files = [_keep_file(vault, row, carried) for row in all_rows if row.kind == Media.kind]
    return len(kept) + sum(files)


def _keep_file(vault: OpenVault, row: Row, carried: Carried | None) -> bool:
    """Keep a photo or recording as it was carried, neither made smaller nor written anew."""
    document = msgspec.convert(row.fields, Media)
    content = carried.file_of(row.record, document) if carried else None
    if content is None:
        return False
    document = msgspec.structs.replace(document, length=len(content))
    media.keep_file(vault, document, content, record=row.record)
    return True


def import_file(
    *, vault: OpenVault, content: bytes, name: str, now: Moment
) -> tuple[int, list[Problem]]:
    """For the command line: read and keep at once; gives how many, and what was left out."""
    found = _read(content, name=name, now=now)
    return _keep_found(vault, found, Carried(content) if found.of(Media.kind) else None)


def import_folder(*, vault: OpenVault, folder: Path, now: Moment) -> tuple[int, list[Problem]]:
    """For the command line: every Markdown or text file below a folder."""
    found = Found()
    for part in _files(folder):
        one = read_upload(part.content, name=part.name, now=now, changed=part.changed)
        found.rows += one.rows
        found.problems += one.problems
    return _keep_found(vault, found)


def _files(folder: Path) -> Iterator[Part]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
            yield Part(path.relative_to(folder).as_posix(), path.read_bytes(), changed)


def _keep_found(
    vault: OpenVault, found: Found, carried: Carried | None = None
) -> tuple[int, list[Problem]]:
    rows = new_rows(vault, found.rows)
    return keep_rows(vault=vault, rows=rows, carried=carried), found.problems


def new_rows(vault: OpenVault, rows: list[Row]) -> list[Row]:
    """The rows that are not here yet: neither their id, nor the same text at the same time."""
    ids = _ids(vault)
    marks = {mark for mark in map(_mark, rows) if mark}
    here = set(_marks_here(vault, {at for _, at, _ in marks}))
    new = []
    for row in rows:
        mark = _mark(row)
        if place_of(vault, row) in ids or (mark is not None and mark in here):
            continue
        if mark is not None:
            here.add(mark)
        new.append(row)
    return new


def _ids(vault: OpenVault) -> set[UUID]:
    kinds: list[type[Document]] = [*known_kinds().values(), Unread]
    return {stored.id for kind in kinds for stored in vault.heads(kind)}


def _mark(row: Row) -> Mark | None:
    cls = known_kinds()[row.kind]
    if cls not in {Entry, CheckIn, Answers}:
        return None
    return _mark_of(msgspec.convert(row.fields, cls))


def _mark_of(document: Document) -> Mark | None:
    """What makes two documents the same for a person: the time, and the text or number."""
    if isinstance(document, Entry):
        text = hashlib.sha256(document.text.strip().encode()).hexdigest()
        return document.kind, document.written.at, text
    if isinstance(document, CheckIn):
        return document.kind, document.at.at, str(document.level)
    if isinstance(document, Answers):
        return document.kind, document.at.at, f"{document.instrument} {document.total}"
    return None


def _marks_here(vault: OpenVault, times: set[datetime]) -> Iterator[Mark]:
    """Only entries of these very times are opened."""
    entries = [head for head in vault.heads(Entry) if head.document.written.at in times]
    documents: list[Document] = [stored.document for stored in vault.whole(entries)]
    documents += [stored.document for stored in vault.heads(CheckIn)]
    documents += [stored.document for stored in vault.heads(Answers)]
    for mark in map(_mark_of, documents):
        if mark is not None:
            yield mark
