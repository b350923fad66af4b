"""Journals with marked passages, as the training and the measuring of themes read them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from afterglow.core.themes.ground import Floats, Ground, lay_ground, rows_of_features
from afterglow.core.themes.meaning import Meaning, load_model
from afterglow.core.themes.themes import KINDS, Entry

WRITERS = Path(__file__).resolve().parents[2] / "tools" / "corpus" / "writers"
FOLDS = 8
PENALTY_INNER = 0.3
PENALTY_KIND = 1.0
Span = tuple[str, int, int]


@dataclass(frozen=True)
class Marked:
    """One theme of a labelled journal."""

    kind: str
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Journal:
    """A labelled journal on its ground; `truth` is themes x passages."""

    name: str
    entries: tuple[Entry, ...]
    themes: tuple[Marked, ...]
    ground: Ground

    @property
    def places(self) -> list[Span]:
        ground = self.ground
        return [
            (ground.entries[at].id, start, end)
            for at, (start, end) in zip(ground.entry_of, ground.spans, strict=True)
        ]

    @property
    def truth(self) -> np.ndarray:
        return np.array([touched(self.places, theme.spans) for theme in self.themes])


def hits(one: Span, other: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    shorter = min(one[2] - one[1], other[2] - other[1])
    return one[0] == other[0] and shared > 0 and shared >= 0.5 * shorter


def touched(places: Sequence[Span], spans: Sequence[Span]) -> list[bool]:
    """Which places hit one of the spans."""
    return [any(hits(place, span) for span in spans) for place in places]


def f1(found: Sequence[Span], gold: Sequence[Span]) -> float:
    """Of what was found against what was marked."""
    if not found or not gold:
        return 0.0
    precision = float(np.mean(touched(found, gold)))
    recall = float(np.mean(touched(gold, found)))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def model() -> Meaning:
    """The model of meaning; measuring without it means nothing."""
    meaning = load_model()
    if meaning is None:
        raise SystemExit("The model is not built: make model")
    return meaning


def read_writers(folder: Path = WRITERS) -> list[Journal]:
    """Every writer of the corpus, each on a ground whose heads never saw that writer."""
    meaning = model()
    journals = []
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text(encoding="utf-8"))
        entries = tuple(
            Entry(
                entry["id"],
                entry["text"],
                datetime.fromisoformat(entry["written_at"]).date(),
                entry["kind"],
                entry["sitting"],
            )
            for entry in value["entries"]
        )
        themes = tuple(
            Marked(
                t["type"],
                t["label"],
                tuple((m["entry"], m["start"], m["end"]) for m in t["mentions"]),
            )
            for t in value["themes"]
        )
        journals.append(Journal(path.stem, entries, themes, lay_ground(entries, meaning)))
    return with_unseen_heads(journals)


def with_unseen_heads(journals: Sequence[Journal]) -> list[Journal]:
    """The same journals, weighed by heads of inner life and kind that were fitted without them."""
    rows = [rows_of_features(journal.ground) for journal in journals]
    kinds = [kind_of_rows(journal) for journal in journals]
    result = list(journals)
    for fold in range(FOLDS):
        out = [at for at in range(len(journals)) if at % FOLDS == fold]
        rest = [at for at in range(len(journals)) if at % FOLDS != fold]
        values, kind = (
            np.vstack([rows[at] for at in rest]),
            np.concatenate([kinds[at] for at in rest]),
        )
        inner = fitted(values, kind >= 0, PENALTY_INNER)
        which = fitted(values[kind >= 0], kind[kind >= 0], PENALTY_KIND)
        for at in out:
            shares = np.zeros((len(rows[at]), len(KINDS)), dtype=np.float32)
            shares[:, which.classes_] = which.predict_proba(rows[at])
            weight = inner.predict_proba(rows[at])[:, 1].astype(np.float32)
            ground = replace(journals[at].ground, weight=weight, kinds=shares)
            result[at] = replace(journals[at], ground=ground)
    return result


def kind_of_rows(journal: Journal) -> np.ndarray:
    """The kind each passage is marked as, -1 where it is not marked."""
    truth = journal.truth
    first = truth.argmax(axis=0)
    kinds = np.array([KINDS.index(theme.kind) for theme in journal.themes])
    return np.where(truth.any(axis=0), kinds[first], -1)


def fitted(values: Floats, wanted: np.ndarray, penalty: float) -> LogisticRegression:
    """One logistic regression with balanced classes."""
    return LogisticRegression(C=penalty, class_weight="balanced", max_iter=1000).fit(values, wanted)
