"""Judges which passages belong to the themes that the person taught, with weights learned across writers.

Two looks: each passage by its own signs, then again beside its neighbours and the other themes.
Leaves out training, which is a script outside the package; without its weights nothing is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.signs import Lesson, View, beside, signs_of, unit, view_of

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "heads" / "belongs.npz"
CANDIDATES = 200
NEIGHBOURS = 8
SOFT_MEMBERS = 6
OTHERS_MARK = 0.3
SURE = 1e-5
MOST_ADDED = 40


@dataclass(frozen=True, slots=True)
class Layer:
    """One logistic look: signs are centred, scaled and summed."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def chances(self, signs: Floats) -> Floats:
        """How likely each passage belongs, 0 to 1."""
        raw = ((signs - self.mean) / self.scale) @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(raw, -30, 30))), dtype=np.float32)


@cache
def learned() -> tuple[Layer, Layer] | None:
    """The two layers that travel in the package, or None."""
    if not OWN_FILE.is_file():
        return None
    with np.load(OWN_FILE) as stored:
        first, second = (
            Layer(
                stored[f"{look}_mean"],
                stored[f"{look}_scale"],
                stored[f"{look}_weights"],
                float(stored["biases"][at]),
            )
            for at, look in enumerate(("first", "second"))
        )
    return first, second


def chances_of(
    ground: Ground, lessons: Sequence[Lesson], view: View | None = None
) -> Floats | None:
    """Lessons x passages: how likely each belongs; None without vectors or without weights.

    Whoever asks often about one ground gives its `view`, which takes longest to make.
    """
    layers = learned()
    if layers is None or ground.vectors is None or not lessons:
        return None
    view = view or view_of(ground, ground.vectors)
    signs = signs_of(view, lessons)
    first = layers[0].chances(signs)
    candidates = candidates_of(first, lessons)
    again = np.concatenate([signs, second_signs(view, lessons, first, candidates)], axis=2)
    found = np.zeros_like(first)
    found[:, candidates] = layers[1].chances(again[:, candidates])
    return found


def candidates_of(first: Floats, lessons: Sequence[Lesson]) -> NDArray[np.int64]:
    """The rows worth a second look: the likeliest of each theme and all that was marked."""
    wanted = {row for lesson in lessons for row in (*lesson.yes, *lesson.no)}
    for chances in first:
        order = np.lexsort((np.arange(len(chances)), -chances))[:CANDIDATES]
        wanted |= {int(row) for row in order}
    return np.array(sorted(wanted), dtype=np.int64)


def second_signs(
    view: View, lessons: Sequence[Lesson], first: Floats, candidates: NDArray[np.int64]
) -> Floats:
    """What the first look says of the passage, its neighbours, its entry and the other themes."""
    known = _as_known(lessons, first)
    vectors, entry_of = view.vectors, view.ground.entry_of
    near = vectors[candidates] @ vectors[candidates].T
    np.fill_diagonal(near, -1)
    nearest = np.argsort(-near, axis=1, kind="stable")[:, :NEIGHBOURS]
    rows = []
    for at, lesson in enumerate(lessons):
        others = np.delete(known, at, axis=0)
        best = others.max(axis=0) if len(others) else np.zeros(first.shape[1], np.float32)
        own = first[at]
        total = others.sum(axis=0)
        smooth, smooth_best = np.zeros_like(own), np.zeros_like(own)
        smooth[candidates] = known[at][candidates][nearest].mean(axis=1)
        smooth_best[candidates] = best[candidates][nearest].mean(axis=1)
        columns = [
            _logit(own),
            _logit(best),
            _logit(own) - _logit(best),
            total,
            beside(known[at], entry_of),
            beside(best, entry_of),
            _elsewhere_in_entry(known[at], entry_of),
            np.log1p(np.argsort(np.argsort(-own, kind="stable"))),
            smooth,
            smooth_best,
            _to_soft_middle(vectors, known[at], len(lesson.yes)),
            own / (total + own + 0.05),
        ]
        rows.append(np.stack(columns, axis=1))
    return np.asarray(rows, dtype=np.float32)


def _as_known(lessons: Sequence[Lesson], first: Floats) -> Floats:
    """Chances with what was marked put in: sure where said, unlikely where it is another's."""
    known = first.copy()
    for lesson in lessons:
        known[:, list(lesson.yes)] *= OTHERS_MARK
    for at, lesson in enumerate(lessons):
        known[at, list(lesson.yes)] = 1
        known[at, list(lesson.no)] = 0
    return known


def _logit(chances: Floats) -> Floats:
    sure = np.clip(chances, SURE, 1 - SURE)
    return np.asarray(np.log(sure / (1 - sure)), dtype=np.float32)


def _elsewhere_in_entry(chances: Floats, entry_of: NDArray[np.int64]) -> Floats:
    """The highest chance of the entry's other passages."""
    order = np.lexsort((chances, entry_of))
    entries = entry_of[order]
    last = np.flatnonzero(np.append(entries[1:] != entries[:-1], [True]))
    best = np.zeros(int(entry_of.max()) + 1, np.float32)
    second = np.zeros_like(best)
    best[entries[last]] = chances[order[last]]
    two = last[(last > 0) & (entries[last - 1] == entries[last])]
    second[entries[two]] = chances[order[two - 1]]
    return np.where(chances >= best[entry_of], second[entry_of], best[entry_of])


def _to_soft_middle(vectors: Floats, chances: Floats, marked: int) -> Floats:
    """Nearness to the middle of what was marked and of the likeliest few beside it."""
    top = np.lexsort((np.arange(len(chances)), -chances))[: marked + SOFT_MEMBERS]
    middle = unit((vectors[top] * chances[top, None]).sum(axis=0))
    return np.asarray(vectors @ middle, dtype=np.float32)


def how_many(chances: Floats) -> int:
    """How many of these, likeliest first, to show so that precision and recall balance best."""
    return balance_of(chances)[0]


def balance_of(chances: Floats) -> tuple[int, float]:
    """How many of these, likeliest first, give the best expected F1, and that F1."""
    if not len(chances):
        return 0, 0.0
    gained = np.cumsum(chances)
    balance = 2 * gained / (np.arange(1, len(chances) + 1) + gained[-1])
    best = min(MOST_ADDED, int(np.argmax(balance)) + 1)
    return best, float(balance[best - 1])
