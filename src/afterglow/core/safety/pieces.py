"""Cuts a text into sentences with exact offsets, and into short windows of neighbours.

Leaves out the clauses that themes quote: here a piece only has to be short enough to be judged.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST_PIECE = 320
CHARACTERS_READ = 200_000
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"'’”)\]]*|\n|$)|[.!?…]+")
_LETTER = re.compile(r"\w")
_SOFT_BREAK = re.compile(r"[,;:—–]\s|\s-\s|\s")


class Piece(NamedTuple):
    """One stretch of a text: `text[start:end]` is what was judged."""

    start: int
    end: int


def sentences(text: str) -> list[Piece]:
    """The sentences of the first 200,000 characters; very long ones are cut at a pause."""
    found = []
    for match in _SENTENCE.finditer(text, 0, min(len(text), CHARACTERS_READ)):
        for start, end in _short_enough(text, match.start(), match.end()):
            piece = _trimmed(text, start, end)
            if _LETTER.search(text, piece.start, piece.end):
                found.append(piece)
    return found


def windows(pieces: Sequence[Piece], widest: int = 3) -> Iterator[tuple[int, int]]:
    """Index ranges of one to `widest` neighbouring pieces, each range once."""
    for width in range(1, min(widest, len(pieces)) + 1):
        for first in range(len(pieces) - width + 1):
            yield first, first + width


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        breaks = list(_SOFT_BREAK.finditer(text, start + LONGEST_PIECE // 2, start + LONGEST_PIECE))
        cut = breaks[-1].end() if breaks else start + LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Piece:
    inside = text[start:end]
    lead = len(inside) - len(inside.lstrip())
    return Piece(start + lead, max(start + lead, start + len(inside.rstrip())))
