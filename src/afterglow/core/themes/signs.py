"""The signs by which a passage may belong to a theme that the person taught.

Every sign compares one passage with what was marked for the theme and for the others. Leaves out
weighing the signs, which `belongs` does with learned weights.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.ground import INWARD_KINDS, Floats, Ground
from afterglow.core.themes.kin import bare
from afterglow.core.themes.people import Person, find_people
from afterglow.core.themes.words import content_words

NAMES_ITS_PERSON = 0.5
SHARED_TWICE = 1.5
LEAST_WEIGHT = 1e-3


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was marked for one theme, as rows; `label_vector` is None without the model."""

    label: str
    yes: tuple[int, ...]
    no: tuple[int, ...]
    label_vector: Floats | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What all lessons need of a ground, computed once."""

    ground: Ground
    vectors: Floats
    plain: Floats  # vectors without context, centred on the journal
    mean: Floats
    rows_with: dict[str, NDArray[np.int64]]
    people: list[Person]
    inward: Floats
    dream: Floats
    lists: Floats
    weight: Floats  # in standard deviations of this journal
    length: Floats


def unit(vectors: Floats) -> Floats:
    """The same vectors at length one."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / (norms + 1e-9), dtype=np.float32)


def view_of(ground: Ground, vectors: Floats) -> View:
    """Prepare a ground by its vectors in context."""
    blocks = [np.asarray(ground.kept[entry.id].rows, np.float32) for entry in ground.entries]
    raw = np.vstack([block.reshape(-1, blocks[0].shape[-1]) for block in blocks])
    rows_with: dict[str, list[int]] = defaultdict(list)
    for row, words in enumerate(ground.words):
        for word in words:
            rows_with[word].append(row)
    kinds = [ground.entries[at].kind for at in ground.entry_of]
    sure = np.clip(ground.weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT)
    names = [ground.entries[at].id for at in ground.entry_of]
    return View(
        ground,
        vectors,
        unit(raw - raw.mean(axis=0)),
        raw.mean(axis=0),
        {word: np.array(rows, dtype=np.int64) for word, rows in rows_with.items()},
        find_people(ground.texts, names),
        _flags([kind in INWARD_KINDS for kind in kinds]),
        _flags([kind == "dream" for kind in kinds]),
        _flags([kind == "list" for kind in kinds]),
        standard(np.log(sure / (1 - sure))),
        np.array([math.log(1 + len(text.split())) for text in ground.texts], dtype=np.float32),
    )


def _flags(values: Sequence[bool]) -> Floats:
    return np.array(values, dtype=np.float32)


