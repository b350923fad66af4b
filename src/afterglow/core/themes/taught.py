"""Shapes themes by what the person taught: part of this, not this, and what else is like this."""

from collections.abc import Sequence

import numpy as np

from afterglow.core.themes.belongs import chances_of, how_many
from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import NEAR_COUNT, Group, scores_for
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.signs import Lesson, View
from afterglow.core.themes.themes import Analysis, Mark, Mention

SIZE = 18
AGAINST = 0.5
LEAST_SCORE = 0.15
FEW = 5
LEAST_CHANCE = 0.01


def taught_groups(
    ground: Ground,
    marks: Sequence[Mark],
    meaning: Meaning | None = None,
    view: View | None = None,
) -> list[Group]:
    """A group under exactly the label of every theme that was marked."""
    lessons = lessons_of(ground, marks, meaning)
    chances = chances_of(ground, lessons, view)
    return [
        _judged(lesson, chances[at]) if chances is not None else _nearest(ground, lesson)
        for at, lesson in enumerate(lessons)
    ]


def lessons_of(ground: Ground, marks: Sequence[Mark], meaning: Meaning | None) -> list[Lesson]:
    """What was marked, as rows, for every theme with a passage that is part of it."""
    labels = list(dict.fromkeys(mark.theme_label for mark in marks if mark.belongs))
    vectors = meaning.vectors(labels) if meaning is not None and labels else None
    lessons = []
    for at, label in enumerate(labels):
        own = [mark for mark in marks if mark.theme_label == label]
        yes = {row for mark in own if mark.belongs for row in rows_of(ground, mark)}
        no = {row for mark in own if not mark.belongs for row in rows_of(ground, mark)} - yes
        if yes:
            vector = vectors[at] if vectors is not None else None
            lessons.append(Lesson(label, tuple(sorted(yes)), tuple(sorted(no)), vector))
    return lessons


def taught_group(
    ground: Ground,
    label: str,
    marks: Sequence[Mark],
    meaning: Meaning | None = None,
    view: View | None = None,
) -> Group:
    """One theme shaped by its own marks alone; at least one of them must stand on a passage."""
    own = [Mark(label, m.entry, m.start, m.end, m.belongs) for m in marks]
    return taught_groups(ground, own, meaning, view)[0]


def _judged(lesson: Lesson, chances: Floats) -> Group:
    """What was marked as part of it, then the likeliest others, as many as balance best."""
    marked = {*lesson.yes, *lesson.no}
    order = [int(row) for row in np.lexsort((np.arange(len(chances)), -chances))]
    others = [row for row in order if row not in marked]
    # One or two marks say little: the person is shown a few to say yes or no to.
    few = [row for row in others[: max(0, FEW - len(lesson.yes))] if chances[row] >= LEAST_CHANCE]
    more = others[: max(how_many(chances[others]), len(few))]
    return _group(lesson, more, [float(min(0.99, chances[row])) for row in more], others)


def _nearest(ground: Ground, lesson: Lesson) -> Group:
    """Without learned weights: what is nearest to what was marked and far from what is not."""
    yes, no = list(lesson.yes), list(lesson.no)
    scores = _scores(ground, yes, no)
    order = [int(row) for row in np.lexsort((np.arange(len(scores)), -scores))]
    others = [row for row in order if row not in yes and row not in no]
    more = [row for row in others[: SIZE - len(yes)] if scores[row] >= LEAST_SCORE]
    strengths = [float(min(0.99, max(0.0, scores[row]))) for row in more]
    return _group(lesson, more, strengths, others)


def _group(
    lesson: Lesson, more: Sequence[int], strengths: Sequence[float], others: Sequence[int]
) -> Group:
    rows = (*lesson.yes, *more)
    near = tuple(others[len(more) : len(more) + NEAR_COUNT])
    sure = (*(1.0 for _ in lesson.yes), *strengths)
    return Group(f"taught:{lesson.label}", False, lesson.label, rows, sure, near, (lesson.label,))


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
    at = next((at for at, entry in enumerate(ground.entries) if entry.id == mark.entry), None)
    rows = []
    for row in np.flatnonzero(ground.entry_of == at) if at is not None else ():
        start, end = ground.spans[row]
        shared = min(end, mark.end) - max(start, mark.start)
        if shared > 0 and shared >= 0.5 * min(end - start, mark.end - mark.start):
            rows.append(int(row))
    return rows


def next_uncertain(analysis: Analysis, theme_id: str) -> Mention | None:
    """The passage to ask the person about next: the nearest one that is not in the theme."""
    theme = analysis.theme(theme_id)
    if theme is None:
        return None
    here = {(mention.entry, mention.start) for mention in theme.mentions}
    return next((m for m in theme.uncertain if (m.entry, m.start) not in here), None)
