"""Trains the judge of *does this belong to the theme that was taught* across writers.

`python -m tools.themes.teach`: draws lessons from every writer, leaves writers out to measure, then
fits on all and writes `belongs.npz` with its card.
"""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from afterglow.core.themes.belongs import Layer, candidates_of, how_many, second_signs
from afterglow.core.themes.ground import Floats
from afterglow.core.themes.signs import Lesson, View, signs_of, view_of
from tools.themes.labelled import Journal, f1, hits, model, read_writers, touched

OUT = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "heads"
FOLDS = 5
DRAWS = 6
PENALTY = 0.002
MOST_POSITIVES = 5
LEFT_UNMARKED = 3
NEGATIVES = 3
NEAR_MISSES = 20


@dataclass(frozen=True)
class Draw:
    """Lessons drawn from one writer, their signs, and the rows left to judge."""

    writer: int
    journal: Journal
    lessons: list[Lesson]
    signs: Floats
    truth: np.ndarray

    @property
    def open_rows(self) -> np.ndarray:
        """Lessons x passages: what was not marked for the lesson."""
        free = np.ones(self.truth.shape, dtype=bool)
        for at, lesson in enumerate(self.lessons):
            free[at, [*lesson.yes, *lesson.no]] = False
        return free


def draws_of(journals: Sequence[Journal]) -> list[Draw]:
    """A few draws of every writer: all themes taught at once, then each alone with fewer marks."""
    meaning = model()
    found = []
    for writer, journal in enumerate(journals):
        chance = np.random.default_rng(writer)
        view, truth = view_on(journal), journal.truth
        labels = meaning.vectors([theme.label for theme in journal.themes])
        for _ in range(DRAWS):
            lessons = drawn_lessons(journal, view, truth, labels, chance)
            found.append(Draw(writer, journal, lessons, signs_of(view, lessons), truth))
        for at, lesson in enumerate(drawn_lessons(journal, view, truth, labels, chance)):
            few = replace(
                lesson, yes=lesson.yes[: 1 + at % len(lesson.yes)], no=lesson.no[: at % 3]
            )
            one = replace(journal, themes=journal.themes[at : at + 1])
            signs = signs_of(view, [few])
            found.append(Draw(writer, one, [few], signs, truth[at : at + 1]))
    return found


def view_on(journal: Journal) -> View:
    """The view of a journal that was read with the model."""
    if journal.ground.vectors is None:
        raise ValueError(journal.name)
    return view_of(journal.ground, journal.ground.vectors)


def drawn_lessons(
    journal: Journal, view: View, truth: np.ndarray, labels: Floats, chance: np.random.Generator
) -> list[Lesson]:
    """Up to five passages of each theme, and three that are not: near misses and others' passages."""
    lessons, places = [], journal.places
    vectors = view.vectors
    for at, theme in enumerate(journal.themes):
        count = min(MOST_POSITIVES, max(2, len(theme.spans) - LEFT_UNMARKED))
        chosen = [theme.spans[n] for n in chance.permutation(len(theme.spans))[:count]]
        yes = np.flatnonzero(touched(places, chosen))
        outside = np.flatnonzero(~truth[at])
        near = outside[np.argsort(-(vectors[outside] @ vectors[yes].T).max(axis=1))[:NEAR_MISSES]]
        others = np.flatnonzero(truth.any(axis=0) & ~truth[at])
        no: set[int] = set()
        while len(no) < NEGATIVES:
            no.add(int(chance.choice(near if chance.random() < 0.5 else others)))
        lessons.append(Lesson(theme.label, tuple(map(int, yes)), tuple(sorted(no)), labels[at]))
    return lessons


def layer(signs: Sequence[Floats], draws: Sequence[Draw]) -> Layer:
    """One logistic look fitted on what is open in these draws."""
    values = np.vstack([s[d.open_rows] for s, d in zip(signs, draws, strict=True)])
    wanted = np.concatenate([d.truth[d.open_rows] for d in draws])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    fit = LogisticRegression(C=PENALTY, max_iter=500).fit((values - mean) / scale, wanted)
    return Layer(mean, scale, fit.coef_[0].astype(np.float32), float(fit.intercept_[0]))


