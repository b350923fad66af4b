"""Trains the safety head on the texts beside it and reports it on texts it has not seen.

Usage: python -m tools.safety.train [--check DEV.jsonl] [--dry]. Needs scikit-learn; same texts,
same weights. Each fold keeps whole texts out; a text's score is the greatest of its windows.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from afterglow.core.safety.features import BUCKETS, features_of
from afterglow.core.safety.language import WIDEST_WINDOW
from afterglow.core.safety.patterns import brings_panel, plain
from afterglow.core.safety.pieces import sentences, windows
from afterglow.core.themes.meaning import load_model

HERE = Path(__file__).resolve().parent
HEADS = HERE.parents[1] / "src" / "afterglow" / "data" / "heads"
FALSE_ALARMS_ALLOWED = 0.12
FOLDS = 8
C_WORDS = 20.0
C_VECTORS = 4.0
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")


class Text(NamedTuple):
    """One text with all its windows: hashed words, vectors, and which of them teach."""

    label: bool
    category: str
    pattern: bool
    features: list[frozenset[int]]
    vectors: Any
    teach: list[bool | None]


def read_texts(paths: list[Path]) -> list[dict[str, Any]]:
    """The rows of some JSONL files."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]


def prepared(rows: list[dict[str, Any]], model: Any) -> list[Text]:
    """Texts with their windows judged once."""
    return [_text(row, model) for row in rows]


def _text(row: dict[str, Any], model: Any) -> Text:
    text, label = row["text"], row["label"] == "show"
    low, pieces = plain(row["text"]), sentences(row["text"])
    seen = [features_of(low[piece.start : piece.end]) for piece in pieces]
    spans = list(windows(pieces, WIDEST_WINDOW))
    ranges = [(pieces[a].start, pieces[b - 1].end) for a, b in spans]
    return Text(
        label,
        row["category"],
        any(brings_panel(low[piece.start : piece.end]) for piece in pieces),
        [frozenset().union(*seen[a:b]) for a, b in spans],
        model.vectors([text[start:end] for start, end in ranges]),
        [_teaches(row, span, ranges) for span in ranges],
    )


def _teaches(row: dict[str, Any], span: tuple[int, int], ranges: Any) -> bool | None:
    """What one window teaches: no sign, a sign, or nothing where it may be either."""
    if row["label"] != "show":
        return False
    text = row["text"]
    if "signs" in row:
        marked = [(text.index(s), text.index(s) + len(s)) for s in row["signs"]]
        if any(span[0] <= start and end <= span[1] for start, end in marked):
            return True
        touches = any(start < span[1] and span[0] < end for start, end in marked)
        return None if touches else False
    width = span[1] - span[0]
    return True if width == max(end - start for start, end in ranges) else None


def matrix(features: list[frozenset[int]]) -> csr_matrix:
    """Rows of unit length over the hashed places."""
    columns = [bucket for row in features for bucket in sorted(row)]
    sizes = [len(row) for row in features]
    values = np.concatenate([np.full(n, 1 / np.sqrt(max(n, 1))) for n in sizes])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((values, columns, starts), shape=(len(features), BUCKETS))


class Fitted(NamedTuple):
    """Two logistic regressions over the same windows."""

    words: LogisticRegression
    vectors: LogisticRegression


def fit(texts: list[Text]) -> Fitted:
    """Both regressions; a text's windows share the weight of one text."""
    rows = [
        (f, v, t, 1 / sum(x is not None for x in text.teach))
        for text in texts
        for f, v, t in zip(text.features, text.vectors, text.teach, strict=True)
        if t is not None
    ]
    features, vectors, labels, weights = (list(column) for column in zip(*rows, strict=True))
    weight = np.sqrt(np.array(weights))
    words = LogisticRegression(C=C_WORDS, class_weight="balanced", max_iter=500)
    words.fit(matrix(features), labels, weight)
    meaning = LogisticRegression(C=C_VECTORS, class_weight="balanced", max_iter=500)
    meaning.fit(np.array(vectors), labels, weight)
    return Fitted(words, meaning)


def scores(fitted: Fitted, texts: list[Text]) -> tuple[list[Any], list[Any]]:
    """Per text the scores of its windows, by words and by vectors."""
    by_words = [fitted.words.decision_function(matrix(text.features)) for text in texts]
    by_vectors = [fitted.vectors.decision_function(text.vectors) for text in texts]
    return by_words, by_vectors


def held_out(texts: list[Text]) -> tuple[list[Any], list[Any]]:
    """Scores of every text from regressions that have not seen it."""
    by_words: list[Any] = [None] * len(texts)
    by_vectors: list[Any] = [None] * len(texts)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for learn, test in folds.split(texts, [text.category for text in texts]):
        found = scores(fit([texts[i] for i in learn]), [texts[i] for i in test])
        for at, i in enumerate(test):
            by_words[i], by_vectors[i] = found[0][at], found[1][at]
    return by_words, by_vectors


