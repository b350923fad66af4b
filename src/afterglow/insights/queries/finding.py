"""What was found in an open vault: in memory only, until entries change or the lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

from afterglow.core.themes.decided import Shaped
from afterglow.core.themes.themes import Analysis, PassageVectors
from afterglow.core.themes.themes import Entry as ThemeEntry
from afterglow.insights.queries import decided
from afterglow.insights.queries.vectors import is_stopped, kept_vectors, meaning, missing
from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

if TYPE_CHECKING:
    from afterglow.core.themes.held import Shaper

LEAST_ENTRIES = 5
FOUND, SHAPED = "themes.found", "themes.shaped"
Revisions = Mapping[UUID, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found before any decision, and from which revisions of which entries."""

    made_from: Revisions
    texts: Mapping[str, str]
    analysis: Analysis
    shaper: "Shaper"


def enough_entries(vault: OpenVault) -> bool:
    return len(vault.heads(Entry)) >= LEAST_ENTRIES


def by_words(vault: OpenVault) -> bool:
    """Whether only words can be compared, since the model is not installed."""
    return bool(vault.heads(Entry)) and meaning() is None


def found(vault: OpenVault) -> Found:
    """What is found in all entries that are not tender; finds anew where entries have changed."""
    kept = last_found(vault)
    if kept is None or kept.made_from != revisions(vault):
        kept = find(vault)
        vault.hold(FOUND, kept)
    return kept


def is_found(vault: OpenVault) -> bool:
    """Whether what was found last is of the entries as they are now."""
    kept = last_found(vault)
    return kept is not None and kept.made_from == revisions(vault)


def entries_count(vault: OpenVault) -> int:
    return len(vault.heads(Entry))


def last_found(vault: OpenVault) -> Found | None:
    """What was found last, even if entries have changed since."""
    return cast("Found | None", vault.held(FOUND))


def find(vault: OpenVault) -> Found:
    """Read all entries and find what returns; slow for a long journal."""
    from afterglow.core.themes import find as core  # heavy: numpy, not before it is needed
    from afterglow.core.themes import ground, held  # heavy: as above

    made_from = revisions(vault)
    entries = theme_entries(vault)
    texts = {entry.id: entry.text for entry in entries}
    before = last_found(vault)
    known = {theme.id: theme for theme in before.analysis.themes} if before else {}
    known |= {theme.id: theme for theme in held.as_known(decided.held(vault, texts))}
    analysis = core.find_themes(
        entries,
        meaning=meaning(),
        previous=tuple(known.values()),
        passage_vectors={**kept_vectors(vault), **_still_fitting(before, made_from)},
    )
    laid = ground.lay_ground(entries, meaning(), analysis.vectors)
    return Found(made_from, texts, analysis, held.Shaper(laid, analysis.themes))


def shaped(vault: OpenVault) -> Shaped:
    """The themes as the person made them."""
    base, changed = found(vault), decided.changed_last(vault)
    kept = cast("tuple[Found, object, Shaped] | None", vault.held(SHAPED))
    if kept is not None and kept[0] is base and kept[1] == changed:
        return kept[2]
    made = base.shaper.shaped(decided.held(vault, base.texts))
    vault.hold(SHAPED, (base, changed, made))
    return made


def revisions(vault: OpenVault) -> Revisions:
    """Every entry that is looked at, with its revision and the number of its sitting."""
    numbers = sitting_numbers(vault)
    return {head.id: (head.rev, _number(head, numbers)) for head in _looked_at(vault)}


def _looked_at(vault: OpenVault) -> list[Stored[Entry]]:
    """Tender entries never; where reading was stopped, only what was read by then."""
    unread = {head.id for head in missing(vault)} if is_stopped(vault) else set()
    heads = vault.heads(Entry)
    return [head for head in heads if not head.document.tender and head.id not in unread]


def sitting_numbers(vault: OpenVault) -> dict[UUID, int]:
    """Which one each sitting was, from 1."""
    return {s.id: number for number, s in enumerate(medicine.done_sittings(vault), start=1)}


def sitting_days(vault: OpenVault) -> list[date]:
    return [stored.document.day for stored in medicine.done_sittings(vault)]


def _number(head: Stored[Entry], numbers: Mapping[UUID, int]) -> int | None:
    sitting = head.document.sitting
    return numbers.get(sitting) if sitting else None


def theme_entries(vault: OpenVault) -> list[ThemeEntry]:
    """The entries as the finding sees them, in order of time; tender ones never."""
    numbers = sitting_numbers(vault)
    whole = vault.whole(_looked_at(vault))
    whole.sort(key=lambda stored: (stored.document.written.at, stored.change))
    return [
        ThemeEntry(
            id=str(stored.id),
            text=stored.document.text,
            written_on=stored.document.written.day,
            kind=stored.document.kind_of,
            sitting=_number(stored, numbers),
        )
        for stored in whole
    ]


def _still_fitting(before: Found | None, now: Revisions) -> dict[str, PassageVectors]:
    """Vectors in memory of entries that were not edited since."""
    if before is None:
        return {}
    revs = {str(entry): rev for entry, (rev, _) in now.items()}
    then = {str(entry): rev for entry, (rev, _) in before.made_from.items()}
    return {
        entry: vectors
        for entry, vectors in before.analysis.vectors.items()
        if entry in revs and revs[entry] == then.get(entry)
    }
