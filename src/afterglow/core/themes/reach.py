"""How far a seed reaches: grows a returning word or person to the passages that may belong with it.

The weights were learned across writers from seeds that hit a marked theme. Leaves out which groups
are shown together; without vectors or weights `grouping` grows seeds by plain nearness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.belongs import Layer, balance_of
from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import NEAR_COUNT, Group, entries_in, seeds_of
from afterglow.core.themes.people import Person
from afterglow.core.themes.signs import Lesson, Likeness, View, likeness_of, signs_of, view_of

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "heads" / "reach.npz"
# What was learned on whole journals says little of a few entries.
LEAST_PASSAGES = 60
MOST_WORDS = 160
# A long journal weighs fewer seeds, so that finding anew stays within seconds.
LEAST_WORDS = 48
MOST_LOOKS = 1_500_000
MOST_PEOPLE = 16
MOST_VOUCHING = 12
# Compared in one go: enough to spare reading the vectors each time, few enough for the memory.
SEEDS_AT_ONCE = 8
MOST_SHOWN = 24
MOST_PEOPLE_SHOWN = 8
LEAST_ENTRIES = 3
LEAST_ENTRIES_OF_A_PERSON = 2
PEOPLE_FIRST = 1.3
SAME = 0.5
LEAST_WORTH = 1e-6


@dataclass(frozen=True, slots=True)
class Seed:
    """A word or a person, the passages that hold it, and the most inward of them, which vouch."""

    word: str
    rows: tuple[int, ...]
    vouching: tuple[int, ...]
    person: Person | None = None


@cache
def learned() -> Layer | None:
    """The weights that travel in the package, or None."""
    if not OWN_FILE.is_file():
        return None
    with np.load(OWN_FILE) as stored:
        bias = float(stored["bias"])
        return Layer(stored["mean"], stored["scale"], stored["weights"], bias)


def seeds(view: View) -> list[Seed]:
    """Returning words by inner weight, then people by how often they are named."""
    ground = view.ground
    most = min(MOST_WORDS, max(LEAST_WORDS, MOST_LOOKS // len(ground.texts)))
    words = list(seeds_of(ground).items())[:most]
    found = [Seed(word, tuple(rows), _vouching(ground, rows)) for word, rows in words]
    return found + [
        Seed(person.label, person.passages, _vouching(ground, person.passages), person)
        for person in view.people[:MOST_PEOPLE]
    ]


def _vouching(ground: Ground, rows: Sequence[int]) -> tuple[int, ...]:
    inward = sorted(rows, key=lambda row: (-float(ground.weight[row]), row))
    return tuple(sorted(inward[:MOST_VOUCHING]))


def seed_signs(view: View, seed: Seed, likeness: Likeness | None = None) -> Floats:
    """Passages x signs: those of a lesson taught by the seed, and what holds the seed itself."""
    signs = signs_of(view, [_lesson(seed)], [likeness] if likeness else None)[0]
    count = len(signs)
    holds, vouches = np.zeros(count, np.float32), np.zeros(count, np.float32)
    holds[list(seed.rows)] = 1
    vouches[list(seed.vouching)] = 1
    is_person = float(seed.person is not None)
    more = [
        holds,
        vouches,
        np.full(count, len(seed.rows), np.float32),
        np.full(count, is_person, np.float32),
        holds * is_person,
        vouches * view.weight,
    ]
    return np.hstack([signs, np.stack(more, axis=1)])


def reached(ground: Ground, layer: Layer | None = None) -> list[Group] | None:
    """A group for every seed with what it reaches; None without vectors or weights, or for a few entries."""
    layer = layer or learned()
    if layer is None or ground.vectors is None or len(ground.texts) < LEAST_PASSAGES:
        return None
    view = view_of(ground, ground.vectors)
    return [
        _group(view, seed, layer.chances(seed_signs(view, seed, likeness)))
        for some in _a_few_at_once(seeds(view))
        for seed, likeness in zip(
            some, likeness_of(view, [_lesson(seed) for seed in some]), strict=True
        )
    ]


def _a_few_at_once(found: Sequence[Seed]) -> list[Sequence[Seed]]:
    return [found[at : at + SEEDS_AT_ONCE] for at in range(0, len(found), SEEDS_AT_ONCE)]


def _lesson(seed: Seed) -> Lesson:
    return Lesson(seed.word, seed.vouching, ())


def _group(view: View, seed: Seed, chances: Floats) -> Group:
    """As many as balance best; what is likely and inward comes first."""
    order = np.lexsort((np.arange(len(chances)), -chances))
    count, balance = balance_of(chances[order])
    telling = np.sqrt(chances * view.ground.weight)
    rows = sorted((int(row) for row in order[:count]), key=lambda row: (-float(telling[row]), row))
    weight = float(view.ground.weight[order[:MOST_VOUCHING][:count]].mean())
    person = seed.person
    return Group(
        f"person:{seed.word.lower()}" if person else f"word:{seed.word}",
        person is not None,
        seed.word,
        tuple(rows),
        tuple(float(min(1.0, telling[row])) for row in rows),
        tuple(int(row) for row in order[count : count + NEAR_COUNT]),
        person.forms if person else (seed.word,),
        balance * weight * (PEOPLE_FIRST if person else 1.0),
    )


def chosen(ground: Ground, groups: Sequence[Group], already: Sequence[int] = ()) -> list[Group]:
    """The groups that together tell most, and after them the other people who return."""
    left = [group for group in groups if _returns(ground, group)]
    covered = np.zeros(len(ground.texts), dtype=bool)
    covered[list(already)] = True
    found: list[Group] = []
    while left and len(found) < MOST_SHOWN:
        best = max(left, key=lambda group: (_worth(group, covered), group.key))
        if _worth(best, covered) <= LEAST_WORTH:
            break
        left.remove(best)
        full = best.is_person and sum(one.is_person for one in found) >= MOST_PEOPLE_SHOWN
        if full or any(_is_mostly(best, other) for other in found):
            continue
        found.append(best)
        covered[list(best.rows)] = True
    return found + [
        group
        for group in groups
        if group.is_person and group not in found and _often(ground, group)
    ]


def _returns(ground: Ground, group: Group) -> bool:
    least = LEAST_ENTRIES_OF_A_PERSON if group.is_person else LEAST_ENTRIES
    return len(entries_in(ground, group.rows)) >= least


def _is_mostly(one: Group, other: Group) -> bool:
    """Whether the smaller of two groups of a kind stands mostly in the larger."""
    shared = len(set(one.rows) & set(other.rows))
    smaller = min(len(one.rows), len(other.rows))
    return one.is_person == other.is_person and shared >= SAME * smaller


def _often(ground: Ground, group: Group) -> bool:
    return len(entries_in(ground, group.rows)) >= LEAST_ENTRIES


def _worth(group: Group, covered: NDArray[np.bool_]) -> float:
    """Its own worth, less by how much of it is shown already."""
    strengths = np.array(group.strengths)
    shown = strengths[covered[list(group.rows)]].sum() / (strengths.sum() + 1e-9)
    return float(group.worth * (1 - shown))
