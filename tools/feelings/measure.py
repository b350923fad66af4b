"""Reads GoEmotions, chooses thresholds on its dev part and scores macro-F1 on its test part."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

GROUPS = {
    "anger": "anger annoyance disapproval",
    "disgust": "disgust",
    "fear": "fear nervousness",
    "joy": "joy amusement approval excitement gratitude love optimism relief pride admiration "
    "desire caring",
    "sadness": "sadness disappointment embarrassment grief remorse",
    "surprise": "surprise realization confusion curiosity",
    "neutral": "neutral",
}


class Part(NamedTuple):
    """One part of the data set: texts, and a column per label and then per group."""

    texts: list[str]
    truth: Any


def read_labels(folder: Path) -> list[str]:
    """The 28 labels in the order of their numbers."""
    return (folder / "labels.txt").read_text(encoding="utf-8").split()


def read_part(folder: Path, name: str) -> Part:
    """The texts of `name`.tsv with their labels and groups."""
    labels = read_labels(folder)
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    texts, truth = [], np.zeros((len(lines), len(labels)))
    for row, line in enumerate(lines):
        text, numbers, _ = line.split("\t")
        texts.append(text)
        truth[row, [int(number) for number in numbers.split(",")]] = 1
    return Part(texts, np.hstack([truth, truth @ membership(labels) > 0]).astype(float))


def membership(labels: list[str]) -> Any:
    """Which label belongs to which group."""
    return np.array(
        [[label in members.split() for members in GROUPS.values()] for label in labels], dtype=float
    )


def best_threshold(scores: Any, truth: Any) -> float:
    """The threshold with the best F1 for one column."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(scores) + 1) + truth.sum())
    return float(scores[order[f1.argmax()]])


def steady_threshold(scores: Any, truth: Any) -> float:
    """The mean of the best thresholds of 25 redrawn samples: rare labels have few rows to go by."""
    draw = np.random.default_rng(0)
    rows = [draw.integers(0, len(truth), len(truth)) for _ in range(25)]
    return float(np.mean([best_threshold(scores[row], truth[row]) for row in rows]))


def f1_of(shown: Any, truth: Any) -> float:
    """F1 of one column."""
    both = float((shown * truth).sum())
    return 2 * both / max(float(shown.sum() + truth.sum()), 1.0)


def columns_f1(scores: Any, thresholds: Any, truth: Any) -> Any:
    """F1 of every column."""
    shown = (scores >= thresholds).astype(float)
    return np.array([f1_of(shown[:, k], truth[:, k]) for k in range(truth.shape[1])])