def standard(values: Floats) -> Floats:
    """In standard deviations from the mean."""
    return np.asarray((values - values.mean()) / (values.std() + 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one lesson: how near every passage is to each of its own, in context and as it stands."""

    in_context: Floats
    plain: Floats


def signs_of(
    view: View, lessons: Sequence[Lesson], likeness: Sequence[Likeness] | None = None
) -> Floats:
    """Lessons x passages x signs. `likeness` is given where many lessons were compared at once."""
    likeness = likeness or likeness_of(view, lessons)
    nearest = np.array([_two_nearest(like.in_context) for like in likeness])
    rows = []
    for at, lesson in enumerate(lessons):
        columns = [
            *_by_meaning(view.vectors, lesson, likeness[at].in_context, nearest[at]),
            *_plain_meaning(view.plain, lesson, likeness[at].plain),
            *_against_others(view, lessons, nearest, at),
            *_by_words(view, lesson),
            *_by_label(view, lesson),
            *_by_person(view, lesson),
            *_by_place(view, lesson),
        ]
        rows.append(np.stack(columns, axis=1))
    return np.asarray(rows, dtype=np.float32)


def likeness_of(view: View, lessons: Sequence[Lesson]) -> list[Likeness]:
    """All lessons in one multiplication: a long journal is read from memory once, not once for each."""
    pairs = zip(_near(view.vectors, lessons), _near(view.plain, lessons), strict=True)
    return [Likeness(in_context, plain) for in_context, plain in pairs]


def _near(vectors: Floats, lessons: Sequence[Lesson]) -> list[Floats]:
    """How near every passage is to those of each lesson; a passage does not vouch for itself."""
    rows = [row for lesson in lessons for row in lesson.yes]
    near = vectors @ vectors[rows].T
    near[rows, np.arange(len(rows))] = 0.0
    ends = np.cumsum([len(lesson.yes) for lesson in lessons])[:-1]
    return [np.ascontiguousarray(part) for part in np.split(near, ends, axis=1)]


def _two_nearest(near: Floats) -> Floats:
    two = np.sort(near, axis=1)[:, -2:]
    return np.asarray(two.mean(axis=1), dtype=np.float32)


def _to_refused(vectors: Floats, lesson: Lesson) -> Floats:
    if not lesson.no:
        return np.zeros(len(vectors), dtype=np.float32)
    return np.asarray((vectors @ vectors[list(lesson.no)].T).max(axis=1), dtype=np.float32)


def _to_middle(vectors: Floats, lesson: Lesson) -> Floats:
    return np.asarray(vectors @ unit(vectors[list(lesson.yes)].mean(axis=0)), dtype=np.float32)


def _by_meaning(vectors: Floats, lesson: Lesson, near: Floats, two_nearest: Floats) -> list[Floats]:
    middle = _to_middle(vectors, lesson)
    rank = np.log1p(np.argsort(np.argsort(-middle, kind="stable"))).astype(np.float32)
    held = near[list(lesson.yes)]
    pairs = max(1, len(lesson.yes) * (len(lesson.yes) - 1))
    return [
        near.max(axis=1),
        two_nearest,
        near.mean(axis=1),
        middle,
        standard(middle),
        rank,
        _to_refused(vectors, lesson),
        np.full(len(vectors), held.sum() / pairs, dtype=np.float32),
        np.full(len(vectors), len(lesson.yes), dtype=np.float32),
    ]


def _plain_meaning(vectors: Floats, lesson: Lesson, near: Floats) -> list[Floats]:
    return [near.max(axis=1), _to_middle(vectors, lesson), _to_refused(vectors, lesson)]


def _against_others(
    view: View, lessons: Sequence[Lesson], nearest: Floats, at: int
) -> list[Floats]:
    """Whether another theme is nearer, and whether a passage or its neighbour is another's."""
    count = len(view.length)
    others = [other for other in range(len(lessons)) if other != at]
    if not others:
        nothing = np.zeros(count, dtype=np.float32)
        return [nothing, nearest[at], nothing, nothing, nothing]
    best = nearest[others].max(axis=0)
    nearer = (nearest[others] > nearest[at]).sum(axis=0).clip(0, 5).astype(np.float32)
    marked = np.zeros(count, dtype=np.float32)
    marked[[row for other in others for row in lessons[other].yes]] = 1
    return [best, nearest[at] - best, nearer, marked, beside(marked, view.ground.entry_of)]


def beside(values: Floats, entry_of: NDArray[np.int64]) -> Floats:
    """The larger value of the two neighbours in the same entry."""
    found = np.zeros_like(values)
    same = entry_of[1:] == entry_of[:-1]
    found[..., 1:] = values[..., :-1] * same
    found[..., :-1] = np.maximum(found[..., :-1], values[..., 1:] * same)
    return found


def _by_words(view: View, lesson: Lesson) -> list[Floats]:
    """Shared words by rarity: their sum, the best one, and those shared with what was refused."""
    count = len(view.length)
    total, best = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    refused = np.zeros(count, dtype=np.float32)
    held = Counter(word for row in lesson.yes for word in view.ground.words[row])
    own = np.zeros(count, dtype=np.int64)
    own[list(lesson.yes)] = 1
    for word in sorted(held):
        rarity, rows = view.ground.rarity[word], view.rows_with[word]
        others = held[word] - own[rows]
        rows, others = rows[others > 0], others[others > 0]
        total[rows] += rarity * np.where(others == 1, 1, SHARED_TWICE)
        best[rows] = np.maximum(best[rows], rarity * np.sqrt(others))
    for word in sorted({word for row in lesson.no for word in view.ground.words[row]}):
        refused[view.rows_with[word]] += view.ground.rarity[word]
    return [total, best, refused]


def _by_label(view: View, lesson: Lesson) -> list[Floats]:
    """The name that the theme has: its words, and its meaning."""
    count = len(view.length)
    named = np.zeros(count, dtype=np.float32)
    for word in sorted({word.folded for word in content_words(lesson.label)}):
        if word in view.rows_with:
            named[view.rows_with[word]] += view.ground.rarity[word]
    if lesson.label_vector is None:
        return [named, np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)]
    near = view.plain @ unit(lesson.label_vector - view.mean)
    return [named, near, standard(near)]


def _by_person(view: View, lesson: Lesson) -> list[Floats]:
    """Whether the theme is a person, and whether that person is named here or just beside."""
    count = len(view.length)
    named, about = np.zeros(count, dtype=np.float32), 0.0
    for person in view.people:
        share = len(set(lesson.yes) & set(person.passages)) / max(1, len(lesson.yes))
        in_label = any(says_name(lesson.label, form) for form in person.forms)
        if in_label or share >= NAMES_ITS_PERSON:
            named[list(person.passages)] = 1
            about = max(about, 1.0 if in_label else share)
    near = beside(named, view.ground.entry_of) * (1 - named)
    return [named, np.full(count, about, dtype=np.float32), near]


def says_name(label: str, form: str) -> bool:
    """Whether a label says this form of a person."""
    return re.search(rf"\b{re.escape(bare(form))}\b", label.lower()) is not None


def _by_place(view: View, lesson: Lesson) -> list[Floats]:
    """Kind, inner weight, the entry it stands in, and its length."""
    yes = list(lesson.yes)
    entry_of = view.ground.entry_of
    count = len(view.length)
    kinds = view.ground.kinds
    alike = kinds @ kinds[yes].mean(axis=0) if kinds is not None else np.zeros(count, np.float32)
    chosen = np.zeros(count, dtype=np.float32)
    chosen[yes] = 1
    same_entry = np.isin(entry_of, entry_of[yes]).astype(np.float32)
    next_to = beside(chosen, entry_of)
    flags = [view.inward, view.dream, view.lists]
    return [np.asarray(alike), view.weight, *flags, same_entry, next_to, view.length]
