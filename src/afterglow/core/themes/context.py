"""Vectors of passages in context: each with some of its neighbours', less what is common to the journal.

For all passages at once, or for a few where the common part is known already. Leaves out making the vectors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.themes import PassageVectors

Floats = NDArray[np.float32]
CONTEXT = 0.6


@dataclass(frozen=True, slots=True)
class Centre:
    """The mean vector of a journal's passages, each with its neighbours, and how many they are."""

    mean: Floats
    count: int

    def with_more(self, rows: Floats) -> "Centre":
        """The centre when these passages are added."""
        count = self.count + len(rows)
        total = self.mean * self.count + rows.sum(axis=0)
        return Centre(np.asarray(total / max(1, count), dtype=np.float32), count)

    def taken_from(self, rows: Floats) -> Floats:
        """What sets each row apart, at length one; a single passage is all there is."""
        apart = rows - self.mean if self.count > 1 else rows.copy()
        apart /= np.linalg.norm(apart, axis=1, keepdims=True) + 1e-9
        return np.asarray(apart, dtype=np.float32)


def in_context(blocks: Sequence[Floats]) -> tuple[Floats, Centre]:
    """The rows of all entries, a block each, in context and centred; and their centre."""
    own = np.vstack(blocks).astype(np.float32)
    around = own.copy()
    around[1:] += own[:-1]
    around[:-1] += own[1:]
    entry_of = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    _at_borders(around, own, entry_of)
    _with_own(around, own)
    centre = Centre(np.asarray(around.mean(axis=0), dtype=np.float32), len(around))
    return centre.taken_from(around), centre


def a_few_in_context(
    kept: Mapping[str, PassageVectors], places: Sequence[tuple[str, int]]
) -> Floats:
    """The same before centring, for these passages alone: (entry, number of the passage in it)."""
    rows = [kept[entry].rows[max(0, at - 1) : at + 2] for entry, at in places]
    around = np.array([np.asarray(row, dtype=np.float32).sum(axis=0) for row in rows])
    own = np.array([kept[entry].rows[at] for entry, at in places], dtype=np.float32)
    _with_own(around, own)
    return around


def _with_own(around: Floats, own: Floats) -> None:
    around *= CONTEXT / (np.linalg.norm(around, axis=1, keepdims=True) + 1e-9)
    around += own


def _at_borders(around: Floats, own: Floats, entry_of: NDArray[np.int64]) -> None:
    """No entry is a neighbour of the next: where two meet, sums are made anew within each."""
    before = np.concatenate(([False], entry_of[1:] == entry_of[:-1]))
    after = np.concatenate((before[1:], [False]))
    border = np.flatnonzero(~(before & after))
    around[border] = (
        own[border]
        + before[border, None] * own[border - 1]
        + after[border, None] * own[(border + 1) % len(own)]
    )
