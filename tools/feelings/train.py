"""Trains the feelings head on GoEmotions and writes its weights and card.

Usage: python -m tools.feelings.train GOEMOTIONS_FOLDER [--vectors CACHE_FOLDER]. The folder holds
train.tsv, dev.tsv, test.tsv and labels.txt. Needs scikit-learn; thresholds come from dev only.
"""

import argparse
import sys
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from afterglow.core.themes.feelings.terms import terms_of
from afterglow.core.themes.meaning import load_model
from tools.feelings.measure import (
    GROUPS,
    Part,
    columns_f1,
    read_labels,
    read_part,
    steady_threshold,
)

HEADS = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "heads"
PARTS = ("train", "dev", "test")
KEPT_TERMS = 24_000
HIDDEN = 256
ROUNDS = 8
SHARES = (0.3, 0.35, 0.4, 0.45, 0.5)
SHOWN_FROM_F1 = 0.35
NEVER_SHOWN = {"relief", "pride", "grief", "nervousness", "neutral"}


class Scores(NamedTuple):
    """Scores of dev and test, a column per label and group."""

    dev: Any
    test: Any


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fit_words(parts: dict[str, Part]) -> tuple[dict[str, Any], Scores]:
    """A balanced logistic regression per column on the terms that carry most weight."""
    every = TfidfVectorizer(analyzer=terms_of, min_df=3, sublinear_tf=True)
    first, _ = _regressions(every.fit_transform(parts["train"].texts), parts["train"].truth)
    telling = np.argsort(-np.abs(first).max(axis=0), kind="stable")[:KEPT_TERMS]
    names = every.get_feature_names_out()[np.sort(telling)]
    kept = TfidfVectorizer(analyzer=terms_of, vocabulary=list(names), sublinear_tf=True)
    coefficients, bias = _regressions(
        kept.fit_transform(parts["train"].texts), parts["train"].truth
    )
    words, scale = eight_bits(coefficients.T)
    found = [kept.transform(parts[p].texts) @ (words * scale) + bias for p in ("dev", "test")]
    stored = {
        "vocabulary": np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        "rarity": kept.idf_.astype(np.float16),
        "words": words,
        "words_scale": scale.astype(np.float32),
        "words_bias": bias.astype(np.float32),
    }
    return stored, Scores(*found)


def _regressions(rows: Any, truth: Any) -> tuple[Any, Any]:
    fitted = [
        LogisticRegression(C=4, class_weight="balanced", solver="liblinear", random_state=0).fit(
            rows, truth[:, k]
        )
        for k in range(truth.shape[1])
    ]
    return np.vstack([f.coef_ for f in fitted]), np.concatenate([f.intercept_ for f in fitted])


