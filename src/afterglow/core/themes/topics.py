"""What the entries are about, roughly: every entry in one group, by meaning and words.

Broader and duller than a theme, which stays with single passages: an overview, never a finding about the person.
Deterministic. Without the model of meaning there are none.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.course import course_of, evidence_of
from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.labels import commonest
from afterglow.core.themes.themes import Mention, Theme
from afterglow.core.themes.words import content_words

LEAST_ENTRIES = 10
# People mostly say first what an entry is about.
FIRST_PASSAGE = 3.0
FEWEST, MOST = 3, 14
COMMON_SHARE = 0.2
MOST_DIRECTIONS = 60
# Beyond this many entries the tree is grown on evenly spaced ones, and the others join the nearest group.
MOST_IN_TREE = 1_500
ROUNDS = 10
# Entries of one group are often each other's neighbours by different words: each takes in half of its nearest few.
NEIGHBOURS_SHARE = 0.5
LEAST_NEIGHBOURS = 3
ROWS_AT_ONCE = 500
LABEL_WORDS = 3
QUOTE_STRENGTH = 0.2


@dataclass(frozen=True, slots=True)
class Topic:
    """Entries that are about much the same; `label` is words of theirs that others have less."""

    id: str
    label: str
    terms: tuple[str, ...]
    entries: tuple[str, ...]  # in order of time
    quotes: tuple[Mention, ...]  # of each entry the passage nearest to what all are about


def topics_of(ground: Ground) -> tuple[Topic, ...]:
    """The largest first; every entry with passages is in exactly one. Empty for a few entries."""
    rows = _rows_by_entry(ground)
    if ground.vectors is None or len(rows) < LEAST_ENTRIES:
        return ()
    words = [_words(ground, own) for own in rows]
    groups = _grouped(_with_neighbours(_features(ground, rows, words)))
    found = [_topic(ground, rows, words, groups == name) for name in np.unique(groups)]
    return tuple(sorted(found, key=lambda topic: (-len(topic.entries), topic.id)))


def as_theme(ground: Ground, topic: Topic) -> Theme:
    """A topic in the form of a theme, for the command line; pages keep the two apart."""
    here = set(topic.entries)
    places = [at for at, entry in enumerate(ground.entries) if entry.id in here]
    own = [ground.entries[at] for at in places]
    by_sitting = Counter(str(entry.sitting) for entry in own if entry.sitting is not None)
    return Theme(
        id=topic.id,
        type="theme",
        label=topic.label,
        terms=topic.terms,
        mentions=topic.quotes,
        entries=topic.entries,
        by_sitting=dict(sorted(by_sitting.items(), key=lambda pair: int(pair[0]))),
        first=own[0].written_on,
        last=own[-1].written_on,
        course=course_of(places, len(ground.entries)),
        course_evidence=evidence_of(topic.quotes),
        why=("about",),
    )


def _rows_by_entry(ground: Ground) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for row, at in enumerate(ground.entry_of):
        rows.setdefault(int(at), []).append(row)
    return list(rows.values())


def _words(ground: Ground, rows: Sequence[int]) -> Counter[str]:
    return Counter(word for row in rows for word in ground.words[row])


# Meaning and words, side by side


def _features(
    ground: Ground, rows: Sequence[Sequence[int]], words: Sequence[Counter[str]]
) -> Floats:
    meaning = np.array([_meaning_of(ground, own) for own in rows], dtype=np.float32)
    meaning = _unit(_unit(meaning) - 0.5 * _unit(meaning).mean(axis=0))
    share = min(0.7, max(0.4, 0.4 + 0.3 * (math.log10(len(rows)) - 1.7) / 1.3))
    return _unit(np.hstack([meaning, share * _by_words(words)]))


def _meaning_of(ground: Ground, rows: Sequence[int]) -> Floats:
    """The mean of the passages as they stand, the first of them weighing more."""
    entry = ground.entries[int(ground.entry_of[rows[0]])]
    own = _unit(np.asarray(ground.kept[entry.id].rows, dtype=np.float32))
    weights = np.ones(len(own), dtype=np.float32)
    weights[0] = FIRST_PASSAGE
    return np.asarray(weights @ own / weights.sum(), dtype=np.float32)


def _by_words(words: Sequence[Counter[str]]) -> Floats:
    """Rare words weigh more; those of nearly every entry, or of one or two, say nothing here."""
    counts = Counter(word for own in words for word in own)
    least = 2 if len(words) <= 50 else 3
    kept = sorted(
        w for w, n in counts.items() if least <= n <= max(least, COMMON_SHARE * len(words))
    )
    if len(kept) < 2:
        return np.zeros((len(words), 1), dtype=np.float32)
    column = {word: at for at, word in enumerate(kept)}
    table = np.zeros((len(words), len(kept)), dtype=np.float32)
    for at, own in enumerate(words):
        for word, count in own.items():
            if word in column:
                rarity = math.log((1 + len(words)) / (1 + counts[word])) + 1
                table[at, column[word]] = (1 + math.log(count)) * rarity
    return _unit(_main_directions(_unit(table)))


def _main_directions(table: Floats) -> Floats:
    """The table in the few directions along which most of it lies."""
    some = table[_evenly(len(table), MOST_IN_TREE)]
    _, _, directions = np.linalg.svd(some, full_matrices=False)
    return np.asarray(table @ directions[:MOST_DIRECTIONS].T, dtype=np.float32)


def _with_neighbours(features: Floats) -> Floats:
    """Each row halfway to the mean of its nearest others, weighed by nearness (graph smoothing, Wu et al. 2019)."""
    count = len(features)
    few = min(count - 1, max(LEAST_NEIGHBOURS, round(math.sqrt(count) / 2)))
    smooth = np.empty_like(features)
    for first in range(0, count, ROWS_AT_ONCE):
        some = slice(first, first + ROWS_AT_ONCE)
        near = features[some] @ features.T
        near[np.arange(len(near)), np.arange(first, first + len(near))] = -1
        nearest = np.argpartition(-near, few - 1, axis=1)[:, :few]
        weight = np.maximum(np.take_along_axis(near, nearest, axis=1), 0)
        weight /= weight.sum(axis=1, keepdims=True) + 1e-9
        smooth[some] = np.einsum("rn,rnf->rf", weight, features[nearest])
    return _unit((1 - NEIGHBOURS_SHARE) * features + NEIGHBOURS_SHARE * smooth)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


# Grouping


def _grouped(features: Floats) -> NDArray[np.int64]:
    """Ward's tree cut into a few, then every entry goes to the nearest middle until that is steady."""
    from scipy.cluster.hierarchy import fcluster, ward  # heavy, and only for a journal

    some = _evenly(len(features), MOST_IN_TREE)
    few = _how_many(len(features))
    first = fcluster(ward(features[some].astype(np.float64)), few, criterion="maxclust")
    middles = np.array([features[some][first == name].mean(axis=0) for name in np.unique(first)])
    groups = np.zeros(len(features), dtype=np.int64)
    for _ in range(ROUNDS):
        groups = (features @ _unit(middles).T).argmax(axis=1)
        middles = np.array(
            [
                features[groups == g].mean(axis=0) if (groups == g).any() else m
                for g, m in enumerate(middles)
            ]
        )
    return groups


