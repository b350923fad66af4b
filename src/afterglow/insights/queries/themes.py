"""Themes of an open vault: found in memory, kept there until entries or decisions change, gone at lock."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from afterglow.core.themes.themes import (
    KINDS,
    Analysis,
    Decisions,
    Mark,
    Mention,
    PassageVectors,
    Theme,
)
from afterglow.core.themes.themes import Entry as ThemeEntry
from afterglow.insights.documents import ThemeDecision, ThemeMark
from afterglow.insights.queries.vectors import kept_vectors, meaning
from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.vault.documents import Document, Stored
from afterglow.vault.open_vault import NotHere, OpenVault

LEAST_ENTRIES = 5
DECISIONS = UUID("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed")


@dataclass(frozen=True, slots=True)
class Kept:
    """The last analysis and the change numbers it was made from."""

    made_from: tuple[int, ...]
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote with the entry it is from."""

    mention: Mention
    entry: Stored[Entry]
    sitting: int | None


def enough_entries(vault: OpenVault) -> bool:
    return len(vault.heads(Entry)) >= LEAST_ENTRIES


def analysis(vault: OpenVault) -> Analysis:
    """What returns, from all entries that are not marked tender."""
    made_from = tuple(_newest(vault, kind) for kind in (Entry, ThemeDecision, ThemeMark))
    kept: Kept | None = vault.held("themes")  # type: ignore[assignment]
    if kept is not None and kept.made_from == made_from:
        return kept.analysis
    found = _find(vault, kept.analysis if kept else None)
    vault.hold("themes", Kept(made_from, found))
    return found


def _newest(vault: OpenVault, kind: type[Document]) -> int:
    heads = vault.heads(kind)
    return len(heads) * 1_000_003 + max((stored.change for stored in heads), default=0)


def _find(vault: OpenVault, before: Analysis | None) -> Analysis:
    from afterglow.core.themes.find import find_themes  # heavy: numpy, not before it is needed

    return find_themes(
        _entries(vault),
        meaning=meaning(),
        marks=_marks(vault),
        previous=before.themes if before else (),
        passage_vectors={**kept_vectors(vault), **_still_fitting(vault, before)},
        decisions=_decisions(vault),
    )


def _entries(vault: OpenVault) -> list[ThemeEntry]:
    numbers = {s.id: number for number, s in enumerate(medicine.done_sittings(vault), start=1)}
    whole = vault.whole([head for head in vault.heads(Entry) if not head.document.tender])
    whole.sort(key=lambda stored: (stored.document.written.at, stored.change))
    return [
        ThemeEntry(
            id=str(stored.id),
            text=stored.document.text,
            written_on=stored.document.written.day,
            kind=stored.document.kind_of,
            sitting=numbers.get(stored.document.sitting) if stored.document.sitting else None,
        )
        for stored in whole
    ]


def _still_fitting(vault: OpenVault, before: Analysis | None) -> dict[str, PassageVectors]:
    """Vectors in memory of entries that were not edited since; kept by entry and revision."""
    revisions: dict[str, int] = vault.held("theme revisions") or {}  # type: ignore[assignment]
    now = {str(head.id): head.rev for head in vault.heads(Entry)}
    vault.hold("theme revisions", now)
    if before is None:
        return {}
    return {
        entry: vectors
        for entry, vectors in before.vectors.items()
        if entry in now and revisions.get(entry) == now[entry]
    }


def _marks(vault: OpenVault) -> list[Mark]:
    return [
        Mark(mark.label, str(mark.entry), mark.start, mark.end, mark.belongs)
        for mark in (stored.document for stored in vault.heads(ThemeMark))
    ]


def _decisions(vault: OpenVault) -> Decisions:
    kept = [stored.document for stored in vault.heads(ThemeDecision)]
    return Decisions(
        renamed={decision.theme: decision.renamed for decision in kept if decision.renamed},
        pinned=frozenset(decision.theme for decision in kept if decision.pinned),
        dismissed=frozenset(decision.theme for decision in kept if decision.dismissed),
    )


def by_kind(found: Analysis) -> list[tuple[str, list[Theme]]]:
    """Themes in the order of kinds, most telling first, empty kinds left out."""
    groups = [(kind, [theme for theme in found.themes if theme.type == kind]) for kind in KINDS]
    return [(kind, themes) for kind, themes in groups if themes]


def decision_id(vault: OpenVault, theme: str) -> UUID:
    return uuid5(DECISIONS, f"{vault.owner.hex} {theme}")


def decision(vault: OpenVault, theme: str) -> ThemeDecision:
    try:
        return vault.get(ThemeDecision, decision_id(vault, theme)).document
    except NotHere:
        return ThemeDecision(theme=theme)


def quotes(vault: OpenVault, theme: Theme) -> list[Quoted]:
    """The quotes of a theme in order of time, each with its entry and the number of its sitting."""
    numbers = {s.id: number for number, s in enumerate(medicine.done_sittings(vault), start=1)}
    found = []
    for mention in theme.mentions:
        try:
            entry = vault.head(Entry, UUID(mention.entry))
        except NotHere:
            continue
        sitting = entry.document.sitting
        found.append(Quoted(mention, entry, numbers.get(sitting) if sitting else None))
    return sorted(
        found, key=lambda quoted: (quoted.entry.document.written.at, quoted.mention.start)
    )
