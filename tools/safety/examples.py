"""Reads the texts of safety language and lays out their windows for training and measuring."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from afterglow.core.safety.features import BUCKETS, features_of
from afterglow.core.safety.language import WIDEST_WINDOW
from afterglow.core.safety.patterns import brings_panel, plain
from afterglow.core.safety.pieces import sentences, windows

# Lines as they come, by hands that saw no others; the rest was written to be hard to tell apart.
AS_THEY_COME = ("development", "another-hand")


class Text(NamedTuple):
    """One text with all its windows, and which of them teach."""

    label: bool
    category: str
    as_it_comes: bool
    pattern: bool
    windows: list[str]
    features: list[frozenset[int]]
    teach: list[bool | None]


class Windows(NamedTuple):
    """Windows as rows, with what they teach and how much one of them weighs."""

    words: csr_matrix
    labels: Any
    weights: Any


def read_texts(paths: list[Path]) -> list[dict[str, Any]]:
    """The rows of some JSONL files, each with the name of its file."""
    return [
        json.loads(line) | {"file": path.stem}
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def prepared(rows: list[dict[str, Any]]) -> list[Text]:
    """Texts with their windows laid out once."""
    return [_text(row) for row in rows]


def teaching(texts: list[Text]) -> Windows:
    """The windows that teach; those of one text share the weight of one text."""
    rows = [
        (features, taught, 1 / sum(each is not None for each in text.teach))
        for text in texts
        for features, taught in zip(text.features, text.teach, strict=True)
        if taught is not None
    ]
    features, labels, shares = (list(column) for column in zip(*rows, strict=True))
    return Windows(matrix(features), np.array(labels), np.sqrt(shares))


def matrix(features: list[frozenset[int]]) -> csr_matrix:
    """Rows of unit length over the hashed places."""
    columns = [bucket for row in features for bucket in sorted(row)]
    sizes = [len(row) for row in features]
    values = np.concatenate([np.full(n, 1 / np.sqrt(max(n, 1))) for n in sizes])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((values, columns, starts), shape=(len(features), BUCKETS))


def _text(row: dict[str, Any]) -> Text:
    text, low, pieces = row["text"], plain(row["text"]), sentences(row["text"])
    seen = [features_of(low[piece.start : piece.end]) for piece in pieces]
    places = list(windows(pieces, WIDEST_WINDOW))
    ranges = [(pieces[first].start, pieces[after - 1].end) for first, after in places]
    return Text(
        row["label"] == "show",
        row["category"],
        row["file"] in AS_THEY_COME,
        any(brings_panel(low[piece.start : piece.end]) for piece in pieces),
        [text[start:end] for start, end in ranges],
        [frozenset().union(*seen[first:after]) for first, after in places],
        [_teaches(row, span, ranges) for span in ranges],
    )


def _teaches(
    row: dict[str, Any], span: tuple[int, int], ranges: list[tuple[int, int]]
) -> bool | None:
    """What one window teaches: no sign, a sign, or nothing where it may be either."""
    if row["label"] != "show":
        return False
    if "signs" not in row:
        longest = max(end - start for start, end in ranges)
        return True if span[1] - span[0] == longest else None
    starts = [(row["text"].index(sign), len(sign)) for sign in row["signs"]]
    marked = [(start, start + length) for start, length in starts]
    if any(span[0] <= start and end <= span[1] for start, end in marked):
        return True
    return None if any(start < span[1] and span[0] < end for start, end in marked) else False
