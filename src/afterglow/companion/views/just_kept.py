"""Whether what was kept a moment ago brings the help panel, on the page that follows it."""

from uuid import UUID

from afterglow.core.safety.saved import shows_help
from afterglow.journal.documents import Entry
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def brings_help(request: VaultRequest) -> bool:
    """Whether the words that were just kept bring the help panel; nothing of that is stored."""
    try:
        kept = request.vault.get(Entry, UUID(request.GET.get("kept", "")))
    except (ValueError, NotHere):
        return False
    return shows_help(kept.document.text)
