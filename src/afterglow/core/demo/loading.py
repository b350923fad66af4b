"""Reads the demo person from a folder of TOML and Markdown.

Leaves out dates (`core.days.at_local` gives a day and a time their moment) and whether links hold (the tests do).
"""

import tomllib
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from afterglow.core.days import DAY_BEGINS_HOUR
from afterglow.core.demo.parts import Entry, Part
from afterglow.core.demo.whole import DemoPerson

_FENCE = "+++"
_SHEETS = ("person", "sittings", "days", "plan", "ways", "themes")
_P = TypeVar("_P", bound=Part)


def load_demo(folder: Path) -> DemoPerson:
    """The person kept in `folder`. Raises ValueError that names the place."""
    fields: dict[str, Any] = {}
    for name in _SHEETS:
        path = folder / f"{name}.toml"
        fields |= _own_fields(_table(path.read_text(encoding="utf-8"), path))
    entries = [entry for path in sorted(folder.glob("entries/*.md")) for entry in _entries(path)]
    entries.sort(key=lambda entry: (entry.day, _since_four(entry.at)))
    return _part(fields | {"entries": entries}, DemoPerson, folder)


def _since_four(at: time) -> tuple[bool, time]:
    """Sorts the small hours behind the day that they belong to."""
    return (at.hour < DAY_BEGINS_HOUR, at)


def _entries(path: Path) -> list[Entry]:
    """A file opens with a heading between fences; then each entry is a fenced heading and its words."""
    pieces = [piece.strip("\n") for piece in _split(path.read_text(encoding="utf-8"))]
    if len(pieces) % 2 == 0 or pieces[0]:
        raise ValueError(f"{path.name}: every heading stands between two lines of {_FENCE}")
    _table(pieces[1], path)  # where the words come from: read to be sound, then left
    return [
        _part(_table(heading, path) | {"text": text}, Entry, path)
        for heading, text in zip(pieces[3::2], pieces[4::2], strict=True)
    ]


def _split(text: str) -> list[str]:
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if line.rstrip() == _FENCE:
            pieces.append("")
        else:
            pieces[-1] += line
    return pieces


def _own_fields(table: dict[str, Any]) -> dict[str, Any]:
    """The table without the two lines on where it comes from, which every file of content carries."""
    return {name: value for name, value in table.items() if name not in {"source", "licence"}}


def _table(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise ValueError(f"{path.name}: {broken}") from broken


def _part(fields: dict[str, Any], kind: type[_P], path: Path) -> _P:
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as wrong:
        raise ValueError(f"{path.name}, {fields.get('id', 'whole')}: {wrong}") from wrong
