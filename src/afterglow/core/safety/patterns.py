"""The transparent layer: written patterns that bring the help panel, and contexts that hold them back.

The patterns are words in a TOML file for each language that anybody can read; nothing here is learned.
Every text is read with every language, since people write in more than one.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data" / "safety"
FILES = {
    "en": DATA_FOLDER / "patterns.toml",
    "de": DATA_FOLDER.parent / "de" / "safety" / "patterns.toml",
}
# Letters that are also typed in other ways: two letters, two signs, or without the dots.
_TYPED_AS = {
    "ä": "(?:ä|ae|a\u0308?)",
    "ö": "(?:ö|oe|o\u0308?)",
    "ü": "(?:ü|ue|u\u0308?)",
    "ß": "(?:ß|ss)",
}
_SLOT = re.compile(r"\{(\w+)\}")
_CURLY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})


class Group(NamedTuple):
    """Patterns of one meaning, joined; `stands` ones hold in every context."""

    name: str
    stands: bool
    expression: re.Pattern[str]


class Patterns(NamedTuple):
    """What brings the panel, and what around it (a film, a dream, long ago) holds it back."""

    signs: tuple[Group, ...]
    quiet: tuple[Group, ...]


def plain(text: str) -> str:
    """Lower case and straight quotes, character for character, so that offsets stay."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_CURLY)


@cache
def load_patterns(language: str = "en") -> Patterns:
    """The patterns of one language, compiled once."""
    raw = tomllib.loads(FILES[language].read_text(encoding="utf-8"))
    words, gap = raw["words"], raw.get("gap", r"\s+")
    return Patterns(
        tuple(_group(item, words, gap) for item in raw["sign"]),
        tuple(_group(item, words, gap) for item in raw["quiet"]),
    )


def sign_names(piece: str, language: str = "en") -> Iterator[tuple[str, bool]]:
    """The names of the signs in one plain piece, and whether each holds in every context."""
    return (
        (group.name, group.stands)
        for group in load_patterns(language).signs
        if group.expression.search(piece)
    )


def quiet_names(piece: str, language: str = "en") -> list[str]:
    """The contexts around one plain piece that usually make its words harmless."""
    return [group.name for group in load_patterns(language).quiet if group.expression.search(piece)]


def brings_panel(piece: str) -> bool:
    """Whether one plain piece speaks clearly enough for the patterns alone, in any language."""
    return any(_speaks(piece, language) for language in FILES)


def _speaks(piece: str, language: str) -> bool:
    """A context holds back only signs of its own language."""
    signs = list(sign_names(piece, language))
    return any(stands for _, stands in signs) or (bool(signs) and not quiet_names(piece, language))


def _group(item: dict[str, object], words: dict[str, str], gap: str) -> Group:
    lines = item["any"]
    if not isinstance(lines, list):
        raise TypeError(f"patterns.toml: {item['name']}: any is not a list")
    joined = "|".join(_expression(str(line), words, gap) for line in lines)
    return Group(str(item["name"]), bool(item.get("stands", False)), re.compile(joined))


def _expression(line: str, words: dict[str, str], gap: str) -> str:
    """A line as a regular expression: slots filled, apostrophes optional, spaces as the gap of the language."""
    filled = line
    while slots := _SLOT.search(filled):
        filled = filled.replace(slots[0], f"(?:{words[slots[1]]})")
    for letter, typed in _TYPED_AS.items():
        filled = filled.replace(letter, typed)
    return rf"\b(?:{filled})(?!\w)".replace("'", "'?").replace(" ", gap)
