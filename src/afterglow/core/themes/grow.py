"""Adds to themes that stand: one more entry, or a theme started from one sentence.

Leaves everything found before as it is; finding anew is for `find_themes`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from afterglow.core.themes.course import course_of, evidence_of
from afterglow.core.themes.find import analysis_of, mention_of, theme_from
from afterglow.core.themes.ground import Ground, lay_ground, lay_light_ground
from afterglow.core.themes.grouping import scores_of
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.taught import rows_of, taught_group
from afterglow.core.themes.themes import Analysis, Entry, Mark, Theme

JOINS = 0.45
MOST_JOINING = 2
NAMED_STRENGTH = 0.8


def add_entry(
    analysis: Analysis, entries: Sequence[Entry], entry: Entry, *, meaning: Meaning | None
) -> Analysis:
    """The analysis with one more entry; `entries` are those it was made of."""
    same = analysis.model == getattr(meaning, "name", None)
    shown: dict[str, set[int]] = {}
    for mention in (mention for theme in analysis.themes for mention in theme.mentions):
        shown.setdefault(mention.entry, set()).add(mention.start)
    ground = lay_light_ground(
        [*entries, entry],
        meaning,
        analysis.vectors if same else {},
        shown=shown,
        centre=analysis.centre if same else None,
    )
    row_at = {
        (ground.entries[at].id, span[0]): row
        for row, (at, span) in enumerate(zip(ground.entry_of, ground.spans, strict=True))
    }
    fresh = [row for row, at in enumerate(ground.entry_of) if ground.entries[at].id == entry.id]
    themes = [_with_rows(ground, theme, fresh, row_at) for theme in analysis.themes]
    return replace(analysis_of(ground, themes), entry_feelings=analysis.entry_feelings)


def _with_rows(
    ground: Ground, theme: Theme, fresh: Sequence[int], row_at: Mapping[tuple[str, int], int]
) -> Theme:
    """The theme with those new passages that are near enough to it or name its person."""
    wanted = ((mention.entry, mention.start) for mention in theme.mentions)
    rows = [row_at[place] for place in wanted if place in row_at]
    joining = _named(ground, theme, fresh) if theme.type == "person" else _near(ground, rows, fresh)
    if not joining:
        return theme
    added = [mention_of(ground, row, strength) for row, strength in joining]
    mentions = sorted((*theme.mentions, *added), key=lambda m: -m.strength)
    together = sorted({*rows, *(row for row, _ in joining)})
    places = sorted({int(ground.entry_of[row]) for row in together})
    by_sitting = dict(theme.by_sitting)
    for row, _ in joining:
        sitting = ground.entries[ground.entry_of[row]].sitting
        if sitting is not None:
            by_sitting[str(sitting)] = by_sitting.get(str(sitting), 0) + 1
    return replace(
        theme,
        mentions=tuple(mentions),
        entries=tuple(ground.entries[at].id for at in places),
        by_sitting=by_sitting,
        first=ground.entries[places[0]].written_on,
        last=ground.entries[places[-1]].written_on,
        course=theme.course
        if theme.course == "changed"
        else course_of(places, len(ground.entries)),
        course_evidence=theme.course_evidence
        if theme.course == "changed"
        else evidence_of([mention_of(ground, row, 1.0) for row in together]),
    )


def _named(ground: Ground, theme: Theme, fresh: Sequence[int]) -> list[tuple[int, float]]:
    """New passages that say a form of the person, *my sister* as well as a name."""
    forms = "|".join(sorted(map(re.escape, theme.terms), key=len, reverse=True))
    said = re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
    return [(row, NAMED_STRENGTH) for row in fresh if forms and said.search(ground.texts[row])]


def _near(ground: Ground, rows: Sequence[int], fresh: Sequence[int]) -> list[tuple[int, float]]:
    if not rows or ground.vectors is None:
        return []
    scores = zip(fresh, scores_of(ground, fresh, rows), strict=True)
    near = sorted((pair for pair in scores if pair[1] >= JOINS), key=lambda pair: -pair[1])
    return [(row, float(min(1.0, score))) for row, score in near[:MOST_JOINING]]


def like_this(
    entry_id: str,
    start: int,
    end: int,
    *,
    label: str,
    entries: Sequence[Entry],
    meaning: Meaning | None,
    analysis: Analysis | None = None,
) -> Theme:
    """A theme started from one sentence: what else is like this?"""
    ground = lay_ground(entries, meaning, analysis.vectors if analysis else None)
    mark = Mark(label, entry_id, start, end, belongs=True)
    if not rows_of(ground, mark):
        raise LookupError("no passage stands there")
    group = taught_group(ground, label, [mark])
    return replace(theme_from(ground, group, label), type="theme", why=("you_started_it",))
