"""Trains the safety head on the texts beside it and reports it on texts it has not seen.

Usage: python -m tools.safety.train [--check DEV.jsonl] [--dry]. Needs scikit-learn; same texts,
same weights. Each fold keeps whole texts out; a text's score is the greatest of its windows.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from afterglow.core.safety.head import MOST_WINDOWS, unit
from afterglow.core.themes.meaning import load_model
from tools.safety.examples import Text, matrix, prepared, read_texts, teaching

HERE = Path(__file__).resolve().parent
HEADS = HERE.parents[1] / "src" / "afterglow" / "data" / "heads"
FALSE_ALARMS_ALLOWED = {"words": 0.145, "both": 0.145}
FOLDS = 6
C_WORDS = 5.0
C_BOTH = 3.0
WORDS_BESIDE = 1.0
NARROWNESS = 1.5
WIDTH = 192
KINDS = ("words", "both")
PAGE_COST = {"words": 0.2, "both": 0.1}


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Fitted(NamedTuple):
    """Words alone; and words beside nearness to examples, as one support vector machine."""

    words: LogisticRegression
    projection: Any
    examples: Any
    pulls: Any
    words_beside: Any
    both_bias: float

    def score(self, text: Text, kind: str) -> float:
        """The greatest score of a text's windows, less what a page of many windows costs."""
        rows = matrix(text.features)
        cost = PAGE_COST[kind] * np.log(min(max(len(text.features), 1), MOST_WINDOWS))
        if kind == "words":
            return float(self.words.decision_function(rows).max() - cost)
        near = _nearness(unit(text.vectors @ self.projection), self.examples)
        return float((near @ self.pulls + rows @ self.words_beside + self.both_bias).max() - cost)


def _nearness(rows: Any, examples: Any) -> Any:
    return np.exp(2 * NARROWNESS * (rows @ examples.T - 1))


def fit(texts: list[Text]) -> Fitted:
    """Both kinds on the windows that teach."""
    learn = teaching(texts)
    words = LogisticRegression(C=C_WORDS, class_weight="balanced", max_iter=500)
    words.fit(learn.words, learn.labels, learn.weights)
    projection = np.linalg.svd(learn.vectors, full_matrices=False)[2][:WIDTH].T
    placed = unit(learn.vectors @ projection)
    kernel = _nearness(placed, placed) + WORDS_BESIDE * (learn.words @ learn.words.T).toarray()
    machine = SVC(C=C_BOTH, kernel="precomputed", class_weight="balanced")
    machine.fit(kernel, learn.labels, learn.weights)
    kept, pulls = machine.support_, machine.dual_coef_[0]
    beside = WORDS_BESIDE * (learn.words[kept].T @ pulls)
    return Fitted(words, projection, placed[kept], pulls, beside, float(machine.intercept_[0]))


def held_out(texts: list[Text]) -> dict[str, Any]:
    """The score of every text from weights that have not seen it."""
    found = {kind: np.zeros(len(texts)) for kind in KINDS}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for learn, test in folds.split(texts, [text.category for text in texts]):
        fitted = fit([texts[i] for i in learn])
        for kind in KINDS:
            found[kind][test] = [fitted.score(texts[i], kind) for i in test]
    return found


def threshold_for(texts: list[Text], best: Any, allowed: float) -> float:
    """The lowest threshold that keeps false alarms, patterns included, within bounds."""
    quiet = np.array([not text.label for text in texts])
    pattern = np.array([text.pattern for text in texts])
    for value in np.sort(np.unique(best)):
        if ((best >= value) | pattern)[quiet].mean() <= allowed:
            return float(value)
    return float(best.max())


def rates(texts: list[Text], best: Any, threshold: float) -> str:
    """Recall and false alarms of patterns and threshold together."""
    show = np.array([text.label for text in texts])
    shown = (best >= threshold) | np.array([text.pattern for text in texts])
    return f"recall {shown[show].mean():.3f} at false alarms {shown[~show].mean():.3f}"


def by_category(texts: list[Text], best: Any, threshold: float) -> str:
    """How many of each category are shown."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for text, score in zip(texts, best, strict=True):
        side = "show" if text.label else "dont"
        counts[f"{side} {text.category}"].append(bool(score >= threshold or text.pattern))
    return "\n".join(
        f"  {name:34} {sum(found):4} of {len(found):4} shown"
        for name, found in sorted(counts.items())
    )


def write(fitted: Fitted, numbers: dict[str, float], note: dict[str, str]) -> None:
    """The weights in eight and sixteen bits, and their card."""
    words, words_scale = _eight_bits(fitted.words.coef_[0])
    beside, beside_scale = _eight_bits(fitted.words_beside)
    numbers = numbers | {
        "words_scale": words_scale,
        "words_bias": float(fitted.words.intercept_[0]),
        "words_beside_scale": beside_scale,
        "both_bias": fitted.both_bias,
        "narrowness": NARROWNESS,
        "page_words": PAGE_COST["words"],
        "page_both": PAGE_COST["both"],
    }
    HEADS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        HEADS / "safety.npz",
        words=words,
        words_beside=beside,
        projection=fitted.projection.astype(np.float16),
        examples=_eight_bits(fitted.examples)[0],
        pulls=fitted.pulls.astype(np.float16),
    )
    lines = ["# The card of safety.npz; written by tools/safety/train.py."]
    lines += [f'{name} = "{value}"' for name, value in note.items()]
    lines += ["", "[numbers]"] + [f"{name} = {value:.8g}" for name, value in numbers.items()]
    (HEADS / "safety.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _eight_bits(values: Any) -> tuple[Any, float]:
    scale = float(np.abs(values).max() / 127)
    return np.round(values / scale).astype(np.int8), scale


def main() -> None:
    """Cross-validate, report, train on everything, check on other texts, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--dry", action="store_true")
    asked = parser.parse_args()
    model = load_model()
    texts = prepared(read_texts(sorted((HERE / "texts").glob("*.jsonl"))), model)
    found = held_out(texts)
    numbers = {
        f"threshold_{kind}": threshold_for(texts, found[kind], FALSE_ALARMS_ALLOWED[kind])
        for kind in KINDS
    }
    for kind in KINDS:
        _report(f"cross-validated, {kind}", texts, found[kind], numbers[f"threshold_{kind}"])
    fitted = fit(texts)
    if asked.check:
        others = prepared(read_texts([asked.check]), model)
        for kind in KINDS:
            best = np.array([fitted.score(text, kind) for text in others])
            _report(f"check, {kind}", others, best, numbers[f"threshold_{kind}"])
    if not asked.dry:
        write(fitted, numbers, _note(texts))


def _report(name: str, texts: list[Text], best: Any, threshold: float) -> None:
    say(f"{name}: {rates(texts, best, threshold)}")
    moved = rates(texts, best, threshold_for(texts, best, 0.15))
    say(f"{name}, threshold moved to 15 %: {moved}")
    say(by_category(texts, best, threshold))


def _note(texts: list[Text]) -> dict[str, str]:
    return {
        "name": "safety",
        "licence": "Apache-2.0",
        "trained_on": f"{len(texts)} texts written for this project (tools/safety/texts)",
        "never": "an all-clear, a risk score, a figure shown to a person",
    }


if __name__ == "__main__":
    main()
