"""Trains the words head of safety language on the texts beside it and reports it on texts it has not seen.

Usage: python -m tools.safety.train [--dry]. Needs scikit-learn; same texts, same weights. Each fold
keeps whole texts out; a text's score is the greatest of its windows. `tools.safety.tune` is the other half.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from afterglow.core.safety.head import breadth
from tools.safety.examples import Text, matrix, prepared, read_texts, teaching
from tools.safety.report import ALLOWED, report, threshold_for, write_card

HERE = Path(__file__).resolve().parent
FOLDS = 6
C_WORDS = 5.0
PAGE_COST = 0.2


def fit(texts: list[Text]) -> LogisticRegression:
    """On the windows that teach."""
    learn = teaching(texts)
    words = LogisticRegression(C=C_WORDS, class_weight="balanced", max_iter=500)
    words.fit(learn.words, learn.labels, learn.weights)
    return words


def score(words: LogisticRegression, text: Text) -> float:
    """The greatest score of a text's windows, less what a page of many windows costs."""
    cost = PAGE_COST * breadth(len(text.features))
    return float(words.decision_function(matrix(text.features)).max() - cost)


def held_out(texts: list[Text]) -> Any:
    """The score of every text from weights that have not seen it."""
    found = np.zeros(len(texts))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for learn, test in folds.split(texts, [text.category for text in texts]):
        words = fit([texts[i] for i in learn])
        found[test] = [score(words, texts[i]) for i in test]
    return found


def write(words: LogisticRegression, threshold: float, learned_from: int) -> None:
    """The weights in eight bits, and their card."""
    weights = words.coef_[0]
    scale = float(np.abs(weights).max() / 127)
    numbers = {
        "scale": scale,
        "bias": float(words.intercept_[0]),
        "threshold": threshold,
        "page": PAGE_COST,
    }
    write_card("safety", np.round(weights / scale).astype(np.int8), numbers, learned_from)


def main() -> None:
    """Cross-validate, set the threshold, train on everything, look at the check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true")
    asked = parser.parse_args()
    texts = prepared(read_texts(sorted((HERE / "texts").glob("*.jsonl"))))
    found = held_out(texts)
    came = [place for place, text in enumerate(texts) if text.as_it_comes]
    plain = [texts[place] for place in came]
    threshold = threshold_for(plain, found[came], ALLOWED)
    report("cross-validated, lines as they come", plain, found[came], threshold)
    report("cross-validated, all texts", texts, found, threshold)
    words = fit(texts)
    check = prepared(read_texts([HERE / "check.jsonl"]))
    report("check", check, np.array([score(words, text) for text in check]), threshold)
    if not asked.dry:
        write(words, threshold, len(texts))


if __name__ == "__main__":
    main()
