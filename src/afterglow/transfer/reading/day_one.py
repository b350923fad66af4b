"""Entries from a Day One JSON export. Pictures, places and weather stay in the file."""

import re
from datetime import datetime
from typing import Any

import msgspec

from afterglow.core.days import Moment, is_zone, moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import snippet_of, tidy_tags
from afterglow.transfer.reading import zips
from afterglow.transfer.reading.found import Found, when

_PICTURE = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)\n*")
# Day One writes a backslash before signs that Markdown would take for its own.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


class _Entry(msgspec.Struct, rename="camel"):
    creation_date: str
    text: str = ""
    time_zone: str = ""
    tags: list[str] = []


class _Journal(msgspec.Struct):
    entries: list[msgspec.Raw]


def read_day_one(part: zips.Part, zone: str, found: Found) -> None:
    """Add every entry; a problem names the entry by its line in the file."""
    try:
        journal = msgspec.json.decode(part.content, type=_Journal)
    except msgspec.DecodeError as error:
        found.miss(part.name, "not_json", _line_of_error(part.content, error))
        return
    place = 0
    for raw in journal.entries:
        text = bytes(raw)
        place = max(part.content.find(text, place), place)
        line = part.content.count(b"\n", 0, place) + 1
        place += len(text)
        _read_entry(part.name, line, text, zone, found)


def _read_entry(name: str, line: int, raw: bytes, zone: str, found: Found) -> None:
    try:
        source = msgspec.json.decode(raw, type=_Entry)
    except msgspec.DecodeError:
        found.miss(name, "odd_document", line)
        return
    written = _written(source, zone)
    text = _ESCAPED.sub(r"\1", _PICTURE.sub("", source.text)).strip()
    if written is None or not text:
        found.miss(name, "no_time" if text else "empty", line)
        return
    fields: dict[str, Any] = {"tags": tidy_tags(source.tags), "imported_from": "day one"}
    entry = Entry(written=written, text=text, snippet=snippet_of(text), **fields)
    found.add(entry, first=entry.snippet)


def _written(source: _Entry, zone: str) -> Moment | None:
    try:
        at = datetime.fromisoformat(source.creation_date)
    except ValueError:
        return None
    named = source.time_zone.replace("\\/", "/")
    zone = named if named and is_zone(named) else zone
    return moment(at, zone) if at.tzinfo else when(at, zone)


def _line_of_error(content: bytes, error: Exception) -> int | None:
    """The decoder says at which byte it stopped."""
    at = re.search(r"byte (\d+)", str(error))
    return content.count(b"\n", 0, int(at[1])) + 1 if at else None
