"""Trains how far a returning word or person reaches, on seeds that hit a marked theme.

`python -m tools.themes.seed`: leaves writers out to measure, fits on all, writes `reach.npz`.
"""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import LogisticRegression

from afterglow.core.themes.belongs import Layer
from afterglow.core.themes.ground import Floats
from afterglow.core.themes.reach import MOST_SHOWN, chosen, reached, seed_signs, seeds
from tools.themes.labelled import Journal, f1, read_writers, touched
from tools.themes.teach import view_on

OUT = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "heads"
FOLDS = 5
PENALTY = 0.01
LEAST_HIT = 0.3
LEAST_HITS = 2
KEPT_OF_OTHERS = 0.25


@dataclass(frozen=True)
class Rows:
    """What is learned from one writer; `share` makes up for rows that were left out."""

    signs: Floats
    wanted: np.ndarray
    share: np.ndarray


def rows_of_writer(journal: Journal, number: int) -> Rows:
    """Passages around every seed that hits a theme: does the passage belong to that theme?"""
    view, truth, chance = view_on(journal), journal.truth, np.random.default_rng(number)
    signs, wanted, share = [], [], []
    for seed in seeds(view):
        own = list(seed.vouching)
        hit = truth[:, own].mean(axis=1)
        theme = truth[int(hit.argmax())]
        if hit.max() < LEAST_HIT or theme[own].sum() < LEAST_HITS:
            continue
        sure = theme.copy()
        sure[list(seed.rows)] = True
        kept = np.flatnonzero(sure | (chance.random(len(theme)) < KEPT_OF_OTHERS))
        signs.append(seed_signs(view, seed)[kept])
        wanted.append(theme[kept])
        share.append(np.where(sure[kept], 1.0, 1 / KEPT_OF_OTHERS))
    return Rows(np.vstack(signs), np.concatenate(wanted), np.concatenate(share))


def layer(rows: Sequence[Rows]) -> Layer:
    """One logistic look over the rows of these writers."""
    values = np.vstack([own.signs for own in rows])
    wanted = np.concatenate([own.wanted for own in rows])
    share = np.concatenate([own.share for own in rows])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    fit = LogisticRegression(C=PENALTY, max_iter=500)
    fit.fit((values - mean) / scale, wanted, sample_weight=share)
    return Layer(mean, scale, fit.coef_[0].astype(np.float32), float(fit.intercept_[0]))


def scores(journal: Journal, fit: Layer) -> dict[str, float]:
    """What the bench prints of a journal, without any teaching."""
    places = journal.places
    groups = chosen(journal.ground, reached(journal.ground, fit) or [])[:MOST_SHOWN]
    found = [[places[row] for row in group.rows] for group in groups]
    table = np.array([[f1(own, theme.spans) for own in found] for theme in journal.themes])
    rows, columns = linear_sum_assignment(-table)
    first = [
        float(np.mean(touched(found[c][:3], journal.themes[r].spans)))
        for r, c in zip(rows, columns, strict=True)
        if table[r, c] > 0
    ]
    people = [at for at, theme in enumerate(journal.themes) if theme.kind == "person"]
    matched = dict(zip(rows, table[rows, columns], strict=True))
    return {
        "unattended_f1": float(table[rows, columns].sum() / len(table)),
        "first_three": float(np.mean(first)),
        "people_f1": float(np.mean([matched.get(at, 0.0) for at in people])),
    }


def measure(journals: Sequence[Journal], rows: Sequence[Rows]) -> dict[str, float]:
    """Each writer by weights that never saw them."""
    found = []
    for fold in range(FOLDS):
        fit = layer([own for at, own in enumerate(rows) if at % FOLDS != fold])
        found += [scores(one, fit) for at, one in enumerate(journals) if at % FOLDS == fold]
    return {name: float(np.mean([one[name] for one in found])) for name in found[0]}


def write(fit: Layer, figures: dict[str, float]) -> None:
    """The weights and their card."""
    path = OUT / "reach.npz"
    np.savez(
        path,
        mean=fit.mean.astype(np.float32),
        scale=fit.scale.astype(np.float32),
        weights=fit.weights,
        bias=np.float32(fit.bias),
    )
    card = [
        "# Written by tools/themes/seed.py; figures are with each writer left out",
        'judges = "does this passage belong with this returning word or person"',
        'trained_on = "the fictional journals of tools/corpus"',
        *(f"{name} = {figure:.3f}" for name, figure in figures.items()),
        f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"',
        "",
    ]
    (OUT / "reach.toml").write_text("\n".join(card), encoding="utf-8")


def main() -> None:
    """Measure with writers left out, then fit on all and write."""
    journals = read_writers()
    rows = [rows_of_writer(journal, number) for number, journal in enumerate(journals)]
    figures = {"writers": float(len(journals)), **measure(journals, rows)}
    write(layer(rows), figures)
    sys.stdout.write("".join(f"{name}: {figure:.3f}\n" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
