"""Where a theme may start: a word or a person who returns, or passages of one kind that stand near each other.

So what was understood and what is in the way can start a theme too, in whatever words. Leaves out how far a
seed reaches, which is learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import seeds_of
from afterglow.core.themes.labels import says_of
from afterglow.core.themes.people import Person
from afterglow.core.themes.signs import View
from afterglow.core.themes.themes import KINDS, Kind

MOST_WORDS = 160
# A long journal weighs fewer seeds, so that finding anew stays within seconds.
LEAST_WORDS = 28
MOST_LOOKS = 1_500_000
MOST_PEOPLE = 16
MOST_VOUCHING = 12
LEAST_SEEDS_OF_A_KIND, MOST_SEEDS_OF_A_KIND = 4, 12
# A tenth of all looks for each of the five kinds leaves half of them to words.
SHARE_OF_LOOKS = 0.1
# Of the passages, those that look most like a kind; in a long journal no more than can be compared at once.
SHARE_OF_A_KIND = 0.2
LEAST_OF_A_KIND, MOST_OF_A_KIND = 12, 600
BESIDE_A_PASSAGE = 2
SAID_OPENLY = 0.5


@dataclass(frozen=True, slots=True)
class Seed:
    """The passages that hold it, and the most inward of them, which vouch; `word` names it.

    `kind` is that of the passages it was made of, None for a word and for a person.
    """

    word: str
    rows: tuple[int, ...]
    vouching: tuple[int, ...]
    person: Person | None = None
    kind: Kind | None = None
    key: str = ""


def seeds(view: View) -> list[Seed]:
    """Returning words by inner weight, people by how often they are named, and what is near within a kind."""
    ground = view.ground
    looks = MOST_LOOKS // max(1, len(ground.texts))
    most = min(MOST_SEEDS_OF_A_KIND, max(LEAST_SEEDS_OF_A_KIND, int(SHARE_OF_LOOKS * looks)))
    kinds = [kind for kind in KINDS if kind != "person"]
    of_kinds = [seed for kind in kinds for seed in _of_kind(ground, kind, most)]
    return [*_words(ground, looks - len(of_kinds)), *_people(view), *of_kinds]


def _words(ground: Ground, looks: int) -> list[Seed]:
    most = min(MOST_WORDS, max(LEAST_WORDS, looks))
    return [
        Seed(word, tuple(rows), _vouching(ground, rows), key=f"word:{word}")
        for word, rows in list(seeds_of(ground).items())[:most]
    ]


def _people(view: View) -> list[Seed]:
    return [
        Seed(
            person.label,
            person.passages,
            _vouching(view.ground, person.passages),
            person,
            "person",
            f"person:{person.label.lower()}",
        )
        for person in view.people[:MOST_PEOPLE]
    ]


def _vouching(ground: Ground, rows: Sequence[int]) -> tuple[int, ...]:
    inward = sorted(rows, key=lambda row: (-float(ground.weight[row]), row))
    return tuple(sorted(inward[:MOST_VOUCHING]))


def _of_kind(ground: Ground, kind: Kind, most: int) -> list[Seed]:
    """Passages that look like this kind, each with the two nearest of other entries, the closest first.

    No passage opens a seed that stands in an earlier one.
    """
    if ground.vectors is None or ground.kinds is None:
        return []
    rows = _likeliest(ground, kind)
    near = _across_entries(ground.vectors[rows], ground.entry_of[rows])
    beside = np.argsort(-near, axis=1, kind="stable")[:, :BESIDE_A_PASSAGE]
    closeness = np.take_along_axis(near, beside, axis=1).mean(axis=1)
    found: list[Seed] = []
    taken: set[int] = set()
    for at in np.lexsort((np.arange(len(rows)), -closeness)):
        if len(found) == most:
            break
        if int(at) not in taken:
            together = [int(at), *map(int, beside[at])]
            taken |= set(together)
            found.append(_seed_of(ground, kind, [int(rows[each]) for each in together]))
    return found


def _likeliest(ground: Ground, kind: Kind) -> NDArray[np.int64]:
    """Rows by how much they look like the kind, inward ones and those that say it openly first."""
    if ground.kinds is None:
        return np.zeros(0, dtype=np.int64)
    likely = ground.kinds[:, KINDS.index(kind)] * ground.weight
    count = min(MOST_OF_A_KIND, max(LEAST_OF_A_KIND, int(SHARE_OF_A_KIND * len(likely))))
    first = np.lexsort((np.arange(len(likely)), -likely))[: 2 * count]
    openly = np.array([says_of(kind, ground.texts[row]) for row in first], dtype=np.float32)
    again = likely[first] * (1 + SAID_OPENLY * openly)
    return np.asarray(first[np.lexsort((first, -again))][:count], dtype=np.int64)


def _across_entries(vectors: Floats, entry_of: NDArray[np.int64]) -> Floats:
    """How near each is to each; passages of one entry are alike anyway and do not count."""
    near = vectors @ vectors.T
    near[entry_of[:, None] == entry_of[None, :]] = -1
    return np.asarray(near, dtype=np.float32)


def _seed_of(ground: Ground, kind: Kind, rows: Sequence[int]) -> Seed:
    """Named by the word that these passages share, or by their rarest; known again by its first passage."""
    counts: dict[str, int] = {}
    for row in rows:
        for word in ground.words[row]:
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], -ground.rarity[word], word))
    own = tuple(sorted(rows))
    return Seed(
        ranked[0] if ranked else kind, own, own, None, kind, f"{kind}:{ground.texts[rows[0]]}"
    )
