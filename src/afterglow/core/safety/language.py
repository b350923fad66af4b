"""Whether the words of an entry bring the help panel. Nothing is blocked, kept or counted.

It fails towards showing and never gives an all-clear: a page that stays quiet has said nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from afterglow.core.safety.features import features_of
from afterglow.core.safety.head import meaning_head, words_head
from afterglow.core.safety.patterns import brings_panel, plain
from afterglow.core.safety.pieces import Piece, sentences, windows

WIDEST_WINDOW = 3


class MeaningModel(Protocol):
    """Whatever turns passages into vectors of meaning."""

    def vectors(self, passages: Sequence[str], /) -> NDArray[np.float32]:
        """One row per passage."""
        ...


class Signs(NamedTuple):
    """Whether to show the panel, and which stretches of the text brought it."""

    show: bool
    spans: tuple[tuple[int, int], ...]


def look(text: str, *, meaning: MeaningModel | None = None) -> Signs:
    """The signs in one text: the patterns first, then what was learned; `meaning` is the tuned model."""
    pieces = sentences(text)
    spans = _by_patterns(plain(text), pieces)
    if pieces:
        spans |= _by_head(text, pieces, meaning)
    return Signs(show=bool(spans), spans=_merged(spans))


def _by_patterns(plain_text: str, pieces: Sequence[Piece]) -> set[tuple[int, int]]:
    return {
        (piece.start, piece.end)
        for piece in pieces
        if brings_panel(plain_text[piece.start : piece.end])
    }


def _by_head(
    text: str, pieces: Sequence[Piece], meaning: MeaningModel | None
) -> set[tuple[int, int]]:
    places = list(windows(pieces, WIDEST_WINDOW))
    ranges = [Piece(pieces[first].start, pieces[after - 1].end) for first, after in places]
    tuned, plain_words = meaning_head(), words_head()
    if meaning is not None and tuned is not None:
        scores = tuned.by_meaning(meaning.vectors([text[start:end] for start, end in ranges]))
        limit = tuned.limit(len(ranges))
    elif plain_words is not None:
        scores = plain_words.by_words(_features(text, pieces, places))
        limit = plain_words.limit(len(ranges))
    else:
        return set()
    return {
        (span.start, span.end) for span, score in zip(ranges, scores, strict=True) if score >= limit
    }


def _features(
    text: str, pieces: Sequence[Piece], places: list[tuple[int, int]]
) -> list[frozenset[int]]:
    plain_text = plain(text)
    seen = [features_of(plain_text[piece.start : piece.end]) for piece in pieces]
    return [frozenset().union(*seen[first:after]) for first, after in places]


def _merged(spans: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