def _how_many(entries: int) -> int:
    """More entries tell more groups apart, but only slowly: 9 at 50 and 12 at 1,000."""
    return min(MOST, max(FEWEST, round(5 + 2.3 * math.log10(entries))))


def _evenly(count: int, most: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


# Naming


def _topic(
    ground: Ground,
    rows: Sequence[Sequence[int]],
    words: Sequence[Counter[str]],
    here: NDArray[np.bool_],
) -> Topic:
    own = [rows[at] for at in _places(here)]
    entries = [ground.entries[int(ground.entry_of[some[0]])] for some in own]
    terms = _as_written([entry.text for entry in entries], _telling_words(words, here))
    name = hashlib.sha256(f"topic:{entries[0].id}".encode()).hexdigest()[:12]
    names = tuple(entry.id for entry in entries)
    return Topic(name, ", ".join(terms), terms, names, _quotes(ground, own))


def _as_written(texts: Sequence[str], folded: Sequence[str]) -> tuple[str, ...]:
    forms: dict[str, Counter[str]] = {word: Counter() for word in folded}
    for text in texts:
        for word in content_words(text):
            if word.folded in forms:
                forms[word.folded][word.written.lower()] += 1
    return tuple(commonest(forms[word]) for word in folded if forms[word])


def _quotes(ground: Ground, rows: Sequence[Sequence[int]]) -> tuple[Mention, ...]:
    if ground.vectors is None:
        return ()
    middle = ground.vectors[[row for some in rows for row in some]].mean(axis=0)
    near = ground.vectors @ middle
    return tuple(
        _quote(ground, max(some, key=lambda row: (float(near[row]), -row))) for some in rows
    )


def _quote(ground: Ground, row: int) -> Mention:
    entry, (start, end) = ground.entries[int(ground.entry_of[row])], ground.spans[row]
    return Mention(entry.id, start, end, entry.text[start:end], QUOTE_STRENGTH)


def _places(here: NDArray[np.bool_]) -> list[int]:
    return [int(at) for at in np.flatnonzero(here)]


def _telling_words(words: Sequence[Counter[str]], here: NDArray[np.bool_]) -> list[str]:
    """In many of these entries and in few others, by smoothed odds of entries."""
    inside = Counter(word for at in _places(here) for word in words[at])
    outside = Counter(word for at in _places(~here) for word in words[at])
    size, rest = int(here.sum()), int((~here).sum())

    def telling(word: str) -> float:
        share, other = inside[word] / size, (outside[word] + 1) / (rest + 2)
        return share * math.log(max(share / other, 1e-9))

    known = [word for word in inside if inside[word] >= min(2, size)]
    return sorted(known, key=lambda word: (-telling(word), word))[:LABEL_WORDS]
