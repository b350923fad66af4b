"""The feelings head: 28 labels and seven groups from words, and from meaning where a model is there.

Trained on GoEmotions (tools/feelings). Labels it is poor at are never shown; a feeling it does
not name has not been ruled out. Its probabilities are for ranking and for *may*, never for *is*.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.feelings.terms import terms_of

HEADS_FOLDER = Path(__file__).resolve().parents[3] / "data" / "heads"
Floats = NDArray[np.float32]


class Reading(NamedTuple):
    """How scores become probabilities, and from where on a label is named."""

    slope: Floats
    bias: Floats
    threshold: Floats


class FeelingHead:
    """Passages in, feelings with their probability out."""

    def __init__(self, weights: dict[str, NDArray[Any]], card: dict[str, Any]) -> None:
        self.labels: list[str] = card["labels"]
        self.groups: list[str] = card["groups"]
        self.shown: list[str] = card["shown"]
        self._rows = {term: row for row, term in enumerate(_vocabulary(weights["vocabulary"]))}
        self._rarity = weights["rarity"].astype(np.float32)
        self._words = weights["words"]
        self._words_scale = weights["words_scale"].astype(np.float32)
        self._words_bias = weights["words_bias"].astype(np.float32)
        self._layers = [
            _layer(weights, name) for name in ("meaning_centre", "meaning_first", "meaning_last")
        ]
        self._spread: tuple[Floats, Floats] = (
            weights["spread_words"].astype(np.float32),
            weights["spread_meaning"].astype(np.float32),
        )
        self._share = weights["share_of_meaning"].astype(np.float32)
        self._by_words = _reading(weights, "alone")
        self._by_both = _reading(weights, "both")

    @classmethod
    def load(cls, folder: Path = HEADS_FOLDER) -> "FeelingHead | None":
        """The committed head, or None when its files are missing."""
        weights_file, card_file = folder / "feelings.npz", folder / "feelings.toml"
        if not (weights_file.is_file() and card_file.is_file()):
            return None
        with np.load(weights_file) as stored:
            weights = {name: stored[name] for name in stored.files}
        return cls(weights, tomllib.loads(card_file.read_text(encoding="utf-8")))

    def of(self, passages: Sequence[str], vectors: Floats | None = None) -> list[dict[str, float]]:
        """The finer labels each passage may hold, likeliest first; weak labels are left out."""
        found = self.probabilities(passages, vectors)[:, : len(self.labels)]
        threshold = self._reading(vectors).threshold[: len(self.labels)]
        names = [name if name in self.shown else "" for name in self.labels]
        return [_named(row, names, threshold) for row in found]

    def groups_of(
        self, passages: Sequence[str], vectors: Floats | None = None
    ) -> list[dict[str, float]]:
        """The seven groups (Ekman's six and neutral) each passage may hold, likeliest first."""
        found = self.probabilities(passages, vectors)[:, len(self.labels) :]
        threshold = self._reading(vectors).threshold[len(self.labels) :]
        return [_named(row, self.groups, threshold) for row in found]

    def probabilities(self, passages: Sequence[str], vectors: Floats | None = None) -> Floats:
        """One row per passage: every label, then every group, hidden ones too."""
        scores = self._score_words(passages)
        if vectors is not None:
            meant = self._score_meaning(np.asarray(vectors, dtype=np.float32))
            scores = (1 - self._share) * scores / self._spread[0]
            scores = scores + self._share * meant / self._spread[1]
        reading = self._reading(vectors)
        found: Floats = 1 / (1 + np.exp(-(scores * reading.slope + reading.bias)))
        return found

    def thresholds(self, vectors: Floats | None = None) -> Floats:
        """From which probability on each label and each group is named."""
        return self._reading(vectors).threshold

    def _reading(self, vectors: Floats | None) -> Reading:
        return self._by_words if vectors is None else self._by_both

    def _score_words(self, passages: Sequence[str]) -> Floats:
        scores = np.tile(self._words_bias, (len(passages), 1))
        for row, passage in enumerate(passages):
            counts = Counter(self._rows[t] for t in terms_of(passage) if t in self._rows)
            if counts:
                at = np.fromiter(counts.keys(), dtype=np.int64)
                often = np.fromiter(counts.values(), dtype=np.float32)
                weight = (1 + np.log(often)) * self._rarity[at]
                weight /= np.linalg.norm(weight)
                scores[row] += (weight @ self._words[at].astype(np.float32)) * self._words_scale
        return scores

    def _score_meaning(self, vectors: Floats) -> Floats:
        (centre, spread), (first, first_bias), (last, last_bias) = self._layers
        hidden = np.maximum((vectors - centre) / spread @ first + first_bias, 0)
        scores: Floats = hidden @ last + last_bias
        return scores


def _vocabulary(stored: NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")


def _layer(weights: dict[str, NDArray[Any]], name: str) -> tuple[Floats, Floats]:
    matrix = weights[name].astype(np.float32)
    if f"{name}_scale" in weights:
        matrix = matrix * weights[f"{name}_scale"].astype(np.float32)
    return matrix, weights[f"{name}_beside"].astype(np.float32)


def _reading(weights: dict[str, NDArray[Any]], name: str) -> Reading:
    slope, bias, threshold = weights[f"reading_{name}"].astype(np.float32)
    return Reading(slope, bias, threshold)


def _named(row: Floats, names: Sequence[str], threshold: Floats) -> dict[str, float]:
    named = [
        (name, round(float(probability), 4))
        for name, probability, least in zip(names, row, threshold, strict=True)
        if name and probability >= least
    ]
    return dict(sorted(named, key=lambda pair: (-pair[1], pair[0])))
