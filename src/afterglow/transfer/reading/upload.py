"""Which kind of file somebody brought, and the reader for it. Leaves keeping to `transfer.services`."""

from datetime import datetime
from pathlib import PurePosixPath

from afterglow.core.days import Moment
from afterglow.transfer.archive import ALL_OF_IT
from afterglow.transfer.reading import day_one, markdown, own, tables, zips
from afterglow.transfer.reading.found import Found

# Journals of other programs bring their pictures along; that these stay out is said on the page.
PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".gif", ".webp", ".mp4", ".mov", ".m4a", ".pdf")


def read_upload(
    content: bytes, *, name: str, now: Moment, changed: datetime | None = None
) -> Found:
    """Everything that can be read in a file; `now` gives the zone for times that carry none."""
    found = Found()
    if not zips.is_zip(content):
        _read_single(zips.Part(name, content, changed), now, found)
        return found
    # In an own export the Markdown says again what the JSON says in full.
    for part in zips.parts(content, name, found, alone=ALL_OF_IT):
        _read_part(part, now, found)
    return found


def _read_single(part: zips.Part, now: Moment, found: Found) -> None:
    """A picture on its own was meant, so it gets an answer."""
    if part.name.casefold().endswith(PICTURES):
        found.miss(part.name, "not_named")
    elif len(part.content) > zips.MOST_FILE_BYTES:
        found.miss(part.name, "too_large")
    else:
        _read_part(part, now, found)


def _read_part(part: zips.Part, now: Moment, found: Found) -> None:
    base = PurePosixPath(part.name).name
    if base == ALL_OF_IT:
        own.read_own(part, found)
    elif markdown.is_text_file(part.name):
        markdown.read_text_file(part, now.zone, now, found)
    elif base.casefold().endswith(".json"):
        day_one.read_day_one(part, now.zone, found)
    elif base.casefold().endswith(".csv"):
        tables.read_table(part, now.zone, found)
    elif not base.casefold().endswith(PICTURES):
        found.miss(part.name, "not_named")
