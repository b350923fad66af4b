"""Holds what the person decided about themes: renamed, merged, split, pinned, dismissed."""

from collections.abc import Sequence
from dataclasses import replace

from afterglow.core.themes.themes import Decisions, Mark, Mention, Theme


def apply_decisions(themes: Sequence[Theme], decisions: Decisions) -> list[Theme]:
    """The themes as the person wants them; pinned ones first."""
    by_id = {theme.id: theme for theme in themes}
    for source, target in decisions.merged.items():
        if source in by_id and target in by_id and source != target:
            by_id[target] = _joined(by_id[target], by_id.pop(source))
    for theme_id, away in decisions.split.items():
        if theme_id in by_id:
            by_id[theme_id] = _without(by_id[theme_id], set(away))
    kept = [
        replace(theme, label=decisions.renamed.get(theme.id, theme.label))
        for theme in by_id.values()
        if theme.id not in decisions.dismissed and theme.mentions
    ]
    return sorted(kept, key=lambda theme: theme.id not in decisions.pinned)


def without_refused(themes: Sequence[Theme], marks: Sequence[Mark]) -> list[Theme]:
    """Each theme without the passages the person said are not part of it."""
    refused = [mark for mark in marks if not mark.belongs]
    return [
        _without(
            theme,
            {
                (mention.entry, mention.start, mention.end)
                for mention in theme.mentions
                if any(_refuses(mark, theme, mention) for mark in refused)
            },
        )
        for theme in themes
    ]


def _refuses(mark: Mark, theme: Theme, mention: Mention) -> bool:
    return (
        mark.theme_label == theme.label
        and mark.entry == mention.entry
        and mark.start < mention.end
        and mention.start < mark.end
    )


def _joined(into: Theme, source: Theme) -> Theme:
    mentions = {(m.entry, m.start, m.end): m for m in (*source.mentions, *into.mentions)}
    ordered = sorted(mentions.values(), key=lambda m: (-m.strength, m.entry, m.start))
    sittings = {
        key: into.by_sitting.get(key, 0) + source.by_sitting.get(key, 0)
        for key in sorted({*into.by_sitting, *source.by_sitting}, key=int)
    }
    return replace(
        into,
        mentions=tuple(ordered),
        entries=tuple(dict.fromkeys((*into.entries, *source.entries))),
        by_sitting=sittings,
        terms=tuple(dict.fromkeys((*into.terms, *source.terms))),
        first=min(into.first, source.first),
        last=max(into.last, source.last),
    )


def _without(theme: Theme, away: set[tuple[str, int, int]]) -> Theme:
    def stays(mention: Mention) -> bool:
        return (mention.entry, mention.start, mention.end) not in away

    mentions = tuple(mention for mention in theme.mentions if stays(mention))
    here = {mention.entry for mention in mentions}
    entries = tuple(entry for entry in theme.entries if entry in here)
    return replace(theme, mentions=mentions, entries=entries)
