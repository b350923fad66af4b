"""Shapes what was found into what the person made of it: named, merged, split, taught, put away, started.

A decision knows its theme by the passages that were in it, so it holds when all is found anew, and a
theme that is no longer found is made again from them. Leaves out storage, and any opinion.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np

from afterglow.core.themes.decided import Held, Place, Shaped
from afterglow.core.themes.find import theme_from
from afterglow.core.themes.ground import Floats, Ground
from afterglow.core.themes.grouping import Group
from afterglow.core.themes.labels import label_of
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.signs import View, view_of
from afterglow.core.themes.taught import rows_of, taught_group
from afterglow.core.themes.themes import Mark, Mention, PassageVectors, Theme

# How many of a theme's quotes vouch for it beside those that were marked.
VOUCHING = 5
SURE = 1.0
LEAST_LIKENESS = 0.3
SAME = 0.6


def as_known(held: Iterable[Held]) -> list[Theme]:
    """Decided themes as earlier ones, so that finding anew gives them their ids again."""
    return [
        Theme(
            one.id,
            one.kind,
            one.label,
            (),
            tuple(Mention(place.entry, place.start, place.end, "", SURE) for place in one.places),
            (),
            {},
            date.min,
            date.min,
            "steady",
            None,
        )
        for one in held
        if one.places
    ]


def next_to_ask(theme: Theme, held: Held | None, not_now: Collection[Place] = ()) -> Mention | None:
    """The nearest passage that is neither in the theme, nor refused, nor put off."""
    settled = {Place(m.entry, m.start, m.end) for m in theme.mentions} | set(not_now)
    if held is not None:
        settled |= {*held.no, *held.away}
    return next((m for m in theme.uncertain if Place(m.entry, m.start, m.end) not in settled), None)


class Shaper:
    """Themes found on one ground, shaped by decisions. What was shaped once is kept: a tap redoes one theme."""

    def __init__(
        self, ground: Ground, found: Sequence[Theme], meaning: Meaning | None = None
    ) -> None:
        self.ground = ground
        self._meaning = meaning
        self._found = {theme.id: theme for theme in found}
        self._row_at = {
            (ground.entries[at].id, span[0]): row
            for row, (at, span) in enumerate(zip(ground.entry_of, ground.spans, strict=True))
        }
        self._made: dict[Held, Theme | None] = {}

    def shaped(self, held: Sequence[Held]) -> Shaped:
        """The themes as the person wants them: those that matter to them first, then what they taught."""
        by_id = {one.id: one for one in held}
        own = {one.id: self._one(one) for one in held}
        made = {key: theme for key, theme in own.items() if theme is not None}
        joined, merged = self._merged(made, by_id)
        same = self._same_people(joined, by_id)
        rest = [
            theme
            for theme in self._found.values()
            if theme.id not in {*by_id, *same}
            and not any(_alike(theme, other) for other in joined.values())
        ]
        away = [theme for key, theme in joined.items() if key in by_id and by_id[key].dismissed]
        shown = [theme for theme in joined.values() if theme not in away]
        order = {key: place for place, key in enumerate(self._found)}
        ranked = sorted([*shown, *rest], key=lambda theme: _rank(theme, by_id, order))
        known = {**self._found, **made}
        alone = tuple(known[target] for target in dict.fromkeys(into for _, into in merged))
        return Shaped(tuple(ranked), tuple(away), tuple(merged), alone)

    def like(self, place: Place, label: str = "") -> Theme | None:
        """What may belong with one passage; under a label of its own unless one is given."""
        mark = Mark(label, place.entry, place.start, place.end, belongs=True)
        if not rows_of(self.ground, mark):
            return None
        group = self._group(label, [mark])
        return theme_from(self.ground, group, label or label_of(self.ground, group, set()))

    def passages_of(self, entry: str) -> list[Mention]:
        """Every passage of an entry, in order."""
        return [
            self._mention(row)
            for row, at in enumerate(self.ground.entry_of)
            if self.ground.entries[at].id == entry
        ]

    def nearest(self, asked: Floats, most: int) -> list[Mention]:
        """The passages nearest to a vector of meaning, nearest first; none without a model."""
        if not self.ground.kept:
            return []
        likeness = np.vstack([k.rows for k in self._kept()]).astype(np.float32) @ asked
        order = np.argsort(-likeness, kind="stable")[:most]
        return [
            self._mention(int(row), float(likeness[row]))
            for row in order
            if likeness[row] >= LEAST_LIKENESS
        ]

    def sample(self, most: int) -> list[Mention]:
        """Passages spread evenly over the journal."""
        step = max(1, -(-len(self.ground.texts) // most))
        return [self._mention(row) for row in range(0, len(self.ground.texts), step)]

    def read(self, mentions: Sequence[Mention]) -> tuple[list[str], Floats | None]:
        """The texts of these passages, and their vectors where there is a model."""
        texts = [mention.quote for mention in mentions]
        if not self.ground.kept:
            return texts, None
        rows = [self.ground.kept[m.entry].rows[self._place_in_entry(m)] for m in mentions]
        return texts, np.asarray(rows, dtype=np.float32)

    def _place_in_entry(self, mention: Mention) -> int:
        spans = self.ground.kept[mention.entry].spans
        return next(at for at, span in enumerate(spans) if span[0] == mention.start)

    def _kept(self) -> Iterable[PassageVectors]:
        """Vectors of the entries in the order of the ground."""
        return (self.ground.kept[entry.id] for entry in self.ground.entries)

    def _mention(self, row: int, strength: float = SURE) -> Mention:
        entry = self.ground.entries[self.ground.entry_of[row]]
        start, end = self.ground.spans[row]
        return Mention(entry.id, start, end, entry.text[start:end], round(strength, 3))

    def _one(self, held: Held) -> Theme | None:
        if held not in self._made:
            self._made[held] = self._make(held)
        return self._made[held]

    def _make(self, held: Held) -> Theme | None:
        base = self._found.get(held.id)
        refused = self._rows([*held.no, *held.away])
        if held.started or (held.kind != "person" and self._rows(held.yes)):
            return self._taught(held, base, refused)
        if base is not None and not refused and not held.yes:
            return replace(base, label=held.name or held.label or base.label)
        known = base.mentions if base is not None else ()
        strengths = {self._row_at[m.entry, m.start]: m.strength for m in known}
        if base is None:
            strengths = dict.fromkeys(self._rows(held.places), SURE)
        strengths |= dict.fromkeys(self._rows(held.yes), SURE)
        near = base.uncertain if base is not None else ()
        return self._from_rows(held, strengths, refused, near)

    def _taught(self, held: Held, base: Theme | None, refused: set[int]) -> Theme | None:
        """What was marked, and for a theme that was found a few of its own quotes, and what is like them."""
        vouching = () if held.started else held.places or _places(base)
        yes = dict.fromkeys([*held.yes, *vouching[:VOUCHING]])
        marks = [Mark(held.label, p.entry, p.start, p.end, belongs=True) for p in yes]
        marks += [Mark(held.label, p.entry, p.start, p.end, belongs=False) for p in held.no]
        if not self._rows(yes):
            return None
        group = self._group(held.name or held.label, marks)
        strengths = dict(zip(group.rows, group.strengths, strict=True))
        near = tuple(self._mention(row, 0.5) for row in group.near)
        why = "you_started_it" if held.started else "you_taught"
        theme = self._from_rows(held, strengths, refused, near)
        return theme and replace(theme, why=(why,))

    def _group(self, label: str, marks: Sequence[Mark]) -> Group:
        meaning = self._meaning if label else None
        return taught_group(self.ground, label, marks, meaning, self._view)

    @cached_property
    def _view(self) -> View | None:
        """What every tap needs of the ground, made with the first one."""
        vectors = self.ground.vectors
        return view_of(self.ground, vectors) if vectors is not None else None

    def _from_rows(
        self,
        held: Held,
        strengths: Mapping[int, float],
        refused: Collection[int],
        near: Sequence[Mention],
    ) -> Theme | None:
        rows = [row for row in strengths if row not in refused]
        if not rows:
            return None
        rows.sort(key=lambda row: (-strengths[row], row))
        is_person = held.kind == "person"
        terms = tuple(held.label.split()) if is_person else (held.label,)
        group = Group(
            f"held:{held.id}",
            is_person,
            held.label,
            tuple(rows),
            tuple(strengths[row] for row in rows),
            (),
            terms,
        )
        theme = theme_from(self.ground, group, held.name or held.label)
        return replace(theme, id=held.id, type=held.kind, uncertain=tuple(near))

    def _rows(self, places: Iterable[Place]) -> set[int]:
        """The passages that stand exactly there, or else that share the better half with it."""
        found: set[int] = set()
        for place in places:
            row = self._row_at.get((place.entry, place.start))
            if row is not None and self.ground.spans[row][1] == place.end:
                found.add(row)
            else:
                mark = Mark("", place.entry, place.start, place.end, belongs=True)
                found.update(rows_of(self.ground, mark))
        return found

    def _merged(
        self, made: Mapping[str, Theme], held: Mapping[str, Held]
    ) -> tuple[dict[str, Theme], list[tuple[Theme, str]]]:
        """Themes joined to the ones they were merged into, and which went where."""
        known = {**self._found, **made}
        into = {key: _last(key, held, known) for key in made}
        merged = [(made[key], target) for key, target in into.items() if target != key]
        joined = {key: theme for key, theme in made.items() if into[key] == key}
        for source, target in merged:
            one = joined.get(target) or known[target]
            joined[target] = self._joined(one, source)
        return joined, merged

    def _same_people(self, joined: dict[str, Theme], held: Mapping[str, Held]) -> set[str]:
        """People that were found under the name of one the person keeps go into that one."""
        kept = {theme.label.lower(): key for key, theme in joined.items() if theme.type == "person"}
        same = set()
        for theme in self._found.values():
            key = kept.get(theme.label.lower()) if theme.type == "person" else None
            if key is not None and theme.id not in held:
                refused = self._rows([*held[key].no, *held[key].away]) if key in held else set()
                joined[key] = self._joined(joined[key], theme, refused)
                same.add(theme.id)
        return same

    def _joined(self, into: Theme, source: Theme, refused: Collection[int] = ()) -> Theme:
        strengths = {
            self._row_at[m.entry, m.start]: m.strength for m in (*source.mentions, *into.mentions)
        }
        held = Held(into.id, into.label, into.type)
        near = (*into.uncertain, *source.uncertain)
        theme = self._from_rows(held, strengths, refused, near)
        return replace(theme, why=into.why) if theme else into


def _last(key: str, held: Mapping[str, Held], known: Mapping[str, Theme]) -> str:
    """Where a chain of merges ends; a ring or a theme that is gone ends it before."""
    seen = [key]
    while key in held and held[key].into in known and held[key].into not in seen:
        key = held[key].into
        seen.append(key)
    return key


def _rank(
    theme: Theme, held: Mapping[str, Held], order: Mapping[str, int]
) -> tuple[bool, bool, int]:
    one = held.get(theme.id)
    theirs = one is not None and (one.started or bool(one.yes))
    return (one is None or not one.pinned, not theirs, order.get(theme.id, len(order)))


def _places(theme: Theme | None) -> tuple[Place, ...]:
    return tuple(Place(m.entry, m.start, m.end) for m in theme.mentions) if theme else ()


def _alike(one: Theme, other: Theme) -> bool:
    """Whether the smaller one is mostly in the other; a person is like another person only."""
    if (one.type == "person") != (other.type == "person"):
        return False
    here = {(m.entry, m.start) for m in one.mentions}
    there = {(m.entry, m.start) for m in other.mentions}
    return len(here & there) >= SAME * min(len(here), len(there)) if here and there else False
