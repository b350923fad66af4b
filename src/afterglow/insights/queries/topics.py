"""What the entries are about, roughly: groups of whole entries for one overview page."""

from dataclasses import dataclass

from afterglow.core.themes.themes import Mention
from afterglow.insights.queries import finding
from afterglow.insights.queries.sittings import Quoted, quotes_of
from afterglow.vault.open_vault import OpenVault

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class About:
    """Entries that are about much the same, with the latest of them."""

    label: str
    count: int
    latest: tuple[Quoted, ...]


def groups(vault: OpenVault) -> list[About]:
    """The largest first; empty for a short journal and without the model of meaning."""
    return vault.memo("themes.about", lambda: _groups(vault))


def _groups(vault: OpenVault) -> list[About]:
    from afterglow.core.themes.topics import topics_of  # heavy: numpy, not before it is needed

    found = topics_of(finding.found(vault).shaper.ground)
    return [
        About(topic.label, len(topic.entries), tuple(quotes_of(vault, _latest(topic.quotes))))
        for topic in found
    ]


def _latest(quotes: tuple[Mention, ...]) -> list[Mention]:
    return list(reversed(quotes))[:MOST_SHOWN]
