"""The learned part: committed weights over words and, where a model is there, over vectors.

Its number is used to decide whether to show the panel and is thrown away; it is no risk score.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HEADS_FOLDER = Path(__file__).resolve().parents[2] / "data" / "heads"


class SafetyHead(NamedTuple):
    """The weights of `safety.npz` with the thresholds of its card."""

    words: NDArray[np.float32]
    words_bias: float
    vectors: NDArray[np.float32]
    vectors_bias: float
    share_of_vectors: float
    threshold_words: float
    threshold_blended: float

    def score_words(self, features: frozenset[int]) -> float:
        """How much the words of one piece or window speak for the panel."""
        if not features:
            return self.words_bias
        total = float(self.words[list(features)].sum())
        return total / float(np.sqrt(len(features))) + self.words_bias

    def score_vectors(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same from vectors of meaning, one row per piece or window."""
        scores: NDArray[np.float32] = vectors @ self.vectors + np.float32(self.vectors_bias)
        return scores

    def blend(
        self, by_words: NDArray[np.float32], by_vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Both together, in the share that was best on texts not trained on."""
        share = np.float32(self.share_of_vectors)
        mixed: NDArray[np.float32] = (1 - share) * by_words + share * by_vectors
        return mixed


@cache
def load_head() -> SafetyHead | None:
    """The committed head, or None when its files are missing: then the patterns stand alone."""
    weights_file, card_file = HEADS_FOLDER / "safety.npz", HEADS_FOLDER / "safety.toml"
    if not (weights_file.is_file() and card_file.is_file()):
        return None
    numbers = tomllib.loads(card_file.read_text(encoding="utf-8"))["numbers"]
    with np.load(weights_file) as weights:
        words = weights["words"].astype(np.float32) * np.float32(numbers["words_scale"])
        vectors = weights["vectors"].astype(np.float32)
    return SafetyHead(
        words,
        numbers["words_bias"],
        vectors,
        numbers["vectors_bias"],
        numbers["share_of_vectors"],
        numbers["threshold_words"],
        numbers["threshold_blended"],
    )
