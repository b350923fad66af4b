"""Finds the themes of a journal: what returns, in the person's own words.

Deterministic. Leaves out pages, storage and the question what anything means.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from afterglow.core.themes.choosing import chosen
from afterglow.core.themes.course import course_of, evidence_of, turn_of
from afterglow.core.themes.decide import apply_decisions, without_refused
from afterglow.core.themes.ground import Ground, lay_ground
from afterglow.core.themes.grouping import MOST_GROUPS, Group, choose, person_groups, word_groups
from afterglow.core.themes.labels import kind_of, label_of, terms_of, why_of
from afterglow.core.themes.links import links_between
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.reach import reached
from afterglow.core.themes.taught import taught_groups
from afterglow.core.themes.themes import (
    Analysis,
    Course,
    Decisions,
    Entry,
    Mark,
    Mention,
    PassageVectors,
    Theme,
)

LEAST_ENTRIES = 5
SAME_THEME = 0.3
# Parts of a journal that are found first, where nothing is known of it: shorter ones say little, longer ones are
# steady by themselves and would cost as much again.
LEAST_PART = 16
MOST_PART = 256
NOTHING_DECIDED = Decisions()


class FeelingReader(Protocol):
    """What reads feelings from passages; the learned head is one."""

    def of(self, passages: Sequence[str], vectors: Any) -> list[dict[str, float]]:
        """Feelings with their probability, a dict per passage."""


def find_themes(
    entries: Sequence[Entry],
    *,
    meaning: Meaning | None,
    marks: Sequence[Mark] = (),
    previous: Sequence[Theme] = (),
    passage_vectors: Mapping[str, PassageVectors] | None = None,
    decisions: Decisions = NOTHING_DECIDED,
    feelings: FeelingReader | None = None,
) -> Analysis:
    """Themes most telling first; fewer than five entries give only what the person marked."""
    ground = lay_ground(entries, meaning, passage_vectors)
    return find_on(
        ground,
        meaning=meaning,
        marks=marks,
        previous=previous,
        decisions=decisions,
        feelings=feelings,
    )


def find_on(
    ground: Ground,
    *,
    meaning: Meaning | None,
    marks: Sequence[Mark] = (),
    previous: Sequence[Theme] = (),
    decisions: Decisions = NOTHING_DECIDED,
    feelings: FeelingReader | None = None,
) -> Analysis:
    """As `find_themes`, for who needs the ground afterwards too."""
    previous = previous or themes_of_a_part(ground, meaning)
    taught = taught_groups(ground, marks, meaning)
    enough = len(ground.entries) >= LEAST_ENTRIES
    untaught = _untaught(ground, _rows(taught), _standing(ground, previous)) if enough else []
    themes = _themes(ground, taught, untaught)
    themes = without_refused(_with_known_ids(themes, previous), marks)
    analysis = analysis_of(ground, apply_decisions(themes, decisions))
    return replace(analysis, entry_feelings=feelings_of(ground, feelings)) if feelings else analysis


def themes_of_a_part(ground: Ground, meaning: Meaning | None) -> tuple[Theme, ...]:
    """The themes of the first 16, 32 ... or 256 entries, as they were when there were no more of them.

    A journal that has grown is so read from where it stood, also by who remembers nothing of it. A part of
    twice the size takes its place as soon as there is one.
    """
    size = 1 << max(0, len(ground.entries).bit_length() - 1)
    if size == len(ground.entries) or not LEAST_PART <= size <= MOST_PART or not ground.kept:
        return ()
    part = lay_ground(ground.entries[:size], meaning, ground.kept)
    return tuple(_themes(part, [], _untaught(part, set())))


def _standing(ground: Ground, previous: Sequence[Theme]) -> list[frozenset[int]]:
    """The rows of earlier themes that still stand where they stood."""
    if not previous:
        return []
    row_at = {
        (ground.entries[at].id, start): row
        for row, (at, (start, _)) in enumerate(zip(ground.entry_of, ground.spans, strict=True))
    }
    places = [[row_at.get((m.entry, m.start)) for m in theme.mentions] for theme in previous]
    found = [frozenset(row for row in own if row is not None) for own in places]
    return [rows for rows in found if rows]


def _untaught(
    ground: Ground, already: set[int], standing: Sequence[frozenset[int]] = ()
) -> list[Group]:
    """What returns without being taught: by learned reach, or by plain nearness and words."""
    groups = reached(ground)
    if groups is not None:
        return chosen(ground, groups, sorted(already), standing)
    people = person_groups(ground)
    return [*people, *choose(ground, word_groups(ground), MOST_GROUPS - len(people), already)]


def analysis_of(ground: Ground, themes: Sequence[Theme]) -> Analysis:
    """Themes with what follows from them: which entry has which, and what comes together."""
    by_entry = {
        entry.id: tuple(theme.id for theme in themes if entry.id in theme.entries)
        for entry in ground.entries
    }
    model = next((kept.model for kept in ground.kept.values()), None)
    links = links_between(themes)
    return Analysis(
        tuple(themes), {}, by_entry, links, model, dict(ground.kept), centre=ground.centre
    )


def feelings_of(ground: Ground, reader: FeelingReader) -> dict[str, dict[str, float]]:
    """For each entry the strongest trace of every feeling in it."""
    found: dict[str, dict[str, float]] = {entry.id: {} for entry in ground.entries}
    rows = np.vstack([kept.rows for kept in ground.kept.values()]) if ground.kept else None
    for at, feelings in zip(ground.entry_of, reader.of(ground.texts, rows), strict=True):
        own = found[ground.entries[at].id]
        for name, share in feelings.items():
            own[name] = max(own.get(name, 0.0), round(float(share), 3))
    return found


def _themes(ground: Ground, taught: Sequence[Group], found: Sequence[Group]) -> list[Theme]:
    taken: set[str] = {group.name.lower() for group in taught}
    themes = [
        replace(theme_from(ground, group, group.name), why=("you_taught",)) for group in taught
    ]
    untaught = []
    for group in found:
        label = label_of(ground, group, taken)
        taken.add(label.lower())
        untaught.append((_telling(ground, group), theme_from(ground, group, label)))
    front = sorted(untaught[:MOST_GROUPS], key=lambda pair: (-pair[0], pair[1].id))
    return [*themes, *(theme for _, theme in (*front, *untaught[MOST_GROUPS:]))]


def _rows(groups: Sequence[Group]) -> set[int]:
    return {row for group in groups for row in group.rows}


def _telling(ground: Ground, group: Group) -> float:
    """How much a group would matter: inner passages, and sittings it was seen in."""
    sittings = {ground.entries[ground.entry_of[row]].sitting for row in group.rows} - {None}
    return float(ground.weight[list(group.rows)].sum()) * (1 + 0.15 * len(sittings))


def mention_of(ground: Ground, row: int, strength: float) -> Mention:
    """The exact quote of one row."""
    entry = ground.entries[ground.entry_of[row]]
    start, end = ground.spans[row]
    return Mention(entry.id, start, end, entry.text[start:end], round(strength, 3))


def theme_from(ground: Ground, group: Group, label: str) -> Theme:
    """A group as the theme that is shown."""
    mentions = [
        mention_of(ground, row, strength)
        for row, strength in zip(group.rows, group.strengths, strict=True)
    ]
    places = sorted({int(ground.entry_of[row]) for row in group.rows})
    course, evidence = _course(ground, sorted(group.rows), places)
    by_sitting = Counter(
        str(ground.entries[ground.entry_of[row]].sitting)
        for row in group.rows
        if ground.entries[ground.entry_of[row]].sitting is not None
    )
    return Theme(
        id=hashlib.sha256(group.key.encode()).hexdigest()[:12],
        type=kind_of(ground, group),
        label=label,
        terms=terms_of(ground, group),
        mentions=tuple(mentions),
        entries=tuple(ground.entries[at].id for at in places),
        by_sitting=dict(sorted(by_sitting.items(), key=lambda pair: int(pair[0]))),
        first=ground.entries[places[0]].written_on,
        last=ground.entries[places[-1]].written_on,
        course=course,
        course_evidence=evidence,
        why=why_of(ground, group, places),
        uncertain=tuple(mention_of(ground, row, 0.5) for row in group.near),
    )


def _course(
    ground: Ground, rows: Sequence[int], places: Sequence[int]
) -> tuple[Course, tuple[Mention, Mention] | None]:
    """How it runs, with the first and the latest quote, or those on both sides of a change."""
    course = course_of(places, len(ground.entries))
    turn = _turn(ground, rows, places) if course == "steady" else None
    if turn is None:
        return course, evidence_of([mention_of(ground, row, 1.0) for row in rows])
    before, after = (mention_of(ground, row, 1.0) for row in turn)
    return "changed", (before, after)


def _turn(ground: Ground, rows: Sequence[int], places: Sequence[int]) -> tuple[int, int] | None:
    """Entry by entry, since passages of one entry are alike anyway and would look like a change."""
    if ground.vectors is None:
        return None
    own = [[row for row in rows if ground.entry_of[row] == at] for at in places]
    turn = turn_of(np.array([ground.vectors[some].mean(axis=0) for some in own]))
    return (own[turn[0]][0], own[turn[1]][0]) if turn else None


def _with_known_ids(themes: Sequence[Theme], previous: Sequence[Theme]) -> list[Theme]:
    """A theme that is mostly an earlier one keeps the earlier one's id."""
    free = {theme.id: _places(theme) for theme in previous}
    own = {theme.id for theme in themes}
    renamed = []
    for theme in themes:
        here = _places(theme)
        likeness = {key: len(here & old) / len(here | old) for key, old in free.items() if old}
        best = max(likeness, key=lambda key: (likeness[key], key), default=None)
        if theme.id in free or best is None or likeness[best] < SAME_THEME or best in own:
            free.pop(theme.id, None)
            renamed.append(theme)
            continue
        free.pop(best)
        renamed.append(replace(theme, id=best))
    return renamed


def _places(theme: Theme) -> set[tuple[str, int]]:
    return {(mention.entry, mention.start) for mention in theme.mentions}
