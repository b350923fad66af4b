"""How far a seed reaches: grows a word, a person or a few passages of a kind to what may belong with them.

The weights were learned across writers from seeds that hit a marked theme. Leaves out which groups are shown
together; without vectors or weights `grouping` grows seeds by plain nearness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from afterglow.core.themes.belongs import Layer, balance_of
from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import NEAR_COUNT, Group
from afterglow.core.themes.pronouns import Pronouns, pronouns_of, signs_of_person
from afterglow.core.themes.seeds import MOST_VOUCHING, Seed, seeds
from afterglow.core.themes.signs import Lesson, Likeness, View, likeness_of, signs_of, view_of

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "heads" / "reach.npz"
LAYERS = ("word", "person", "kind")
# What was learned on whole journals says little of a few entries.
LEAST_PASSAGES = 60
# Compared in one go: enough to spare reading the vectors each time, few enough for the memory.
SEEDS_AT_ONCE = 8
PEOPLE_FIRST = 1.3


@dataclass(frozen=True, slots=True)
class Reach:
    """One learned look for each sort of seed."""

    word: Layer
    person: Layer
    kind: Layer


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each passage belongs to a seed; `told` is the same before names are taken at their word."""

    belongs: Floats
    told: Floats


@cache
def learned() -> Reach | None:
    """The weights that travel in the package, or None."""
    if not OWN_FILE.is_file():
        return None
    with np.load(OWN_FILE) as stored:
        return Reach(
            *(
                Layer(
                    stored[f"{name}_mean"],
                    stored[f"{name}_scale"],
                    stored[f"{name}_weights"],
                    float(stored[f"{name}_bias"]),
                )
                for name in LAYERS
            )
        )


def reached(ground: Ground, reach: Reach | None = None) -> list[Group] | None:
    """A group for every seed with what it reaches; None without vectors or weights, or for a few entries."""
    reach = reach or learned()
    if reach is None or ground.vectors is None or len(ground.texts) < LEAST_PASSAGES:
        return None
    view = view_of(ground, ground.vectors)
    pronouns = pronouns_of(view.people, ground.texts, ground.entry_of)
    return [
        _group(view, seed, _chances(view, pronouns, seed, reach, likeness))
        for some in _a_few_at_once(seeds(view))
        for seed, likeness in zip(
            some, likeness_of(view, [lesson_of(seed) for seed in some]), strict=True
        )
    ]


def _a_few_at_once(found: Sequence[Seed]) -> list[Sequence[Seed]]:
    return [found[at : at + SEEDS_AT_ONCE] for at in range(0, len(found), SEEDS_AT_ONCE)]


def lesson_of(seed: Seed) -> Lesson:
    """A seed as if its vouching passages had been marked."""
    return Lesson(seed.word, seed.vouching, ())


def _chances(
    view: View, pronouns: Pronouns, seed: Seed, reach: Reach, likeness: Likeness
) -> Chances:
    if seed.person is None:
        layer = reach.word if seed.kind is None else reach.kind
        own = layer.chances(seed_signs(view, seed, likeness))
        return Chances(own, own)
    told = reach.person.chances(person_signs(view, pronouns, seed, likeness))
    belongs = told.copy()
    named = list(seed.rows)
    # Who is named is meant. How much of that is worth showing is the passage's inner weight.
    belongs[named] = np.maximum(belongs[named], view.ground.weight[named])
    return Chances(belongs, told)


def seed_signs(view: View, seed: Seed, likeness: Likeness | None = None) -> Floats:
    """Passages x signs: those of a lesson taught by the seed, and what holds the seed itself."""
    signs = signs_of(view, [lesson_of(seed)], [likeness] if likeness else None)[0]
    count = len(signs)
    holds, vouches = np.zeros(count, np.float32), np.zeros(count, np.float32)
    holds[list(seed.rows)] = 1
    vouches[list(seed.vouching)] = 1
    more = [holds, vouches, np.full(count, len(seed.rows), np.float32), vouches * view.weight]
    return np.hstack([signs, np.stack(more, axis=1)])


def person_signs(
    view: View, pronouns: Pronouns, seed: Seed, likeness: Likeness | None = None
) -> Floats:
    """Passages x signs: those of a lesson taught by a person, and what the pronouns say."""
    signs = signs_of(view, [lesson_of(seed)], [likeness] if likeness else None)[0]
    at = next(at for at, person in enumerate(view.people) if person == seed.person)
    return np.hstack([signs, signs_of_person(pronouns, at, view.people[at])])


def _group(view: View, seed: Seed, chances: Chances) -> Group:
    """As many as balance best; what is likely and inward comes first."""
    belongs, weight = chances.belongs, view.ground.weight
    order = np.lexsort((np.arange(len(belongs)), -belongs))
    count, balance = balance_of(belongs[order])
    telling = np.sqrt((belongs + chances.told) / 2 * weight)
    rows = sorted((int(row) for row in order[:count]), key=lambda row: (-float(telling[row]), row))
    inner = float(weight[order[:MOST_VOUCHING][:count]].mean())
    person = seed.person
    return Group(
        seed.key,
        person is not None,
        seed.word,
        tuple(rows),
        tuple(float(min(1.0, telling[row])) for row in rows),
        tuple(int(row) for row in order[count : count + NEAR_COUNT]),
        person.forms if person else (seed.word,),
        balance * inner * (PEOPLE_FIRST if person else 1.0),
        seed.kind,
    )