def fit_meaning(vectors: dict[str, Any], truth: Any) -> tuple[dict[str, Any], Scores]:
    """One hidden layer over vectors of meaning, all columns together."""
    centre, spread = vectors["train"].mean(axis=0), vectors["train"].std(axis=0) + 1e-3
    placed = {name: (rows - centre) / spread for name, rows in vectors.items()}
    network = MLPClassifier(
        (HIDDEN,), alpha=1.0, learning_rate_init=5e-4, batch_size=256, max_iter=1,
        warm_start=True, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for _ in range(ROUNDS):
            network.fit(placed["train"], truth)
    (first, last), (first_bias, last_bias) = network.coefs_, network.intercepts_
    stored: dict[str, Any] = {"meaning_centre": centre, "meaning_centre_beside": spread}
    for name, matrix, bias in (
        ("meaning_first", first, first_bias),
        ("meaning_last", last, last_bias),
    ):
        small, scale = eight_bits(matrix)
        stored |= {name: small, f"{name}_scale": scale, f"{name}_beside": bias}
    hidden = {p: np.maximum(placed[p] @ first + first_bias, 0) for p in ("dev", "test")}
    found = [hidden[p] @ last + last_bias for p in ("dev", "test")]
    return {name: _narrow(values) for name, values in stored.items()}, Scores(*found)


def eight_bits(matrix: Any) -> tuple[Any, Any]:
    """A matrix as int8 with one scale per column."""
    scale = np.abs(matrix).max(axis=0) / 127
    return np.round(matrix / scale).astype(np.int8), scale


def _narrow(values: Any) -> Any:
    return values if values.dtype == np.int8 else values.astype(np.float32)


def blended(words: Scores, meaning: Scores, parts: dict[str, Part]) -> tuple[Any, Any, Any, Scores]:
    """Both scores in the share that is best on dev: one for the labels, one for the groups."""
    spreads = words.dev.std(axis=0), meaning.dev.std(axis=0)

    def mixed(one: Any, other: Any, share: Any) -> Any:
        return (1 - share) * one / spreads[0] + share * other / spreads[1]

    labels = words.dev.shape[1] - len(GROUPS)
    truth, by_share = parts["dev"].truth, []
    for share in SHARES:
        scores = mixed(words.dev, meaning.dev, share)
        limits = [steady_threshold(scores[:, k], truth[:, k]) for k in range(truth.shape[1])]
        f1 = columns_f1(scores, np.array(limits), truth)
        by_share.append((f1[:labels].mean(), f1[labels:].mean()))
    chosen = [SHARES[int(np.argmax([pair[side] for pair in by_share]))] for side in (0, 1)]
    share = np.array([chosen[0]] * labels + [chosen[1]] * len(GROUPS), dtype=np.float32)
    both = Scores(mixed(words.dev, meaning.dev, share), mixed(words.test, meaning.test, share))
    return share, *spreads, both


def reading(scores: Scores, parts: dict[str, Part], name: str) -> tuple[Any, Any]:
    """Slope, bias and threshold per column from dev; F1 per column on test."""
    truth, rows = parts["dev"].truth, []
    for k in range(truth.shape[1]):
        curve = LogisticRegression(C=1e3).fit(scores.dev[:, [k]], truth[:, k])
        slope, bias = float(curve.coef_[0, 0]), float(curve.intercept_[0])
        limit = steady_threshold(scores.dev[:, k], truth[:, k])
        rows.append((slope, bias, 1 / (1 + np.exp(-(slope * limit + bias)))))
    table = np.array(rows, dtype=np.float32).T
    found = 1 / (1 + np.exp(-(scores.test * table[0] + table[1])))
    f1 = columns_f1(found, table[2], parts["test"].truth)
    labels = len(f1) - len(GROUPS)
    say(f"test, {name}: macro-F1 28 {f1[:labels].mean():.4f}, Ekman 7 {f1[labels:].mean():.4f}")
    return table, f1


def vectors_of(parts: dict[str, Part], cache: Path | None) -> dict[str, Any]:
    """Vectors of every text, kept in the cache folder when one is named."""
    found, model = {}, load_model()
    for name, part in parts.items():
        kept = cache / f"{name}.npy" if cache else None
        if kept and kept.is_file():
            found[name] = np.load(kept).astype(np.float32)
            continue
        if model is None:
            raise SystemExit("The model of meaning is missing: build it first.")
        found[name] = model.vectors(part.texts)
        if kept:
            np.save(kept, found[name].astype(np.float16))
    return found


def write_card(labels: list[str], f1: Any, alone: Any) -> None:
    """What the head knows and how well, for people who maintain it."""
    shown = [
        label
        for label, score in zip(labels, f1, strict=False)
        if score >= SHOWN_FROM_F1 and label not in NEVER_SHOWN
    ]
    width = len(labels)
    lines = [
        "# The card of feelings.npz; written by tools/feelings/train.py.",
        'name = "feelings"',
        'trained_on = "GoEmotions (google-research), Apache-2.0, see goemotions.LICENSE"',
        f"labels = {_quoted(labels)}",
        f"groups = {_quoted(list(GROUPS))}",
        f"shown = {_quoted(shown)}",
        "",
        "[test_macro_f1]",
        f"labels = {f1[:width].mean():.4f}",
        f"groups = {f1[width:].mean():.4f}",
        f"labels_by_words_alone = {alone[:width].mean():.4f}",
        f"groups_by_words_alone = {alone[width:].mean():.4f}",
        "",
        "[test_f1]",
    ]
    names = labels + [f"group_{group}" for group in GROUPS]
    lines += [f"{name} = {score:.3f}" for name, score in zip(names, f1, strict=True)]
    (HEADS / "feelings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vectors", type=Path)
    asked = parser.parse_args()
    parts = {name: read_part(asked.folder, name) for name in PARTS}
    word_weights, words = fit_words(parts)
    vectors = vectors_of(parts, asked.vectors)
    meaning_weights, meaning = fit_meaning(vectors, parts["train"].truth)
    share, spread_words, spread_meaning, both = blended(words, meaning, parts)
    alone_table, alone_f1 = reading(words, parts, "words alone")
    both_table, both_f1 = reading(both, parts, "words and meaning")
    stored = word_weights | meaning_weights
    stored |= {"share_of_meaning": share, "reading_alone": alone_table, "reading_both": both_table}
    stored |= {"spread_words": spread_words, "spread_meaning": spread_meaning}
    np.savez_compressed(HEADS / "feelings.npz", **stored)
    write_card(read_labels(asked.folder), both_f1, alone_f1)


if __name__ == "__main__":
    main()
