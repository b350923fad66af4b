"""Pages for appointments that were kept, as they would be sent."""

from uuid import UUID

from afterglow.plans.documents import Appointment
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

PARTS = ("to_ask", "since_last", "came_up", "what_changed", "measured", "to_mention")
MOST_PAGES = 6


def kept_pages(vault: OpenVault) -> list[Stored[Appointment]]:
    """Appointments of which the page was kept, newest first, with their words."""
    newest = sorted(vault.heads(Appointment), key=lambda each: each.document.day, reverse=True)
    whole = vault.whole(newest[: 2 * MOST_PAGES])
    found = [each for each in whole if any(getattr(each.document, name) for name in PARTS)]
    return found[:MOST_PAGES]


def kept_page(vault: OpenVault, record: UUID) -> Appointment:
    """Raises NotHere."""
    return vault.get(Appointment, record).document
