"""Who a *she* or a *he* may be: the last one named before of that gender, in the same entry.

Leaves out real parsing of references: it gives signs for a judge, not facts. *They* says too little.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.kin import Gender, bare, gender_of_kin
from afterglow.core.themes.people import Person

Floats = NDArray[np.float32]
_WORD = re.compile(r"[^\W\d_]+")
_PRONOUN: dict[Gender, frozenset[str]] = {
    "female": frozenset(["she", "her", "hers", "herself", "shes", "ihr", "ihrem", "ihren"]),
    "male": frozenset(["he", "him", "his", "himself", "hes", "er", "ihm", "ihn"]),
}
# A run of pronouns is carried over so many passages that say none.
FARTHEST = 3
CLEARLY = 1.5
NEXT_PASSAGE = 0.7


@dataclass(frozen=True, slots=True)
class Pronouns:
    """Passages as rows, for each gender whether they say its pronoun; `gender_of` is by person."""

    says: dict[Gender, NDArray[np.bool_]]
    gender_of: tuple[Gender | None, ...]
    carried: tuple[dict[int, int], ...]  # by person: row -> how many passages after the last link
    named: NDArray[np.int64]  # how many of the people each passage names


def pronouns_of(
    people: Sequence[Person], passages: Sequence[str], entry_of: NDArray[np.int64]
) -> Pronouns:
    """What the pronouns of a journal say of these people."""
    words = [frozenset(_WORD.findall(text.lower())) for text in passages]
    says = {
        gender: np.array([not forms.isdisjoint(found) for found in words], dtype=np.bool_)
        for gender, forms in _PRONOUN.items()
    }
    genders = tuple(_gender(person, passages, entry_of) for person in people)
    named = np.zeros(len(passages), dtype=np.int64)
    for person in people:
        named[list(person.passages)] += 1
    return Pronouns(says, genders, _carried(people, genders, entry_of, says), named)


def signs_of_person(pronouns: Pronouns, at: int, person: Person) -> Floats:
    """Passages x 5: agrees, disagrees, carried, another is named, agrees where nobody else is named."""
    own = np.zeros(len(pronouns.named), dtype=np.int64)
    own[list(person.passages)] = 1
    other = (pronouns.named - own > 0).astype(np.float32)
    agrees, against = _agreement(pronouns, pronouns.gender_of[at])
    carried = np.zeros(len(own), dtype=np.float32)
    for row, steps in pronouns.carried[at].items():
        carried[row] = 1 / steps
    return np.stack([agrees, against, carried, other, agrees * (1 - other)], axis=1)


def _agreement(pronouns: Pronouns, gender: Gender | None) -> tuple[Floats, Floats]:
    """Whether a passage says a pronoun of this gender, and whether it says only the other."""
    she, he = (pronouns.says[each].astype(np.float32) for each in ("female", "male"))
    if gender is None:
        return np.maximum(she, he) * np.float32(0.5), np.zeros_like(he)
    own, other = (she, he) if gender == "female" else (he, she)
    return own, other * (1 - own)


def _gender(person: Person, passages: Sequence[str], entry_of: NDArray[np.int64]) -> Gender | None:
    """By kin word, or by the pronouns of the passages that name the person and of the next ones."""
    known = gender_of_kin(person.forms)
    if known is not None:
        return known
    share: dict[Gender, float] = {}
    for gender in _PRONOUN:
        total = 0.0
        for row in person.passages:
            total += _count(gender, passages[row][_where(person, passages[row]) :])
            if row + 1 < len(passages) and entry_of[row + 1] == entry_of[row]:
                total += NEXT_PASSAGE * _count(gender, passages[row + 1])
        share[gender] = total
    she, he = share["female"], share["male"]
    if max(she, he) < 1 or max(she, he) < CLEARLY * min(she, he):
        return None
    return "female" if she > he else "male"


def _count(gender: Gender, text: str) -> int:
    return sum(word in _PRONOUN[gender] for word in _WORD.findall(text.lower()))


def _where(person: Person, text: str) -> int:
    """Where the name stands: what comes before it seldom points to it."""
    lower = text.lower()
    places = [lower.find(bare(form)) for form in person.forms]
    return min((place for place in places if place >= 0), default=0)


def _carried(
    people: Sequence[Person],
    genders: Sequence[Gender | None],
    entry_of: NDArray[np.int64],
    says: dict[Gender, NDArray[np.bool_]],
) -> tuple[dict[int, int], ...]:
    """For each person the rows that only say *she* or *he* after they were named."""
    named: dict[int, list[int]] = {}
    for at, person in enumerate(people):
        for row in person.passages:
            named.setdefault(row, []).append(at)
    found: tuple[dict[int, int], ...] = tuple({} for _ in people)
    last: dict[Gender, tuple[int, int]] = {}
    for row, entry in enumerate(entry_of):
        if row and entry != entry_of[row - 1]:
            last = {}
        here = named.get(row, [])
        for gender in _PRONOUN:
            fit = [at for at in here if genders[at] in (gender, None)]
            if fit:
                last[gender] = (fit[0], row)
            elif says[gender][row] and gender in last and row - last[gender][1] <= FARTHEST:
                at, before = last[gender]
                found[at][row] = row - before
                last[gender] = (at, row)
    return found
