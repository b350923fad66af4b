"""What the person decided about themes, read from their documents; passages are found again in edited entries."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from afterglow.core.themes.decided import Held, Place, id_of_label
from afterglow.insights.documents import Passage, ThemeDecision, ThemeMark
from afterglow.insights.queries.sources import text_of
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

Texts = Mapping[str, str]


def decisions(vault: OpenVault) -> dict[str, Stored[ThemeDecision]]:
    """The decision on each theme, by the theme's id."""
    return {stored.document.theme: stored for stored in vault.all(ThemeDecision)}


def decision(vault: OpenVault, theme: str) -> ThemeDecision | None:
    """What was decided on one theme, or None."""
    stored = head(vault, theme)
    return vault.get(ThemeDecision, stored.id).document if stored else None


def head(vault: OpenVault, theme: str) -> Stored[ThemeDecision] | None:
    """The decision on one theme without its words and passages, or None."""
    heads = [stored for stored in vault.heads(ThemeDecision) if stored.document.theme == theme]
    return heads[-1] if heads else None


def tender_themes(vault: OpenVault) -> frozenset[str]:
    """Themes that never show their quotes by themselves."""
    heads = vault.heads(ThemeDecision)
    return frozenset(stored.document.theme for stored in heads if stored.document.tender)


def passage_at(vault: OpenVault, place: Place) -> Passage:
    """A stretch of words. Raises NotHere for no such stretch, and for tender entries."""
    source = UUID(place.entry)
    quote = text_of(vault, source)[place.start : place.end]
    if not quote.strip() or len(quote) < place.end - place.start:
        raise NotHere
    return Passage(entry=source, start=place.start, end=place.end, quote=quote)


def marks_at(vault: OpenVault, label: str, place: Place) -> list[UUID]:
    """The marks of a label that stand at one place now."""
    text = {place.entry: text_of(vault, UUID(place.entry))}
    return [
        stored.id
        for stored in vault.heads(ThemeMark)
        if stored.document.label == label and _places([stored.document], text) == (place,)
    ]


def changed_last(vault: OpenVault) -> tuple[int, int]:
    """Changes whenever a decision or a mark does."""
    changes = [s.change for kind in (ThemeDecision, ThemeMark) for s in vault.heads(kind)]
    return len(changes), max(changes, default=0)


def held(vault: OpenVault, texts: Texts) -> tuple[Held, ...]:
    """All decisions with their marks. Passages of entries that are gone or tender are left out."""
    marks = _marks(vault)
    decided = [stored.document for stored in decisions(vault).values()]
    known = {one.found_as for one in decided}
    made = [_held(one, marks.get(one.found_as, ()), texts) for one in decided]
    # Marks that came without a decision make a theme of their own.
    alone = [label for label, own in marks.items() if label not in known and _any_yes(own)]
    made += [
        _held(
            ThemeDecision(theme=id_of_label(label), found_as=label, started=True),
            marks[label],
            texts,
        )
        for label in alone
    ]
    return tuple(made)


def _any_yes(marks: Iterable[ThemeMark]) -> bool:
    return any(mark.belongs for mark in marks)


def _marks(vault: OpenVault) -> dict[str, list[ThemeMark]]:
    """The marks of each label; of two on one passage the later one."""
    last: dict[tuple[str, UUID, int], ThemeMark] = {}
    for stored in sorted(vault.heads(ThemeMark), key=lambda stored: stored.change):
        mark = stored.document
        last[mark.label, mark.entry, mark.start] = mark
    by_label: dict[str, list[ThemeMark]] = {}
    for mark in last.values():
        by_label.setdefault(mark.label, []).append(mark)
    return by_label


def _held(one: ThemeDecision, marks: Iterable[ThemeMark], texts: Texts) -> Held:
    own = list(marks)
    return Held(
        id=one.theme,
        label=one.found_as,
        kind=one.kind_of,
        name=one.renamed,
        places=_places(one.passages, texts),
        yes=_places((mark for mark in own if mark.belongs), texts),
        no=_places((mark for mark in own if not mark.belongs), texts),
        away=_places(one.split_off, texts),
        into=one.merged_into,
        pinned=one.pinned,
        dismissed=one.dismissed,
        started=one.started,
    )


def _places(passages: Iterable[Passage | ThemeMark], texts: Texts) -> tuple[Place, ...]:
    found = (_place(passage, texts.get(str(passage.entry))) for passage in passages)
    return tuple(place for place in found if place is not None)


def _place(passage: Passage | ThemeMark, text: str | None) -> Place | None:
    """Where it stands now: its words may have moved since, or have gone."""
    if text is None or (passage.end > len(text) and not passage.quote):
        return None
    start, quote = passage.start, passage.quote
    if quote and text[start : passage.end] != quote:
        start = _nearest(text, quote, start)
        if start < 0:
            return None
    return Place(str(passage.entry), start, start + (len(quote) or passage.end - passage.start))


def _nearest(text: str, quote: str, start: int) -> int:
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    if before < 0 or after < 0:
        return max(before, after)
    return before if start - before <= after - start else after
