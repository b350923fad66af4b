"""Decisions about themes: name, matter, put away, merge, split, start, say what it means, teach.

Every decision is a document, and keeps the passages by which its theme is known again.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import msgspec

from afterglow.core.themes.decided import Place, id_of_label
from afterglow.core.themes.themes import Kind, Mention, Theme
from afterglow.insights.documents import Passage, ThemeDecision, ThemeMark
from afterglow.insights.queries import decided, themes
from afterglow.vault.open_vault import OpenVault

MOST_PUT_OFF = 200


def decide(*, vault: OpenVault, theme: Theme, **changes: object) -> None:
    """Change one thing about a theme and keep what was decided before."""
    before = decided.decision(vault, theme.id)
    kept = before or ThemeDecision(theme=theme.id, kind_of=theme.type)
    changed = msgspec.structs.replace(
        kept,
        **{
            "found_as": kept.found_as or _label_of(vault, theme),
            "passages": as_passages(theme.mentions) or kept.passages,
        }
        | changes,
    )
    stored = decided.head(vault, theme.id)
    vault.put(changed, record=stored.id if stored else None)


def _label_of(vault: OpenVault, theme: Theme) -> str:
    """Its label, unless another theme's marks go by that already."""
    own = theme.id == id_of_label(theme.label)
    return theme.label if own else _unused(vault, theme.label)


def as_passages(mentions: Iterable[Mention]) -> tuple[Passage, ...]:
    """Quotes as they are kept with a decision."""
    return tuple(
        Passage(entry=UUID(m.entry), start=m.start, end=m.end, quote=m.quote) for m in mentions
    )


def mark(*, vault: OpenVault, theme: Theme, passage: Passage, belongs: bool) -> None:
    """Part of this, or not this."""
    with vault.together():
        if decided.head(vault, theme.id) is None:
            decide(vault=vault, theme=theme)
        kept = decided.decision(vault, theme.id)
        label = kept.found_as if kept and kept.found_as else theme.label
        vault.put(_mark(label, passage, belongs=belongs))


def take_back(*, vault: OpenVault, theme: Theme, place: Place) -> None:
    """A tap too many: the passage is as unmarked as it was before."""
    kept = decided.head(vault, theme.id)
    label = kept.document.found_as if kept else theme.label
    with vault.together():
        for record in decided.marks_at(vault, label, place):
            vault.delete(record)


def _mark(label: str, passage: Passage, *, belongs: bool) -> ThemeMark:
    return ThemeMark(
        label=label,
        entry=passage.entry,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        belongs=belongs,
    )


def start_theme(
    *,
    vault: OpenVault,
    name: str,
    passages: Iterable[Passage],
    without: Iterable[Passage] = (),
    kind_of: Kind = "theme",
) -> str:
    """A theme from these passages and not from those, under the person's name for it; gives its id."""
    label = _unused(vault, name)
    own = tuple(passages)
    kept = ThemeDecision(
        theme=id_of_label(label),
        found_as=label,
        renamed=name,
        started=True,
        passages=own,
        kind_of=kind_of,
    )
    marks = [_mark(label, passage, belongs=True) for passage in own]
    marks += [_mark(label, passage, belongs=False) for passage in without]
    with vault.together():
        vault.put(kept)
        vault.put_all([(uuid4(), each) for each in marks])
    return kept.theme


def _unused(vault: OpenVault, name: str) -> str:
    """The label of marks names one theme only, even where two have the same name."""
    taken = {stored.document.found_as for stored in decided.decisions(vault).values()}
    taken |= {stored.document.label for stored in vault.heads(ThemeMark)}
    label, number = name, 2
    while label in taken:
        label, number = f"{name} {number}", number + 1
    return label


def merge(*, vault: OpenVault, source: Theme, into: Theme) -> None:
    """One theme of two; the name and the meaning of the second stay."""
    with vault.together():
        decide(vault=vault, theme=into, merged_into="")
        decide(vault=vault, theme=source, merged_into=into.id)


def split(*, vault: OpenVault, theme: Theme, name: str, passages: Iterable[Passage]) -> str:
    """Take passages out into a theme of their own, where those left behind are not; gives its id."""
    own = tuple(passages)
    before = decided.decision(vault, theme.id)
    away = dict.fromkeys((*(before.split_off if before else ()), *own))
    left = [passage for passage in as_passages(theme.mentions) if passage not in own]
    with vault.together():
        decide(vault=vault, theme=theme, split_off=tuple(away))
        return start_theme(vault=vault, name=name, passages=own, without=left, kind_of=theme.type)


def not_now(*, vault: OpenVault, place: Place, today: date) -> None:
    """This passage is not asked about again today."""
    off = {*themes.put_off_today(vault, today), place}
    words = sorted(f"{one.entry}-{one.start}-{one.end}" for one in off)
    vault.keep_draft(
        themes.NOT_NOW, {"day": today.isoformat(), "places": " ".join(words[-MOST_PUT_OFF:])}
    )
