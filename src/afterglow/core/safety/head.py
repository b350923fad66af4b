"""The learned part: committed weights over words, and over meaning where the tuned model is there.

Its number is used to decide whether to show the panel and is thrown away; it is no risk score.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

HEADS_FOLDER = Path(__file__).resolve().parents[2] / "data" / "heads"
MOST_WINDOWS = 60


class WordsHead(NamedTuple):
    """One weight for each hashed feature; it stands in where no model is installed."""

    weights: NDArray[np.float32]
    bias: float
    threshold: float
    page: float

    def scores(self, features: list[frozenset[int]]) -> NDArray[np.float32]:
        """How much the words of each piece or window speak for the panel."""
        means = [_mean_weight(self.weights, row) for row in features]
        return np.array(means, dtype=np.float32) + np.float32(self.bias)

    def limit(self, windows: int) -> float:
        """The threshold for a text of so many windows."""
        return self.threshold + self.page * _breadth(windows)


class MeaningHead(NamedTuple):
    """Reads the vectors of the model that was tuned to safety language."""

    weights: NDArray[np.float32]
    bias: float
    threshold: float
    page: float

    def scores(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How much the meaning of each piece or window, one unit vector a row, speaks for the panel."""
        scores: NDArray[np.float32] = vectors @ self.weights + np.float32(self.bias)
        return scores

    def limit(self, windows: int) -> float:
        """The threshold for a text of so many windows."""
        return self.threshold + self.page * _breadth(windows)


def _breadth(windows: int) -> float:
    """A page has more windows to be wrong about than a line, so it asks for a little more."""
    return float(np.log(min(max(windows, 1), MOST_WINDOWS)))


def _mean_weight(weights: NDArray[np.float32], features: frozenset[int]) -> float:
    if not features:
        return 0.0
    return float(weights[list(features)].sum()) / float(np.sqrt(len(features)))


@cache
def words_head() -> WordsHead | None:
    """The committed weights over words, or None when their files are missing: then the patterns stand alone."""
    found = _stored("safety")
    if found is None:
        return None
    arrays, numbers = found
    weights = arrays["words"].astype(np.float32) * np.float32(numbers["scale"])
    return WordsHead(weights, numbers["bias"], numbers["threshold"], numbers["page"])


@cache
def meaning_head() -> MeaningHead | None:
    """The committed weights over the tuned model's vectors, or None when their files are missing."""
    found = _stored("safety_meaning")
    if found is None:
        return None
    arrays, numbers = found
    weights = arrays["weights"].astype(np.float32)
    return MeaningHead(weights, numbers["bias"], numbers["threshold"], numbers["page"])


def _stored(name: str) -> tuple[dict[str, NDArray[Any]], dict[str, float]] | None:
    weights_file, card_file = HEADS_FOLDER / f"{name}.npz", HEADS_FOLDER / f"{name}.toml"
    if not (weights_file.is_file() and card_file.is_file()):
        return None
    numbers = tomllib.loads(card_file.read_text(encoding="utf-8"))["numbers"]
    with np.load(weights_file) as stored:
        return {key: stored[key] for key in stored.files}, numbers