def mixed(by_words: list[Any], by_vectors: list[Any], share: float) -> Any:
    """The greatest blended score of each text."""
    return np.array(
        [((1 - share) * w + share * v).max() for w, v in zip(by_words, by_vectors, strict=True)]
    )


def threshold_for(texts: list[Text], best: Any, allowed: float = FALSE_ALARMS_ALLOWED) -> float:
    """The lowest threshold that keeps false alarms, patterns included, within bounds."""
    quiet = np.array([not text.label for text in texts])
    pattern = np.array([text.pattern for text in texts])
    for value in np.sort(np.unique(best)):
        if ((best >= value) | pattern)[quiet].mean() <= allowed:
            return float(value)
    return float(best.max())


def rates(texts: list[Text], best: Any, threshold: float) -> tuple[float, float]:
    """Recall and false alarms of patterns and threshold together."""
    show = np.array([text.label for text in texts])
    shown = (best >= threshold) | np.array([text.pattern for text in texts])
    return float(shown[show].mean()), float(shown[~show].mean())


def by_category(texts: list[Text], best: Any, threshold: float) -> str:
    """How many of each category are shown."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for text, score in zip(texts, best, strict=True):
        counts[text.category].append(bool(score >= threshold or text.pattern))
    lines = [
        f"  {name:28} {sum(found):4} of {len(found):4} shown" for name, found in counts.items()
    ]
    return "\n".join(lines)


def write(fitted: Fitted, numbers: dict[str, float], note: dict[str, str]) -> None:
    """The weights as int8 and half floats, and their card."""
    coefficients = fitted.words.coef_[0]
    scale = float(np.abs(coefficients).max() / 127)
    numbers |= {
        "words_scale": scale,
        "words_bias": float(fitted.words.intercept_[0]),
        "vectors_bias": float(fitted.vectors.intercept_[0]),
    }
    HEADS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        HEADS / "safety.npz",
        words=np.round(coefficients / scale).astype(np.int8),
        vectors=fitted.vectors.coef_[0].astype(np.float16),
    )
    lines = ["# The card of safety.npz; written by tools/safety/train.py."]
    lines += [f'{name} = "{value}"' for name, value in note.items()]
    lines += ["", "[numbers]"] + [f"{name} = {value:.8g}" for name, value in numbers.items()]
    (HEADS / "safety.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Cross-validate, report, train on everything, check on other texts, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--dry", action="store_true")
    asked = parser.parse_args()
    model = load_model()
    texts = prepared(read_texts(sorted((HERE / "texts").glob("*.jsonl"))), model)
    numbers = _choose(texts)
    fitted = fit(texts)
    if asked.check:
        _check(fitted, prepared(read_texts([asked.check]), model), numbers)
    if not asked.dry:
        note = {
            "name": "safety",
            "licence": "Apache-2.0",
            "trained_on": f"{len(texts)} texts written for this project (tools/safety/texts)",
            "never": "an all-clear, a risk score, a figure shown to a person",
        }
        write(fitted, numbers, note)


def _choose(texts: list[Text]) -> dict[str, float]:
    by_words, by_vectors = held_out(texts)
    numbers: dict[str, float] = {}
    found = []
    for share in (0.0, *SHARES, 1.0):
        best = mixed(by_words, by_vectors, share)
        threshold = threshold_for(texts, best)
        recall, alarms = rates(texts, best, threshold)
        say(f"cross-validated, share of vectors {share:.1f}: recall {recall:.3f} at {alarms:.3f}")
        found.append((recall, share, threshold))
        if share == 0.0:
            numbers["threshold_words"] = threshold
            say(by_category(texts, best, threshold))
    _, share, threshold = max(found[1:-1])
    numbers |= {"share_of_vectors": share, "threshold_blended": threshold}
    say(by_category(texts, mixed(by_words, by_vectors, share), threshold))
    return numbers


def _check(fitted: Fitted, texts: list[Text], numbers: dict[str, float]) -> None:
    by_words, by_vectors = scores(fitted, texts)
    for name, share in (("words", 0.0), ("blended", numbers["share_of_vectors"])):
        best = mixed(by_words, by_vectors, share)
        recall, alarms = rates(texts, best, numbers[f"threshold_{name}"])
        say(f"check, {name}: recall {recall:.3f} at false alarms {alarms:.3f}")
        at_15 = rates(texts, best, threshold_for(texts, best, 0.15))
        say(f"check, {name}, threshold moved to 15 %: recall {at_15[0]:.3f} at {at_15[1]:.3f}")
        say(by_category(texts, best, numbers[f"threshold_{name}"]))


if __name__ == "__main__":
    main()
