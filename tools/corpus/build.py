"""Compiles the marked-up journals in `sources/` into the training corpus in `writers/`.

It only reads marks and offsets; whether a journal is a good one is `check.py`'s question.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
SOURCES: Final = HERE / "sources"
WRITERS: Final = HERE / "writers"
ENTRY_HEAD: Final = re.compile(
    r"^## (\d{4}-\d\d-\d\dT\d\d:\d\d) ([a-z]+)(?: sitting=(\d+))?( noise)?\s*$", re.MULTILINE
)
MARK: Final = re.compile(r"\[\[([^|\[\]]+)\|(.*?)\]\]", re.DOTALL)
WRITER_FIELDS: Final = ("name", "life", "english")
THEME_FIELDS: Final = ("key", "type", "label")
HEAD_GROUPS: Final = 5

Span = dict[str, str | int]
Json = dict[str, object]


class SourceError(ValueError):
    """A source that cannot be compiled, with the file and what is wrong."""


@dataclass(frozen=True)
class Mark:
    """One marked passage: `theme` keys, `!theme` for a decoy, `~` for daily noise."""

    tags: tuple[str, ...]
    start: int
    end: int


@dataclass
class Marks:
    """Every mark of one journal, gathered by what it says."""

    mentions: dict[str, list[Span]] = field(default_factory=dict)
    decoys: list[Span] = field(default_factory=list)
    noise: list[Span] = field(default_factory=list)

    def add(self, entry: str, text: str, mark: Mark) -> None:
        place: Span = {"entry": entry, "start": mark.start, "end": mark.end}
        quoted: Span = {**place, "quote": text[mark.start : mark.end]}
        for tag in mark.tags:
            if tag == "~":
                self.noise.append(place)
            elif tag.startswith("!"):
                self.decoys.append({"theme": tag[1:], **quoted})
            else:
                self.mentions.setdefault(tag, []).append(quoted)


def unmark(marked: str) -> tuple[str, list[Mark]]:
    """The plain text of an entry and where its marks lie in that text."""
    plain, marks, read = "", [], 0
    for found in MARK.finditer(marked):
        plain += marked[read : found.start()]
        tags = tuple(tag.strip() for tag in found[1].split(","))
        marks.append(Mark(tags, len(plain), len(plain) + len(found[2])))
        plain += found[2]
        read = found.end()
    return plain + marked[read:], marks


def read_header(header: str, path: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """`name: value` lines about the writer, then `- key | type | label` lines."""
    writer = {"id": path.stem}
    themes = []
    for line in filter(None, map(str.strip, header.splitlines())):
        if line.startswith("- "):
            parts = [part.strip() for part in line[2:].split("|")]
            if len(parts) != len(THEME_FIELDS):
                raise SourceError(f"{path.name}: a theme needs key | type | label: {line}")
            themes.append(dict(zip(THEME_FIELDS, parts, strict=True)))
        elif ": " in line:
            name, value = line.split(": ", 1)
            writer[name] = value
    missing = [name for name in WRITER_FIELDS if name not in writer]
    if missing:
        raise SourceError(f"{path.name}: the header lacks {', '.join(missing)}")
    return writer, themes


def compile_entry(name: str, pieces: list[str], marks: Marks) -> Json:
    """One entry as JSON; what is marked in it goes into `marks`."""
    written_at, kind, sitting, noise, body = pieces
    text, found = unmark(body.strip())
    if "[[" in text or "]]" in text:
        raise SourceError(f"{name} ({written_at}) has a mark that does not close")
    whole = [Mark(("~",), 0, len(text))] if noise else []
    for mark in [*whole, *found]:
        marks.add(name, text, mark)
    number = int(sitting) if sitting else None
    return {"id": name, "written_at": written_at, "kind": kind, "sitting": number, "text": text}


def compile_source(path: Path) -> Json:
    """One journal with its marks, as the JSON that the training reads."""
    header, *pieces = ENTRY_HEAD.split(path.read_text(encoding="utf-8"))
    writer, themes = read_header(header, path)
    prefix, marks = path.stem.split("-")[0], Marks()
    heads = range(0, len(pieces), HEAD_GROUPS)
    entries = [
        compile_entry(f"{prefix}-{number:03d}", pieces[at : at + HEAD_GROUPS], marks)
        for number, at in enumerate(heads, start=1)
    ]
    used = {*marks.mentions, *(str(decoy["theme"]) for decoy in marks.decoys)}
    unknown = used - {theme["key"] for theme in themes}
    if unknown:
        raise SourceError(f"{path.name}: marks without a theme: {', '.join(sorted(unknown))}")
    return {
        "writer": writer,
        "entries": entries,
        "themes": [{**theme, "mentions": marks.mentions.get(theme["key"], [])} for theme in themes],
        "decoys": marks.decoys,
        "noise": marks.noise,
    }


def main(names: list[str]) -> int:
    """Compile the named sources, or all of them."""
    WRITERS.mkdir(exist_ok=True)
    for path in sorted(SOURCES.glob("*.md")):
        if names and not any(path.stem.startswith(name) for name in names):
            continue
        try:
            journal = compile_source(path)
        except SourceError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        target = WRITERS / f"{path.stem}.json"
        target.write_text(json.dumps(journal, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
