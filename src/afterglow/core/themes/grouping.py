"""Proposes groups of passages that may belong together and chooses the telling ones.

Seeds are words that return and people who return; a group grows by meaning and by shared words.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.people import find_people
from afterglow.core.themes.themes import Kind

MOST_SEED_PASSAGES = 45
LEAST_ENTRIES = 3
MOST_SEEDS = 400
GROUP_SIZE = 16
MOST_PEOPLE = 8
MOST_GROUPS = 24
NEAR_COUNT = 12
LEXICAL = 0.3
LEAST_SCORE = 0.28


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the ground with their strengths, strongest first; `near` were not sure enough."""

    key: str
    is_person: bool
    name: str
    rows: tuple[int, ...]
    strengths: tuple[float, ...]
    near: tuple[int, ...]
    terms: tuple[str, ...]
    worth: float = 0.0  # how telling it is before others are shown, where that was learned
    kind: Kind | None = None  # of the passages it started from, where they were of one


def entries_in(ground: Ground, rows: Iterable[int]) -> set[int]:
    """Which entries these rows stand in."""
    return {int(ground.entry_of[row]) for row in rows}


def person_groups(ground: Ground) -> list[Group]:
    """A group for each returning person: where they are named, inner passages first."""
    names = [ground.entries[at].id for at in ground.entry_of]
    groups = []
    for person in find_people(ground.texts, names)[:MOST_PEOPLE]:
        rows = sorted(person.passages, key=lambda row: (-ground.weight[row], row))
        strengths = tuple(float(0.6 + 0.4 * ground.weight[row]) for row in rows)
        key = f"person:{person.label.lower()}"
        groups.append(Group(key, True, person.label, tuple(rows), strengths, (), person.forms))
    return groups


def seeds_of(ground: Ground) -> dict[str, list[int]]:
    """Words in at least three entries and not everywhere, with the passages that hold them."""
    where: dict[str, list[int]] = defaultdict(list)
    for row, words in enumerate(ground.words):
        for word in words:
            where[word].append(row)
    fit = {
        word: rows
        for word, rows in where.items()
        if len(rows) <= MOST_SEED_PASSAGES and len(entries_in(ground, rows)) >= LEAST_ENTRIES
    }
    ranked = sorted(fit, key=lambda word: (-float(ground.weight[fit[word]].sum()), word))
    return {word: fit[word] for word in ranked[:MOST_SEEDS]}


def scores_for(ground: Ground, rows: Sequence[int], words: Iterable[str] = ()) -> Floats:
    """How near every passage is to these: half centroid, half its three nearest, plus words."""
    wanted = frozenset(words)
    lexical = np.array([bool(wanted & found) for found in ground.words], dtype=np.float32)
    if ground.vectors is None:
        return lexical
    near = ground.vectors @ ground.vectors[list(rows)].T
    # A member must not vouch for itself.
    near[list(rows), np.arange(len(rows))] = 0.0
    return np.asarray(_mixed(ground.vectors, rows, ground.vectors, near) + LEXICAL * lexical)


def scores_of(ground: Ground, fresh: Sequence[int], rows: Sequence[int]) -> Floats:
    """As `scores_for` without words, for a few passages that are not among the rows."""
    if ground.vectors is None:
        return np.zeros(len(fresh), dtype=np.float32)
    own = ground.vectors[list(fresh)]
    return _mixed(own, rows, ground.vectors, own @ ground.vectors[list(rows)].T)


def _mixed(own: Floats, rows: Sequence[int], vectors: Floats, near: Floats) -> Floats:
    centroid = vectors[list(rows)].mean(axis=0)
    centroid /= np.linalg.norm(centroid) + 1e-9
    nearest = np.sort(near, axis=1)[:, -3:].mean(axis=1)
    return np.asarray(0.5 * (own @ centroid) + 0.5 * nearest, dtype=np.float32)


def word_groups(ground: Ground) -> list[Group]:
    """A group for each returning word, grown by meaning."""
    return [_grown(ground, word, rows) for word, rows in seeds_of(ground).items()]


def _grown(ground: Ground, word: str, rows: list[int]) -> Group:
    scores = scores_for(ground, rows, [word])
    weighed = scores * (0.5 + 0.5 * ground.weight)
    order = np.lexsort((np.arange(len(weighed)), -weighed))[: GROUP_SIZE + NEAR_COUNT]
    floor = LEAST_SCORE if ground.vectors is not None else 0.5
    sure = [int(row) for row in order[:GROUP_SIZE] if scores[row] >= floor]
    near = tuple(int(row) for row in order if int(row) not in sure and scores[row] > 0)
    strengths = tuple(float(min(1.0, max(0.0, scores[row]))) for row in sure)
    return Group(f"word:{word}", False, word, tuple(sure), strengths, near, (word,))


def choose(
    ground: Ground, groups: Sequence[Group], count: int, already: Iterable[int] = ()
) -> list[Group]:
    """The groups that together tell most: uncovered passages by weight and coherence."""
    covered = np.zeros(len(ground.texts), dtype=np.float32)
    covered[list(already)] = 1
    left = [group for group in groups if len(entries_in(ground, group.rows)) >= LEAST_ENTRIES]
    chosen: list[Group] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda group: (_worth(ground, group, covered), group.key))
        if _worth(ground, best, covered) <= 0:
            break
        chosen.append(best)
        left.remove(best)
        covered[list(best.rows)] += 1
    return chosen


def _worth(ground: Ground, group: Group, covered: Floats) -> float:
    rows = list(group.rows)
    fresh = ground.weight[rows] * np.where(covered[rows] > 0, -0.5, 1.0)
    coherence = float(np.mean(group.strengths))
    spread = math.sqrt(len(entries_in(ground, rows)))
    return float(fresh.sum()) * coherence * spread
