"""What was found in an open vault: in memory only, until entries change or the lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from afterglow.core.themes.decided import Shaped
from afterglow.core.themes.themes import Analysis, PassageVectors, Theme
from afterglow.core.themes.themes import Entry as ThemeEntry
from afterglow.insights.queries import decided, sources
from afterglow.insights.queries.vectors import kept_vectors, meaning
from afterglow.journal.documents import Entry
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


@dataclass(frozen=True, slots=True)
class Gathered:
    """What finding needs: the words, the vectors that are kept, and earlier themes by which they are known again."""

    made_from: Revisions
    entries: tuple[ThemeEntry, ...]
    known: tuple[Theme, ...]
    found_before: bool
    vectors: Mapping[str, PassageVectors]


def enough_entries(vault: OpenVault) -> bool:
    return len(sources.sources(vault)) >= LEAST_ENTRIES


def by_words(vault: OpenVault) -> bool:
    """Whether only words can be compared, since the model is not installed."""
    return bool(vault.heads(Entry)) and meaning() is None


def found(vault: OpenVault) -> Found:
    """What is found in all entries that are not tender; finds anew where entries have changed."""
    kept = last_found(vault)
    if kept is None or kept.made_from != revisions(vault):
        kept = work_out(gather(vault))
        hold(vault, kept)
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


def hold(vault: OpenVault, kept: Found) -> None:
    vault.hold(FOUND, kept)


def gather(vault: OpenVault) -> Gathered:
    """All that finding needs of the vault."""
    from afterglow.core.themes.held import as_known  # heavy: numpy, not before it is needed

    made_from = revisions(vault)
    entries = tuple(theme_entries(vault))
    before = last_found(vault)
    known = {theme.id: theme for theme in before.analysis.themes} if before else {}
    decisions = decided.held(vault, {entry.id: entry.text for entry in entries})
    known |= {theme.id: theme for theme in as_known(decisions)}
    vectors = {**kept_vectors(vault), **_still_fitting(before, made_from)}
    return Gathered(made_from, entries, tuple(known.values()), before is not None, vectors)


def work_out(gathered: Gathered) -> Found:
    """Find what returns; slow for a long journal, and in need of no vault."""
    from afterglow.core.themes import find as core  # heavy: numpy, not before it is needed
    from afterglow.core.themes import ground, held  # heavy: as above

    entries = gathered.entries
    laid = ground.lay_ground(entries, meaning(), gathered.vectors)
    # After a lock only what the person decided is known; the rest stands on an earlier part of the journal.
    part = () if gathered.found_before else core.themes_of_a_part(laid, meaning())
    analysis = core.find_on(laid, meaning=meaning(), previous=(*part, *gathered.known))
    texts = {entry.id: entry.text for entry in entries}
    return Found(gathered.made_from, texts, analysis, held.Shaper(laid, analysis.themes, meaning()))


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
    """Everything that is looked at, with its revision and the number of its sitting."""
    return {key: (one.rev, one.sitting) for key, one in sources.sources(vault).items()}


def theme_entries(vault: OpenVault) -> list[ThemeEntry]:
    """The words as the finding sees them, in order of time."""
    known = sources.sources(vault)
    texts = sources.texts(vault, known.values())
    return [
        ThemeEntry(str(key), texts[key], one.day, one.kind_of, one.sitting)
        for key, one in known.items()
        if key in texts
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
