"""The lines of `afterglow analyse safety`: texts in, show and spans out. Writes nothing anywhere."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from afterglow.core.bad_input import BadInput
from afterglow.core.safety.language import MeaningModel, look


def run_safety(
    lines: Iterable[str], *, source: str, meaning: MeaningModel | None = None
) -> Iterator[dict[str, Any]]:
    """One answer per non-empty line of JSON; a line that cannot be read is refused by its number."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            identity, text = _read(line, source, number)
            if identity in seen:
                raise BadInput(source, number, "id", f"{identity!r} is there twice")
            seen.add(identity)
            signs = look(text, meaning=meaning)
            yield {"id": identity, "show": signs.show, "spans": [list(s) for s in signs.spans]}


def _read(line: str, source: str, number: int) -> tuple[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise BadInput(source, number, None, "is not JSON") from broken
    if not isinstance(row, dict):
        raise BadInput(source, number, None, "is not an object with id and text")
    return _string(row, "id", source, number), _string(row, "text", source, number)


def _string(row: dict[str, Any], field: str, source: str, number: int) -> str:
    if not isinstance(row.get(field), str):
        raise BadInput(source, number, field, "is missing or is not text")
    return str(row[field])
