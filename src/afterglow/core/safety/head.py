"""The learned part: committed weights over words, and over meaning where the tuned model is there.

Its number is used to decide whether to show the panel and is thrown away; it is no risk score.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HEADS_FOLDER = Path(__file__).resolve().parents[2] / "data" / "heads"
MOST_WINDOWS = 60


class Head(NamedTuple):
    """Weights over hashed words, or over the vectors of the tuned model, with the numbers of their card."""

    weights: NDArray[np.float32]
    bias: float
    threshold: float
    page: float

    def by_words(self, features: list[frozenset[int]]) -> NDArray[np.float32]:
        """How much the words of each piece or window speak for the panel."""
        means = [_mean_weight(self.weights, row) for row in features]
        return np.array(means, dtype=np.float32) + np.float32(self.bias)

    def by_meaning(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How much the meaning of each piece or window, one unit vector a row, speaks for the panel."""
        scores: NDArray[np.float32] = vectors @ self.weights + np.float32(self.bias)
        return scores

    def limit(self, windows: int) -> float:
        """The threshold for a text of so many windows."""
        return self.threshold + self.page * breadth(windows)


def breadth(windows: int) -> float:
    """A page has more windows to be wrong about than a line, so it asks for a little more."""
    return float(np.log(min(max(windows, 1), MOST_WINDOWS)))


def _mean_weight(weights: NDArray[np.float32], features: frozenset[int]) -> float:
    if not features:
        return 0.0
    return float(weights[list(features)].sum()) / float(np.sqrt(len(features)))


def words_head() -> Head | None:
    """The weights over words, for where no model is; None when their files are missing: then the patterns stand alone."""
    return _stored("safety")


def meaning_head() -> Head | None:
    """The weights over the tuned model's vectors, or None when their files are missing."""
    return _stored("safety_meaning")


@cache
def _stored(name: str) -> Head | None:
    weights_file, card_file = HEADS_FOLDER / f"{name}.npz", HEADS_FOLDER / f"{name}.toml"
    if not (weights_file.is_file() and card_file.is_file()):
        return None
    numbers = tomllib.loads(card_file.read_text(encoding="utf-8"))["numbers"]
    with np.load(weights_file) as stored:
        weights = stored["weights"].astype(np.float32) * np.float32(numbers["scale"])
    return Head(weights, numbers["bias"], numbers["threshold"], numbers["page"])