def folds(draws: Sequence[Draw]) -> list[tuple[list[int], list[int]]]:
    """Pairs of (draws to fit on, draws of the writers left out)."""
    fold = [draw.writer % FOLDS for draw in draws]
    return [
        ([n for n, f in enumerate(fold) if f != k], [n for n, f in enumerate(fold) if f == k])
        for k in range(FOLDS)
    ]


def unseen_chances(signs: Sequence[Floats], draws: Sequence[Draw]) -> list[Floats]:
    """Each draw judged by a look that never saw its writer."""
    found: list[Floats] = [signs[0]] * len(draws)
    for rest, out in folds(draws):
        fit = layer([signs[n] for n in rest], [draws[n] for n in rest])
        for n in out:
            found[n] = fit.chances(signs[n])
    return found


def with_second(draws: Sequence[Draw], first: Sequence[Floats]) -> list[Floats]:
    """The signs of every draw with those of the second look."""
    return [
        np.concatenate(
            [
                draw.signs,
                second_signs(
                    view_on(draw.journal), draw.lessons, own, candidates_of(own, draw.lessons)
                ),
            ],
            axis=2,
        )
        for draw, own in zip(draws, first, strict=True)
    ]


def score(draw: Draw, chances: Floats) -> float:
    """Mean F1 on the passages that were not marked."""
    places, scores = draw.journal.places, []
    for theme, lesson, own in zip(draw.journal.themes, draw.lessons, chances, strict=True):
        marked = [places[row] for row in (*lesson.yes, *lesson.no)]
        rest = [span for span in theme.spans if not any(hits(span, mark) for mark in marked)]
        free = [row for row in range(len(places)) if row not in {*lesson.yes, *lesson.no}]
        free.sort(key=lambda row: -own[row])
        shown = free[: how_many(own[free])]
        if rest:
            scores.append(f1([places[row] for row in shown], rest))
    return float(np.mean(scores)) if scores else 0.0


def mean_by_writer(
    draws: Sequence[Draw], chances: Sequence[Floats], *, alone: bool = False
) -> float:
    """Every writer counts once; of the draws with all themes, or of those with one alone."""
    scores: dict[int, list[float]] = {}
    for draw, own in zip(draws, chances, strict=True):
        if (len(draw.lessons) == 1) == alone:
            scores.setdefault(draw.writer, []).append(score(draw, own))
    return float(np.mean([np.mean(own) for own in scores.values()]))


def write(first: Layer, second: Layer, figures: dict[str, float]) -> None:
    """The weights and their card."""
    path = OUT / "belongs.npz"
    values = {
        f"{look}_{name}": getattr(fit, name).astype(np.float32)
        for look, fit in (("first", first), ("second", second))
        for name in ("mean", "scale", "weights")
    }
    np.savez(path, biases=np.array([first.bias, second.bias], dtype=np.float32), **values)
    card = [
        "# Written by tools/themes/teach.py; figures are with each writer left out",
        'judges = "does this passage belong to a theme of which a few were marked"',
        'trained_on = "the fictional journals of tools/corpus"',
        *(f"{name} = {figure:.3f}" for name, figure in figures.items()),
        f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"',
        "",
    ]
    (OUT / "belongs.toml").write_text("\n".join(card), encoding="utf-8")


def main() -> None:
    """Measure with writers left out, then fit on all and write."""
    journals = read_writers()
    draws = draws_of(journals)
    signs = [draw.signs for draw in draws]
    first = unseen_chances(signs, draws)
    both = with_second(draws, first)
    second = unseen_chances(both, draws)
    figures = {
        "writers": float(len(journals)),
        "taught_f1_first_look": mean_by_writer(draws, first),
        "taught_f1": mean_by_writer(draws, second),
        "taught_alone_f1": mean_by_writer(draws, second, alone=True),
    }
    write(layer(signs, draws), layer(both, draws), figures)
    sys.stdout.write("".join(f"{name}: {figure:.3f}\n" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
