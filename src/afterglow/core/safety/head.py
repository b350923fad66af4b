"""The learned part: committed weights over words and, where a model is there, nearness of meaning.

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


class SafetyHead(NamedTuple):
    """The weights of `safety.npz` with the numbers of its card."""

    words: NDArray[np.float32]
    words_bias: float
    threshold_words: float
    page_words: float
    projection: NDArray[np.float32]
    examples: NDArray[np.float32]
    pulls: NDArray[np.float32]
    words_beside: NDArray[np.float32]
    both_bias: float
    narrowness: float
    threshold_both: float
    page_both: float

    def score_words(self, features: frozenset[int]) -> float:
        """How much the words of one piece or window speak for the panel."""
        return _mean_weight(self.words, features) + self.words_bias

    def score_both(
        self, features: list[frozenset[int]], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The same from words and nearness to learned examples, one row per piece or window."""
        placed = unit(vectors @ self.projection)
        near = np.exp(2 * self.narrowness * (placed @ self.examples.T - 1))
        by_words = np.array([_mean_weight(self.words_beside, row) for row in features])
        scores: NDArray[np.float32] = near @ self.pulls + by_words + self.both_bias
        return scores

    def threshold(self, windows: int, *, with_meaning: bool) -> float:
        """A page has more windows to be wrong about than a line, so it asks for a little more."""
        extra = float(np.log(min(max(windows, 1), MOST_WINDOWS)))
        if with_meaning:
            return self.threshold_both + self.page_both * extra
        return self.threshold_words + self.page_words * extra


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row at length one."""
    scaled: NDArray[np.float32] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), 1e-6
    )
    return scaled


def _mean_weight(weights: NDArray[np.float32], features: frozenset[int]) -> float:
    if not features:
        return 0.0
    return float(weights[list(features)].sum()) / float(np.sqrt(len(features)))


@cache
def load_head() -> SafetyHead | None:
    """The committed head, or None when its files are missing: then the patterns stand alone."""
    weights_file, card_file = HEADS_FOLDER / "safety.npz", HEADS_FOLDER / "safety.toml"
    if not (weights_file.is_file() and card_file.is_file()):
        return None
    numbers = tomllib.loads(card_file.read_text(encoding="utf-8"))["numbers"]
    with np.load(weights_file) as stored:
        full = {name: stored[name].astype(np.float32) for name in stored.files}
    return SafetyHead(
        words=full["words"] * np.float32(numbers["words_scale"]),
        words_bias=numbers["words_bias"],
        threshold_words=numbers["threshold_words"],
        page_words=numbers["page_words"],
        projection=full["projection"],
        examples=unit(full["examples"]),
        pulls=full["pulls"],
        words_beside=full["words_beside"] * np.float32(numbers["words_beside_scale"]),
        both_bias=numbers["both_bias"],
        narrowness=numbers["narrowness"],
        threshold_both=numbers["threshold_both"],
        page_both=numbers["page_both"],
    )
