"""`afterglow analyse themes`: reads a journal from files and gives the themes as plain values.

Leaves out printing and exit codes. A line that cannot be read is refused by name.
"""

import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from afterglow.core.bad_input import BadInput
from afterglow.core.themes.find import FeelingReader, find_on
from afterglow.core.themes.ground import lay_ground
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.themes import Analysis, Entry, Mark, Mention, Theme
from afterglow.core.themes.topics import as_theme, topics_of

# About 350,000 words: more than a year of long days, and half a minute of reading.
LONGEST_TEXT = 2_000_000
TEXT_FILES = frozenset({".md", ".txt"})


def run_themes(
    path: Path,
    *,
    marks: Path | None = None,
    model: Meaning | None = None,
    feelings: FeelingReader | None = None,
) -> dict[str, Any]:
    """The themes of a journal file or folder, in the documented JSON form."""
    begun = time.perf_counter()
    entries = read_folder(path) if path.is_dir() else read_journal(path)
    known = {entry.id: entry for entry in entries}
    marked = read_marks(marks, known) if marks else []
    ground = lay_ground(entries, model)
    analysis = find_on(ground, meaning=model, marks=marked, feelings=feelings)
    about = [as_theme(ground, topic) for topic in topics_of(ground)]
    return {
        "themes": [_theme_value(theme) for theme in (*analysis.themes, *about)],
        "entries": {entry.id: _entry_value(analysis, about, entry.id) for entry in entries},
        "seconds": round(time.perf_counter() - begun, 3),
        "model": analysis.model or "words",
    }


def read_journal(path: Path) -> list[Entry]:
    """Entries of a .jsonl journal."""
    entries: list[Entry] = []
    seen: set[str] = set()
    for number, value in _lines(path):
        entry = _entry(value, str(path), number)
        if entry.id in seen:
            raise BadInput(str(path), number, "id", f"{entry.id} was used before")
        seen.add(entry.id)
        entries.append(entry)
    return entries


def read_folder(path: Path) -> list[Entry]:
    """An entry per Markdown or text file; a date in the name wins over the file's own."""
    entries = []
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in TEXT_FILES and file.is_file():
            name = file.relative_to(path).as_posix()
            entries.append(Entry(name, _text_of(file), _day_of(file)))
    if not entries:
        raise BadInput(str(path), None, None, "no .md or .txt file in this folder")
    return entries


def read_marks(path: Path, entries: dict[str, Entry]) -> list[Mark]:
    """What the person marked, each inside an entry of this journal."""
    marks = []
    for number, value in _lines(path):
        source = str(path)
        label = _field(value, "theme", str, source, number)
        entry = _field(value, "entry", str, source, number)
        start = _field(value, "start", int, source, number)
        end = _field(value, "end", int, source, number)
        belongs = _field(value, "belongs", bool, source, number)
        if entry not in entries:
            raise BadInput(source, number, "entry", f"{entry} is not in the journal")
        if not 0 <= start < end <= len(entries[entry].text):
            raise BadInput(source, number, "end", "the span lies outside the entry")
        marks.append(Mark(label, entry, start, end, belongs))
    return marks


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(str(path), None, None, "there is no such file") from None
    except UnicodeDecodeError as problem:
        raise BadInput(str(path), None, None, f"not UTF-8 text at byte {problem.start}") from None


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise BadInput(str(path), number, None, "not one JSON object") from None
        if not isinstance(value, dict):
            raise BadInput(str(path), number, None, "not one JSON object")
        yield number, value


def _field(value: dict[str, Any], name: str, kind: type, source: str, line: int) -> Any:
    found = value.get(name)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise BadInput(source, line, name, f"expected {kind.__name__}")
    return found


def _entry(value: dict[str, Any], source: str, line: int) -> Entry:
    entry_id = _field(value, "id", str, source, line)
    written = _field(value, "written_at", str, source, line)
    try:
        written_on = datetime.fromisoformat(written).date()
    except ValueError:
        raise BadInput(source, line, "written_at", "not an ISO 8601 date") from None
    text = _field(value, "text", str, source, line)
    if len(text) > LONGEST_TEXT:
        raise BadInput(source, line, "text", f"longer than {LONGEST_TEXT} characters")
    kind = value.get("kind") or "entry"
    if not isinstance(kind, str):
        raise BadInput(source, line, "kind", "expected str")
    sitting = value.get("sitting")
    if sitting is not None:
        sitting = _field(value, "sitting", int, source, line)
    return Entry(entry_id, text, written_on, kind, sitting)


def _day_of(file: Path) -> date:
    try:
        return date.fromisoformat(file.stem[:10])
    except ValueError:
        return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()


def _mention_value(mention: Mention) -> dict[str, Any]:
    return {
        "entry": mention.entry,
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
        "strength": mention.strength,
    }


def _theme_value(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "type": theme.type,
        "label": theme.label,
        "terms": list(theme.terms),
        "mentions": [_mention_value(mention) for mention in theme.mentions],
        "entries": list(theme.entries),
        "by_sitting": theme.by_sitting,
        "first": theme.first.isoformat(),
        "last": theme.last.isoformat(),
        "course": theme.course,
        "course_evidence": [_mention_value(mention) for mention in theme.course_evidence or ()],
    }


def _entry_value(analysis: Analysis, about: Sequence[Theme], entry_id: str) -> dict[str, Any]:
    """The themes of an entry begin with what it is about as a whole."""
    whole = [theme.id for theme in about if entry_id in theme.entries]
    return {
        "feelings": analysis.entry_feelings.get(entry_id, {}),
        "themes": [*whole, *analysis.entry_themes.get(entry_id, ())],
    }
