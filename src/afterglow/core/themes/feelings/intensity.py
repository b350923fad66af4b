"""How strongly a passage is put, from 0 to 1, by its own words and signs.

It reads the wording only; it says nothing about how strong the feeling was.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA_FOLDER = Path(__file__).resolve().parents[3] / "data" / "feelings"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)


def intensity(passage: str) -> float:
    """0 for the mildest wording, 1 for the strongest; a plain sentence lies between."""
    words = [word.lower() for word in _WORD.findall(passage.replace("’", "'"))]
    if not words:
        return 0.0
    card = _card()
    value: float = card["start"]
    value += card["raise"]["by"] * sum(word in card["raise"]["words"] for word in words)
    value -= card["lower"]["by"] * sum(word in card["lower"]["words"] for word in words)
    return round(min(1.0, max(0.0, value + _by_signs(passage, card["signs"]))), 3)


def _by_signs(passage: str, signs: dict[str, float]) -> float:
    most = int(signs["most_signs"])
    return (
        signs["exclamation"] * min(most, passage.count("!"))
        + signs["capital_word"] * min(most, len(_CAPITALS.findall(passage)))
        + signs["repeated_letters"] * min(most, len(_DRAWN_OUT.findall(passage)))
    )


@cache
def _card() -> dict[str, Any]:
    card = tomllib.loads((DATA_FOLDER / "intensity.toml").read_text(encoding="utf-8"))
    for side in ("raise", "lower"):
        card[side]["words"] = frozenset(card[side]["words"])
    return card
