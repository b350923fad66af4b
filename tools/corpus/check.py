"""Checks the training corpus: shape, exact quotes, counts and the share of daily noise.

It judges what can be counted. Whether a passage truly belongs to its theme is for a reader.
"""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

WRITERS: Final = Path(__file__).resolve().parent / "writers"
TYPES: Final = frozenset(("theme", "symbol", "person", "feeling", "insight", "obstacle"))
CHUNK_WORDS: Final = 22
CLAUSE_WORDS: Final = range(2, 61)
SHORT_WORD_LETTERS: Final = 3
MAX_KEYWORD_SHARE: Final = 0.3
MIN_UNMARKED_SHARE: Final = 0.5
MIN_NOISE_PASSAGES: Final = 12
SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")
WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")


class Writer(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    name: str
    life: str
    english: str


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    written_at: str
    kind: Literal["entry", "list", "dream", "sitting", "dictated", "note"]
    sitting: int | None
    text: str


class Place(msgspec.Struct, forbid_unknown_fields=True):
    entry: str
    start: int
    end: int


class Mention(Place, forbid_unknown_fields=True):
    quote: str


class Decoy(Mention, forbid_unknown_fields=True):
    theme: str


class Theme(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    type: Literal["theme", "symbol", "person", "feeling", "insight", "obstacle"]
    label: str
    mentions: list[Mention]


class Journal(msgspec.Struct, forbid_unknown_fields=True):
    writer: Writer
    entries: list[Entry]
    themes: list[Theme]
    decoys: list[Decoy]
    noise: list[Place]

    def mentions(self) -> list[Mention]:
        return [mention for theme in self.themes for mention in theme.mentions]


def units(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and runs of about 22 words where dictation has no full stops."""
    for sentence in SENTENCE.finditer(text):
        words = list(WORD.finditer(text, sentence.start(), sentence.end()))
        for first in range(0, len(words), CHUNK_WORDS):
            last = min(first + CHUNK_WORDS, len(words)) - 1
            yield words[first].start(), words[last].end()


def unmarked_share(journal: Journal) -> float:
    """How many of all sentences lie mostly outside every theme, as a share."""
    marked: dict[str, set[int]] = {}
    for mention in journal.mentions():
        marked.setdefault(mention.entry, set()).update(range(mention.start, mention.end))
    free = [
        2 * len(marked.get(entry.id, set()).intersection(range(start, end))) < end - start
        for entry in journal.entries
        for start, end in units(entry.text)
    ]
    return sum(free) / len(free)


def keyword_share(journal: Journal) -> float:
    """How many mentions repeat a longer word of their label; people are named, so not they."""
    hits, total = 0, 0
    for theme in journal.themes:
        if theme.type == "person":
            continue
        keys = {
            word[:5] for word in WORD.findall(theme.label.lower()) if len(word) > SHORT_WORD_LETTERS
        }
        for mention in theme.mentions:
            words = {word[:5] for word in WORD.findall(mention.quote.lower())}
            hits, total = hits + bool(keys & words), total + 1
    return hits / total


def mean_words(journal: Journal) -> float:
    return sum(len(entry.text.split()) for entry in journal.entries) / len(journal.entries)


def within(what: str, value: float, low: float, high: float) -> Iterator[str]:
    if not low <= value <= high:
        yield f"{what}: {value:.3g}, expected {low:g} to {high:g}"


def overlap(one: Place, other: Place) -> bool:
    return one.entry == other.entry and one.start < other.end and other.start < one.end


def wrong_places(journal: Journal) -> Iterator[str]:
    """Marks that do not say exactly what the entry says, or that overlap noise."""
    texts = {entry.id: entry.text for entry in journal.entries}
    for mention in [*journal.mentions(), *journal.decoys]:
        quote = texts.get(mention.entry, "")[mention.start : mention.end]
        if quote != mention.quote or quote != quote.strip() or not quote:
            yield f"{mention.entry}: not an exact quote: {mention.quote[:50]!r}"
        if len(quote.split()) not in CLAUSE_WORDS:
            yield f"{mention.entry}: not a sentence or clause: {quote[:50]!r}"
        if any(overlap(mention, noise) for noise in journal.noise):
            yield f"{mention.entry}: noise holds a mark: {quote[:50]!r}"


def wrong_entries(journal: Journal) -> Iterator[str]:
    entries = journal.entries
    yield from within("entries", len(entries), 30, 60)
    yield from within("mean words an entry", mean_words(journal), 40, 95)
    dates = [datetime.fromisoformat(entry.written_at) for entry in entries]
    if dates != sorted(dates) or len({entry.id for entry in entries}) < len(entries):
        yield "entries: out of order, or an id twice"
    yield from within("days", (dates[-1] - dates[0]).days, 90, 180)
    sittings = {entry.sitting for entry in entries} - {None}
    if sittings:
        yield from within("sittings", len(sittings), 5, 9)


def wrong_themes(journal: Journal) -> Iterator[str]:
    themes = journal.themes
    yield from within("themes", len(themes), 10, 16)
    yield from within("decoys", len(journal.decoys), 4, 8)
    yield from within("noise passages", len(journal.noise), MIN_NOISE_PASSAGES, 999)
    missing = TYPES - {theme.type for theme in themes}
    if missing:
        yield f"types without a theme: {', '.join(sorted(missing))}"
    for what in ({theme.key for theme in themes}, {theme.label.lower() for theme in themes}):
        if len(what) < len(themes):
            yield "a key or a label is used twice"
    for theme in themes:
        yield from within(f"mentions of {theme.key}", len(theme.mentions), 5, 14)
        yield from within(f"words in the label of {theme.key}", len(theme.label.split()), 1, 5)
    yield from within("sentences unmarked", unmarked_share(journal), MIN_UNMARKED_SHARE, 0.9)
    yield from within("mentions with a label word", keyword_share(journal), 0, MAX_KEYWORD_SHARE)


def summary(journal: Journal) -> str:
    """One line of figures a reader can scan."""
    return (
        f"{journal.writer.id}: {len(journal.entries)} entries, {mean_words(journal):.0f} words, "
        f"{len(journal.themes)} themes, {len(journal.mentions())} mentions, "
        f"{len(journal.decoys)} decoys, {len(journal.noise)} noise, "
        f"unmarked {unmarked_share(journal):.2f}, label words {keyword_share(journal):.2f}"
    )


def faults(path: Path) -> list[str]:
    """Everything wrong with one compiled journal."""
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=Journal)
    except msgspec.MsgspecError as error:
        return [str(error)]
    sys.stdout.write(f"{summary(journal)}\n")
    return [*wrong_entries(journal), *wrong_places(journal), *wrong_themes(journal)]


def main(names: list[str]) -> int:
    """Check the named writers, or all of them; 1 if anything is wrong."""
    bad = False
    for path in sorted(WRITERS.glob("*.json")):
        if names and not any(path.stem.startswith(name) for name in names):
            continue
        for fault in faults(path):
            bad = True
            sys.stderr.write(f"  {path.name}: {fault}\n")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
