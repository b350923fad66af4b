"""Trains the heads *inner life or daily noise* and *which kind* on frozen vectors.

`python -m tools.themes.train`: leaves writers out to measure, then fits on all and writes the head.
"""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score

from afterglow.core.themes.ground import rows_of_features
from afterglow.core.themes.themes import KINDS
from tools.themes.labelled import (
    PENALTY_INNER,
    PENALTY_KIND,
    fitted,
    kind_of_rows,
    read_writers,
)

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "afterglow" / "data" / "heads"


@dataclass(frozen=True)
class Rows:
    """Passages of all writers in rows: features, writer, marked or not, kind or -1."""

    values: NDArray[np.float32]
    writer: NDArray[np.int64]
    marked: NDArray[np.bool_]
    kind: NDArray[np.int64]


def read_rows() -> Rows:
    """Every passage of every writer with what it was marked as."""
    journals = read_writers()
    kinds = [kind_of_rows(journal) for journal in journals]
    kind = np.concatenate(kinds)
    return Rows(
        np.vstack([rows_of_features(journal.ground) for journal in journals]),
        np.repeat(np.arange(len(journals)), [len(own) for own in kinds]),
        kind >= 0,
        kind,
    )


def measure(rows: Rows) -> dict[str, float]:
    """Each writer judged by heads that never saw them."""
    inner = np.zeros(len(rows.writer))
    kind = np.full(len(rows.writer), -1)
    for writer in np.unique(rows.writer):
        out = rows.writer == writer
        model = fitted(rows.values[~out], rows.marked[~out], PENALTY_INNER)
        inner[out] = model.predict_proba(rows.values[out])[:, 1]
        model = fitted(rows.values[~out & rows.marked], rows.kind[~out & rows.marked], PENALTY_KIND)
        kind[out] = model.predict(rows.values[out])
    known = rows.marked
    return {
        "passages": float(len(known)),
        "writers": float(len(np.unique(rows.writer))),
        "marked_share": round(float(known.mean()), 3),
        "inner_average_precision": round(float(average_precision_score(known, inner)), 3),
        "kind_macro_f1": round(float(f1_score(rows.kind[known], kind[known], average="macro")), 3),
    }


def write_head(rows: Rows, figures: dict[str, float]) -> None:
    """Fit on all writers and keep the weights with a card beside them."""
    inner = fitted(rows.values, rows.marked, PENALTY_INNER)
    kind = fitted(rows.values[rows.marked], rows.kind[rows.marked], PENALTY_KIND)
    OUT.mkdir(parents=True, exist_ok=True)
    inner_weights = np.append(inner.coef_[0], inner.intercept_[0]).astype(np.float32)
    kind_weights = np.zeros((len(KINDS), rows.values.shape[1] + 1), dtype=np.float32)
    kind_weights[kind.classes_] = np.column_stack([kind.coef_, kind.intercept_])
    path = OUT / "themes.npz"
    np.savez(path, inner=inner_weights, kind=kind_weights)
    card = ["# Written by tools/themes/train.py; figures are with each writer left out"]
    card += [f"{name} = {figure}" for name, figure in figures.items()]
    card += [f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"', ""]
    (OUT / "themes.toml").write_text("\n".join(card), encoding="utf-8")


def main() -> None:
    """Measure, then write."""
    rows = read_rows()
    figures = measure(rows)
    write_head(rows, figures)
    sys.stdout.write("".join(f"{name}: {figure}\n" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
