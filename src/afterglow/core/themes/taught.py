"""Shapes themes by what the person taught: part of this, not this, and what else is like this."""

from collections.abc import Sequence

import numpy as np

from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import NEAR_COUNT, Group, scores_for
from afterglow.core.themes.themes import Analysis, Mark, Mention

SIZE = 18
AGAINST = 0.5
LEAST_SCORE = 0.15


def taught_groups(ground: Ground, marks: Sequence[Mark]) -> list[Group]:
    """A group under exactly the label of every theme that was marked."""
    return [
        taught_group(ground, label, [mark for mark in marks if mark.theme_label == label])
        for label in dict.fromkeys(mark.theme_label for mark in marks if mark.belongs)
        if any(
            rows_of(ground, mark) for mark in marks if mark.belongs and mark.theme_label == label
        )
    ]


def taught_group(ground: Ground, label: str, marks: Sequence[Mark]) -> Group:
    """What was marked as part of it, then what is nearest to that and far from what is not."""
    yes = sorted({row for mark in marks if mark.belongs for row in rows_of(ground, mark)})
    no = sorted(
        {row for mark in marks if not mark.belongs for row in rows_of(ground, mark)} - set(yes)
    )
    scores = _scores(ground, yes, no)
    order = [int(row) for row in np.lexsort((np.arange(len(scores)), -scores))]
    others = [row for row in order if row not in yes and row not in no]
    more = [row for row in others[: SIZE - len(yes)] if scores[row] >= LEAST_SCORE]
    rows = [*yes, *more]
    strengths = [1.0] * len(yes) + [float(min(0.99, max(0.0, scores[row]))) for row in more]
    near = tuple(others[len(more) : len(more) + NEAR_COUNT])
    return Group(f"taught:{label}", False, label, tuple(rows), tuple(strengths), near, (label,))


def _scores(ground: Ground, yes: Sequence[int], no: Sequence[int]) -> Floats:
    scores = scores_for(ground, yes, _shared_words(ground, yes))
    if no and ground.vectors is not None:
        scores = scores - AGAINST * np.maximum(0, ground.vectors @ ground.vectors[list(no)].T).max(
            axis=1
        )
    return np.asarray(scores * (0.5 + 0.5 * ground.weight), dtype=np.float32)


def _shared_words(ground: Ground, rows: Sequence[int]) -> set[str]:
    """Words of at least two of these passages, or of the only one."""
    least = min(2, len(rows))
    found = [word for row in rows for word in ground.words[row]]
    return {word for word in found if found.count(word) >= least}


def rows_of(ground: Ground, mark: Mark) -> list[int]:
    """The passages that a marked span covers by at least half of the shorter of the two."""
    rows = []
    for row, (start, end) in enumerate(ground.spans):
        if ground.entries[ground.entry_of[row]].id != mark.entry:
            continue
        shared = min(end, mark.end) - max(start, mark.start)
        if shared > 0 and shared >= 0.5 * min(end - start, mark.end - mark.start):
            rows.append(row)
    return rows


def next_uncertain(analysis: Analysis, theme_id: str) -> Mention | None:
    """The passage to ask the person about next: the nearest one that is not in the theme."""
    theme = analysis.theme(theme_id)
    if theme is None:
        return None
    here = {(mention.entry, mention.start) for mention in theme.mentions}
    return next((m for m in theme.uncertain if (m.entry, m.start) not in here), None)
