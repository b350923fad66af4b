"""Finding an entry, or answering 404 for what is gone or another person's."""

from uuid import UUID

from django.http import Http404

from afterglow.journal.documents import Entry
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault


def entry_or_404(vault: OpenVault, entry_id: UUID) -> Stored[Entry]:
    """The whole entry."""
    try:
        return vault.get(Entry, entry_id)
    except NotHere as gone:
        raise Http404 from gone
