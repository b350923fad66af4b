"""The content words of a passage, in the forms the person used and in one folded form each.

Leaves out meaning: this is what is left when the model is missing, and what labels are made of.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = frozenset(
    (Path(__file__).resolve().parents[2] / "data" / "themes" / "stop_words.txt")
    .read_text(encoding="utf-8")
    .split()
)
LEAST_STEM = 3
LEAST_WORD = 3
# A journal says most of its words again and again.
REMEMBERED_WORDS = 20_000
_ENDINGS = ("ings", "ing", "ies", "ied", "edly", "ed", "ly", "es", "s")


@dataclass(frozen=True, slots=True)
class Word:
    """One content word: as written, folded, and where it stands in the passage."""

    written: str
    folded: str
    start: int


def fold(word: str) -> str:
    """One form for a word's endings: *walked*, *walking* and *walks* meet."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        stem = plain.removesuffix(ending)
        if stem != plain and len(stem) >= LEAST_STEM and not plain.endswith("ss"):
            doubled = len(stem) > LEAST_STEM and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return (stem[:-1] if doubled else stem) + ("y" if ending in ("ies", "ied") else "")
    return plain.removesuffix("e") if len(plain) > LEAST_STEM + 1 else plain


def is_stop_word(word: str) -> bool:
    """Whether the word says nothing by itself."""
    return word.lower().replace("’", "'") in _STOP


def content_words(text: str) -> list[Word]:
    """The words that carry content, in order."""
    found = ((match.group(), match.start()) for match in _WORD.finditer(text))
    return [
        Word(written, folded, start) for written, start in found if (folded := _content(written))
    ]


@lru_cache(maxsize=REMEMBERED_WORDS)
def _content(word: str) -> str:
    """The folded form of a word that carries content; empty for any other."""
    return "" if len(word) < LEAST_WORD or is_stop_word(word) else fold(word)
