"""How a theme runs over time: new, growing, steady, fading, returned or changed, with two telling quotes.

The test is a rank sum over entries, so a journal in shuffled order rarely seems to grow or fade.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from afterglow.core.themes.themes import Course, Mention

CLEAR_Z = 2.2  # two-sided, under three in a hundred by chance
LEAST_ENTRIES = 4
NEW_SHARE = 0.8
GAP_SHARE = 0.4
LONG_JOURNAL_ENTRIES = 10
LEAST_TO_CHANGE = 8
SHUFFLES = 199
RARELY = 0.01


def course_of(places: Sequence[int], journal_entries: int) -> Course:
    """The course of a theme that stands in these entries (numbered from 0 in order of time)."""
    here = sorted(set(places))
    if not here or journal_entries < LONG_JOURNAL_ENTRIES:
        return "steady"
    if len(here) >= LEAST_ENTRIES:
        z = _rank_z(here, journal_entries)
        if z > CLEAR_Z:
            return "new" if here[0] >= NEW_SHARE * journal_entries else "growing"
        if z < -CLEAR_Z:
            return "fading"
    return _by_gaps(here, journal_entries)


def turn_of(vectors: Any) -> tuple[int, int] | None:
    """Where what is said of a theme has changed: the rows most of its first and of its second half.

    `vectors` are its entries in order of time, one row each. None unless the halves lie further apart than in
    all but one in a hundred shuffles of the same entries.
    """
    count = len(vectors)
    if count < LEAST_TO_CHANGE:
        return None
    order = np.arange(count) < count // 2
    apart = _apart(vectors, order)
    shuffled = np.random.default_rng(count)
    further = sum(
        float(np.linalg.norm(_apart(vectors, shuffled.permutation(order)))) >= np.linalg.norm(apart)
        for _ in range(SHUFFLES)
    )
    if (1 + further) / (1 + SHUFFLES) > RARELY:
        return None
    along = vectors @ apart
    half = count // 2
    return int(along[:half].argmax()), half + int(along[half:].argmin())


def _apart(vectors: Any, first: Any) -> Any:
    return vectors[first].mean(axis=0) - vectors[~first].mean(axis=0)


def _by_gaps(here: Sequence[int], journal_entries: int) -> Course:
    if here[0] >= NEW_SHARE * journal_entries:
        return "new"
    gaps = [later - earlier for earlier, later in pairwise(here)]
    return "returned" if gaps and max(gaps) > GAP_SHARE * journal_entries else "steady"


def _rank_z(here: Sequence[int], total: int) -> float:
    """How far the mean place lies from the middle, in standard errors of a random choice."""
    count = len(here)
    spread = math.sqrt((total + 1) * (total - count) / (12 * count)) if total > count else 0.0
    mean = sum(here) / count + 1
    return (mean - (total + 1) / 2) / spread if spread else 0.0


def evidence_of(in_time: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The first and the latest quote, when they come from different entries."""
    if len(in_time) > 1 and in_time[0].entry != in_time[-1].entry:
        return in_time[0], in_time[-1]
    return None
