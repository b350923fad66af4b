"""What can be chosen by itself, in words short enough for a list."""

from afterglow.core.content import library
from afterglow.journal.documents import Entry
from afterglow.plans.documents import Goal
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import OpenVault

MOST_ENTRIES = 60
WORDS_SHOWN = 60


def feeling_names(request: VaultRequest) -> dict[str, str]:
    """What the feelings beside a level are called in the page's language."""
    return {each.id: each.name for each in library.feelings(request.LANGUAGE_CODE)}


def goals_of(vault: OpenVault) -> list[tuple[str, str]]:
    """Goals that are still open."""
    return [
        (str(stored.id), stored.document.text[:WORDS_SHOWN])
        for stored in vault.heads(Goal)
        if stored.document.state in {"open", "moved"}
    ]


def entries_of(vault: OpenVault) -> list[tuple[str, str]]:
    """The newest entries that are not tender; a tender one is shared from its own page only, if at all."""
    newest = sorted(vault.heads(Entry), key=lambda s: s.document.written.at, reverse=True)
    calm = [stored for stored in newest if not stored.document.tender]
    return [(str(stored.id), _line(stored.document)) for stored in calm[:MOST_ENTRIES]]


def _line(entry: Entry) -> str:
    words = (entry.title or entry.snippet)[:WORDS_SHOWN]
    return f"{short_day(entry.written)} · {words}"
