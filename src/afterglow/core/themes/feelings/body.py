"""Feelings in the body (a tight chest, heavy limbs) as a person wrote them, with exact places.

A lexicon, not a diagnosis: it only finds the words; what they mean is the person's to say.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA_FOLDER = Path(__file__).resolve().parents[3] / "data" / "feelings"


class BodyFeeling(NamedTuple):
    """A place in the body and where the text speaks of it."""

    place: str
    start: int
    end: int


def body_feelings(text: str) -> list[BodyFeeling]:
    """Every mention in order; overlapping mentions of one place count once."""
    straight = text.replace("’", "'")
    found = [
        BodyFeeling(place, match.start(), match.end())
        for place, expression in _expressions()
        for match in expression.finditer(straight)
    ]
    return sorted(found, key=lambda feeling: (feeling.start, feeling.end, feeling.place))


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads((DATA_FOLDER / "body.toml").read_text(encoding="utf-8"))
    return tuple((item["name"], _expression(item, raw["near_words"])) for item in raw["place"])


def _expression(item: dict[str, Any], near_words: int) -> re.Pattern[str]:
    phrases = [_either(item["phrases"])] if item["phrases"] else []
    if item["parts"]:
        parts, words = _either(item["parts"]), _either(item["words"])
        gap = rf"(?:[ ,]+[\w']+){{0,{near_words}}}?[ ,]+"
        phrases += [f"{parts}{gap}{words}", f"{words}{gap}{parts}"]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


def _either(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest_first) + ")"
