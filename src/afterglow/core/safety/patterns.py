"""The transparent layer: written patterns that bring the help panel, and contexts that hold them back.

The patterns are words in a TOML file that anybody can read; nothing here is learned.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data" / "safety"
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
def load_patterns() -> Patterns:
    """The patterns of the package, compiled once."""
    raw = tomllib.loads((DATA_FOLDER / "patterns.toml").read_text(encoding="utf-8"))
    words = raw["words"]
    return Patterns(
        tuple(_group(item, words) for item in raw["sign"]),
        tuple(_group(item, words) for item in raw["quiet"]),
    )


def sign_names(piece: str) -> Iterator[tuple[str, bool]]:
    """The names of the signs in one plain piece, and whether each holds in every context."""
    return (
        (group.name, group.stands)
        for group in load_patterns().signs
        if group.expression.search(piece)
    )


def quiet_names(piece: str) -> list[str]:
    """The contexts around one plain piece that usually make its words harmless."""
    return [group.name for group in load_patterns().quiet if group.expression.search(piece)]


def brings_panel(piece: str) -> bool:
    """Whether one plain piece speaks clearly enough for the patterns alone."""
    signs = list(sign_names(piece))
    return any(stands for _, stands in signs) or (bool(signs) and not quiet_names(piece))


def _group(item: dict[str, object], words: dict[str, str]) -> Group:
    lines = item["any"]
    if not isinstance(lines, list):
        raise TypeError(f"patterns.toml: {item['name']}: any is not a list")
    joined = "|".join(_expression(str(line), words) for line in lines)
    return Group(str(item["name"]), bool(item.get("stands", False)), re.compile(joined))


def _expression(line: str, words: dict[str, str]) -> str:
    """A line as a regular expression: slots filled, apostrophes optional, spaces of any width."""
    filled = _SLOT.sub(lambda slot: f"(?:{words[slot[1]]})", line)
    return rf"\b(?:{filled})(?!\w)".replace("'", "'?").replace(" ", r"\s+")
