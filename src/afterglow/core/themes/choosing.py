"""Chooses the few groups that together tell most of what returns, none mostly the same as another of its sort.

Leaves out how groups are grown. What was shown before stays, unless something else tells clearly more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import Group, entries_in

MOST_SHOWN = 24
MOST_PEOPLE_SHOWN = 8
LEAST_ENTRIES = 3
LEAST_ENTRIES_OF_A_PERSON = 2
LEAST_WORTH = 1e-6
SAME = 0.5
STAYING = 1.0


def chosen(
    ground: Ground,
    groups: Sequence[Group],
    already: Sequence[int] = (),
    standing: Sequence[frozenset[int]] = (),
) -> list[Group]:
    """The groups that together tell most, and after them the other people who return.

    `standing` are the rows of themes that were shown before: what is most like one of them stays, unless
    something else tells clearly more.
    """
    fit = [group for group in groups if _returns(ground, group)]
    found = _told_most(ground, fit, already, standing) if fit else []
    return found + [
        group
        for group in groups
        if group.is_person and group not in found and _often(ground, group)
    ]


def _told_most(
    ground: Ground,
    groups: Sequence[Group],
    already: Sequence[int],
    standing: Sequence[frozenset[int]],
) -> list[Group]:
    members = _members(ground, groups)
    same = _mostly_the_same(groups, members > 0)
    worth = np.array([group.worth for group in groups], dtype=np.float32)
    worth = worth * _stays(members > 0, standing)
    people = np.array([group.is_person for group in groups])
    covered = np.zeros(members.shape[1], dtype=np.float32)
    covered[list(already)] = 1
    free = np.ones(len(groups), dtype=bool)
    found: list[int] = []
    while free.any() and len(found) < MOST_SHOWN:
        # Its own worth, less by how much of it is shown already.
        value = np.where(free, worth * (1 - members @ covered), 0)
        at = int(value.argmax())
        if value[at] <= LEAST_WORTH:
            break
        found.append(at)
        covered[list(groups[at].rows)] = 1
        free &= ~same[at]
        free[at] = False
        if people[found].sum() >= MOST_PEOPLE_SHOWN:
            free &= ~people
    return [groups[at] for at in found]


def _mostly_the_same(groups: Sequence[Group], members: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Groups x groups: whether the smaller of two of a sort stands mostly in the larger."""
    own = members.astype(np.float32)
    sizes = own.sum(axis=1)
    people = np.array([group.is_person for group in groups])
    mostly = own @ own.T >= SAME * np.minimum(sizes[:, None], sizes[None, :])
    return np.asarray(mostly & (people[:, None] == people[None, :]))


def _stays(members: NDArray[np.bool_], standing: Sequence[frozenset[int]]) -> Floats:
    """For each group by how much more it counts for being an earlier theme again; one group for each theme.

    Themes are matched to groups one to one, so that as much as possible of what stood is found again
    (Kuhn 1955).
    """
    found = np.ones(len(members), dtype=np.float32)
    if not standing:
        return found
    from scipy.optimize import linear_sum_assignment  # heavy, and only where something stood before

    before = np.zeros((len(standing), members.shape[1]), dtype=np.float32)
    for at, rows in enumerate(standing):
        before[at, list(rows)] = 1
    # Passages that are new say nothing of how it was: only those shown before are compared.
    known = before.any(axis=0)
    now = members[:, known].astype(np.float32)
    sizes = now.sum(axis=1)[None, :] + before.sum(axis=1)[:, None]
    likeness = 2 * (before[:, known] @ now.T) / (sizes + 1e-9)
    for theme, group in zip(*linear_sum_assignment(-likeness), strict=True):
        found[group] = 1 + STAYING * likeness[theme, group]
    return found


def _members(ground: Ground, groups: Sequence[Group]) -> Floats:
    """Groups x passages: the share that each passage has in its group."""
    found = np.zeros((len(groups), len(ground.texts)), dtype=np.float32)
    for at, group in enumerate(groups):
        strengths = np.array(group.strengths, dtype=np.float32) + np.float32(1e-9)
        found[at, list(group.rows)] = strengths / strengths.sum()
    return found


def _returns(ground: Ground, group: Group) -> bool:
    least = LEAST_ENTRIES_OF_A_PERSON if group.is_person else LEAST_ENTRIES
    return len(entries_in(ground, group.rows)) >= least


def _often(ground: Ground, group: Group) -> bool:
    return len(entries_in(ground, group.rows)) >= LEAST_ENTRIES
