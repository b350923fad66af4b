"""The learned heads of the themes: how inward a passage is, and of which kind it looks.

Leaves out training, which is a script outside the package. Without the weights nothing is learned.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "heads" / "themes.npz"
ENTRY_KINDS = ("sitting", "dream", "dictated", "list")
# The vectors have length one, so their coordinates are small beside the other signs.
VECTOR_SCALE = 5.0
LONG_WORDS = 20


@cache
def _weights() -> dict[str, Floats] | None:
    if not OWN_FILE.is_file():
        return None
    with np.load(OWN_FILE) as stored:
        return {name: stored[name] for name in stored.files}


def features(texts: Sequence[str], vectors: Floats, entry_kind: str) -> Floats:
    """One row per passage of one entry: vector, neighbours' mean, length, kind of entry."""
    count = len(texts)
    around = np.zeros_like(vectors)
    around[1:] += vectors[:-1]
    around[:-1] += vectors[1:]
    kinds = np.tile([float(entry_kind == kind) for kind in ENTRY_KINDS], (count, 1))
    length = np.array([[min(len(text.split()) / LONG_WORDS, 2.0)] for text in texts])
    signs = [[float(" i " in f" {text.lower()} "), float('"' in text)] for text in texts]
    plain = np.array(signs).reshape(count, 2)
    blocks = [VECTOR_SCALE * vectors, 0.5 * VECTOR_SCALE * around, length.reshape(count, 1)]
    return np.hstack([*blocks, plain, kinds]).astype(np.float32)


def inner_weight(rows: Floats) -> Floats | None:
    """How likely each passage is inner life, 0 to 1; None without the learned weights."""
    weights = _weights()
    if weights is None:
        return None
    inner = weights["inner"]
    return np.asarray(1 / (1 + np.exp(-(rows @ inner[:-1] + inner[-1]))), dtype=np.float32)


def kind_shares(rows: Floats) -> Floats | None:
    """For each passage the shares of the six kinds; None without the learned weights."""
    weights = _weights()
    if weights is None:
        return None
    kind = weights["kind"]
    raw = np.exp(np.clip(rows @ kind[:, :-1].T + kind[:, -1], -20, 20))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True), dtype=np.float32)
