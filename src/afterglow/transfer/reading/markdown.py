"""An entry from a Markdown or text file: its day comes from front matter, the file's name, or the file's date."""

import re
from datetime import datetime
from pathlib import PurePosixPath

from afterglow.core.days import Moment, is_zone, moment
from afterglow.journal.documents import KINDS_OF_ENTRY, Entry
from afterglow.journal.services import snippet_of, tidy_tags
from afterglow.transfer import front_matter
from afterglow.transfer.front_matter import Fields, list_of, text_of, time_of
from afterglow.transfer.reading import zips
from afterglow.transfer.reading.found import Found, when

ENDINGS = (".md", ".markdown", ".txt")
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def is_text_file(name: str) -> bool:
    return PurePosixPath(name).suffix.casefold() in ENDINGS


def read_text_file(part: zips.Part, zone: str, now: Moment, found: Found) -> None:
    """Add one entry, or note why not."""
    text = zips.text_of(part.content)
    if text is None:
        found.miss(part.name, "not_text")
        return
    fields, below = front_matter.split(text)
    if not below.strip():
        found.miss(part.name, "empty")
        return
    written = _written(fields, part, zone, now)
    if written is None:
        found.miss(part.name, "no_time", line=_line_of_date(text))
        return
    entry = _entry(fields, below, written)
    found.add(entry, first=entry.snippet)


def _entry(fields: Fields, text: str, written: Moment) -> Entry:
    kind = text_of(fields, "kind")
    return Entry(
        written=written,
        kind_of=kind if kind in KINDS_OF_ENTRY else "entry",
        title=text_of(fields, "title"),
        snippet=snippet_of(text),
        tags=tidy_tags(list_of(fields, "tags")),
        tender=text_of(fields, "tender") == "true",
        question_text=text_of(fields, "question"),
        imported_from="files",
        text=text,
    )


def _written(fields: Fields, part: zips.Part, zone: str, now: Moment) -> Moment | None:
    """Front matter first; a date there that cannot be read is a problem and not a reason to guess."""
    said = text_of(fields, "date", "created", "written", "created_at")
    named = text_of(fields, "zone")
    zone = named if named and is_zone(named) else zone
    if said:
        at = time_of(said)
        return when(at, zone, has_time=len(said.strip()) > 10) if at else None
    day = _day_in_name(part.name)
    if day is not None:
        return when(day, zone, has_time=False)
    return when(part.changed, zone) if part.changed else moment(now.at, zone)


def _day_in_name(name: str) -> datetime | None:
    for match in _DAY_IN_NAME.finditer(PurePosixPath(name).name):
        at = time_of("-".join(match.groups()))
        if at is not None:
            return at
    return None


def _line_of_date(text: str) -> int | None:
    names = ("date:", "created:", "written:", "created_at:")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if line.casefold().startswith(names)), None)
