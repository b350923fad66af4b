"""What is like some words: by the meaning of a sentence or of a search. Tender entries are never looked at."""

from uuid import UUID

from afterglow.core.themes.decided import Place
from afterglow.core.themes.themes import Mention, Theme
from afterglow.insights.queries import finding
from afterglow.insights.queries.sittings import Quoted, quotes_of
from afterglow.insights.queries.vectors import meaning
from afterglow.vault.open_vault import OpenVault

MOST_FOUND = 12


def sentences_of(vault: OpenVault, entry: UUID) -> list[Mention]:
    """The sentences of an entry in order; none of a tender one."""
    return finding.found(vault).shaper.passages_of(str(entry))


def themes_of_entry(vault: OpenVault, entry: UUID) -> list[Theme]:
    """The themes that quote this entry."""
    return [theme for theme in finding.shaped(vault).themes if str(entry) in theme.entries]


def like(vault: OpenVault, place: Place) -> list[Quoted]:
    """What may belong with one passage, nearest first, without the passage itself."""
    theme = finding.found(vault).shaper.like(place)
    if theme is None:
        return []
    others = [m for m in theme.mentions if (m.entry, m.start) != (place.entry, place.start)]
    return _nearest_first(vault, others[:MOST_FOUND])


def can_look(vault: OpenVault) -> bool:
    """Whether meaning can be compared: there is a model, and something to look at."""
    return not finding.by_words(vault)


def by_meaning(vault: OpenVault, words: str) -> list[Quoted]:
    """The passages nearest in meaning to some words, nearest first."""
    model = meaning()
    if model is None:
        return []
    asked = model.vectors([words])[0]
    return _nearest_first(vault, finding.found(vault).shaper.nearest(asked, MOST_FOUND))


def _nearest_first(vault: OpenVault, mentions: list[Mention]) -> list[Quoted]:
    place = {(m.entry, m.start): at for at, m in enumerate(mentions)}
    quoted = quotes_of(vault, mentions)
    return sorted(quoted, key=lambda one: place[one.mention.entry, one.mention.start])
