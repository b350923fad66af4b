"""The few lines above an entry in a Markdown file: written here in plain YAML, read in the forms that others use."""

import json
import re
from collections.abc import Sequence
from datetime import datetime

from afterglow.journal.documents import Entry

FENCE = "---"
_LINE = re.compile(r"^([A-Za-z][\w -]*):\s*(.*)$")
_LIST_ITEM = re.compile(r"^\s+-\s+(.*)$|^-\s+(.*)$")

Fields = dict[str, str | list[str]]


def written_as_markdown(entry: Entry, beside: Sequence[str] = ()) -> str:
    """The entry with its time, kind, marks and the files beside it above the text."""
    fields: dict[str, object] = {
        "date": entry.written.local().isoformat(),
        "zone": entry.written.zone,
        "kind": entry.kind_of,
        "title": entry.title,
        "tags": list(entry.tags),
        "tender": entry.tender,
        "question": entry.question_text,
        "media": list(beside),
        "described": entry.all_described,
    }
    # JSON is valid YAML, so any program reads these values, whatever signs are in them.
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([FENCE, *lines, FENCE, "", entry.text])


def split(text: str) -> tuple[Fields, str]:
    """Front matter and the text below it; no fields where there is no closed fence at the top."""
    if not text.startswith(f"{FENCE}\n"):
        return {}, text
    above, closed, below = text[len(FENCE) + 1 :].partition(f"\n{FENCE}\n")
    if not closed:
        return {}, text
    return _fields(above.splitlines()), below.removeprefix("\n")


def _fields(lines: list[str]) -> Fields:
    fields: Fields = {}
    name = ""
    for line in lines:
        item, named = _LIST_ITEM.match(line), _LINE.match(line)
        if item and isinstance(fields.get(name), (list, str)):
            before = fields[name]
            fields[name] = [
                *(before if isinstance(before, list) else []),
                _plain(item[1] or item[2]),
            ]
        elif named:
            name = named[1].strip().casefold()
            fields[name] = _value(named[2].strip())
    return fields


def _value(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]"):
        try:
            return [str(item) for item in json.loads(text)]
        except ValueError:
            return [_plain(item) for item in text[1:-1].split(",") if item.strip()]
    return _plain(text)


def _plain(text: str) -> str:
    """A value without the quotes around it."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text.strip().strip("'")


def text_of(fields: Fields, *names: str) -> str:
    """The first of these fields that holds one plain value."""
    found = (fields.get(name) for name in names)
    return next((value for value in found if isinstance(value, str) and value), "")


def list_of(fields: Fields, name: str) -> list[str]:
    """A list, however it was written."""
    value = fields.get(name, "")
    return (
        value if isinstance(value, list) else [part for part in re.split(r"[,\s]+", value) if part]
    )


def time_of(text: str) -> datetime | None:
    """A date or a time with or without its zone; None where it is neither."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
