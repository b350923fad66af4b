"""Trains how far a seed reaches: a returning word, a person, and passages of one kind that stand near each other.

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
from afterglow.core.themes.choosing import MOST_SHOWN, chosen
from afterglow.core.themes.ground import Floats
from afterglow.core.themes.pronouns import pronouns_of
from afterglow.core.themes.reach import LAYERS, Reach, person_signs, reached, seed_signs
from afterglow.core.themes.seeds import Seed, seeds
from afterglow.core.themes.signs import View, says_name
from tools.themes.labelled import Journal, f1, read_writers, touched
from tools.themes.teach import view_on

OUT = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "heads"
FOLDS = 5
# A person has few marked themes to learn from, but signs that say much.
PENALTY = {"word": 0.01, "person": 0.1, "kind": 0.01}
LEAST_HIT = 0.3
LEAST_HITS = 2
KEPT_OF_OTHERS = 0.25
LEAST_SPREAD = 1e-6


@dataclass(frozen=True)
class Rows:
    """What is learned from one writer; `share` makes up for rows that were left out."""

    signs: Floats
    wanted: np.ndarray
    share: np.ndarray


def rows_of_writer(journal: Journal, number: int) -> dict[str, Rows | None]:
    """Passages around every seed that hits a theme, by sort of seed: does the passage belong to that theme?"""
    view, chance = view_on(journal), np.random.default_rng(number)
    own = seeds(view)
    words = [seed for seed in own if seed.kind is None]
    of_kinds = [seed for seed in own if seed.kind not in {None, "person"}]
    people = [seed for seed in own if seed.person is not None]
    return {
        "word": _rows_around(journal, view, words, chance),
        "person": _rows_of_people(journal, view, people),
        "kind": _rows_around(journal, view, of_kinds, chance),
    }


def _rows_around(
    journal: Journal, view: View, own: Sequence[Seed], chance: np.random.Generator
) -> Rows | None:
    truth = journal.truth
    signs, wanted, share = [], [], []
    for seed in own:
        vouching = list(seed.vouching)
        hit = truth[:, vouching].mean(axis=1)
        theme = truth[int(hit.argmax())]
        if hit.max() < LEAST_HIT or theme[vouching].sum() < LEAST_HITS:
            continue
        sure = theme.copy()
        sure[list(seed.rows)] = True
        kept = np.flatnonzero(sure | (chance.random(len(theme)) < KEPT_OF_OTHERS))
        signs.append(seed_signs(view, seed)[kept])
        wanted.append(theme[kept])
        share.append(np.where(sure[kept], 1.0, 1 / KEPT_OF_OTHERS))
    return Rows(np.vstack(signs), np.concatenate(wanted), np.concatenate(share)) if signs else None


def _rows_of_people(journal: Journal, view: View, people: Sequence[Seed]) -> Rows | None:
    """Passages that do not name the person. Of those that do nothing is learned: in these journals names mostly
    stand among errands, and what is told of a person is told by *she* and *he*.
    """
    pronouns = pronouns_of(view.people, view.ground.texts, view.ground.entry_of)
    signs, wanted = [], []
    for seed in people:
        theme = _theme_of(journal, seed)
        if theme is not None:
            free = np.ones(len(theme), dtype=bool)
            free[list(seed.rows)] = False
            signs.append(person_signs(view, pronouns, seed)[free])
            wanted.append(theme[free])
    if not signs:
        return None
    return Rows(np.vstack(signs), np.concatenate(wanted), np.ones(sum(map(len, wanted))))


def _theme_of(journal: Journal, seed: Seed) -> np.ndarray | None:
    """The marked passages of the person, known by a name in the label."""
    forms = seed.person.forms if seed.person else ()
    for at, theme in enumerate(journal.themes):
        if theme.kind == "person" and any(says_name(theme.label, form) for form in forms):
            return journal.truth[at]
    return None


def fitted_reach(rows: Sequence[dict[str, Rows | None]]) -> Reach:
    """A look for each sort of seed, over the rows of these writers."""
    looks = {}
    for name in LAYERS:
        known = [own for each in rows if (own := each[name]) is not None]
        looks[name] = layer(known, PENALTY[name])
    return Reach(**looks)


def layer(rows: Sequence[Rows], penalty: float) -> Layer:
    """One logistic look over these rows."""
    values = np.vstack([own.signs for own in rows])
    wanted = np.concatenate([own.wanted for own in rows])
    share = np.concatenate([own.share for own in rows])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    # A sign that never varied here says nothing, whatever it is elsewhere.
    scale = np.where(spread > LEAST_SPREAD, spread, 1.0)
    fit = LogisticRegression(C=penalty, max_iter=500)
    fit.fit((values - mean) / scale, wanted, sample_weight=share)
    weights = np.where(spread > LEAST_SPREAD, fit.coef_[0], 0.0)
    return Layer(mean, scale, weights.astype(np.float32), float(fit.intercept_[0]))


def scores(journal: Journal, fit: Reach) -> dict[str, float]:
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


def measure(
    journals: Sequence[Journal], rows: Sequence[dict[str, Rows | None]]
) -> dict[str, float]:
    """Each writer by weights that never saw them."""
    found = []
    for fold in range(FOLDS):
        fit = fitted_reach([own for at, own in enumerate(rows) if at % FOLDS != fold])
        found += [scores(one, fit) for at, one in enumerate(journals) if at % FOLDS == fold]
    return {name: float(np.mean([one[name] for one in found])) for name in found[0]}


def write(fit: Reach, figures: dict[str, float]) -> None:
    """The weights and their card."""
    path = OUT / "reach.npz"
    values = {}
    for name in LAYERS:
        look: Layer = getattr(fit, name)
        values[f"{name}_mean"] = look.mean.astype(np.float32)
        values[f"{name}_scale"] = look.scale.astype(np.float32)
        values[f"{name}_weights"] = look.weights
        values[f"{name}_bias"] = np.array(look.bias, dtype=np.float32)
    np.savez(path, **values)
    card = [
        "# Written by tools/themes/seed.py; figures are with each writer left out",
        'judges = "does this passage belong with this returning word, this person, or these passages of a kind"',
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
    write(fitted_reach(rows), figures)
    sys.stdout.write("".join(f"{name}: {figure:.3f}\n" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
