"""Weekly reviews and monthly looks back."""

from datetime import date

from afterglow.plans.documents import Review
from afterglow.plans.documents.reviews import Span
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


def reviews(vault: OpenVault) -> list[Stored[Review]]:
    """All of them, newest first, without their texts."""
    return newest_first(vault, Review)


def last_review(vault: OpenVault, span: Span, *, before: date) -> Stored[Review] | None:
    """The newest of a span from before a day, with its texts."""
    for stored in reviews(vault):
        if stored.document.span == span and stored.document.on < before:
            return vault.get(Review, stored.id)
    return None
