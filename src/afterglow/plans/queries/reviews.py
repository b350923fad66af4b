"""Weekly reviews and monthly looks back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from afterglow.plans.documents import Review
from afterglow.plans.documents.reviews import Span
from afterglow.plans.queries.doing import DAYS_OF_A_WEEK, wins
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

DAYS_OF_A_MONTH, DAYS_OFFERED = 30, 2
SPANS: tuple[tuple[Span, int], ...] = (("month", DAYS_OF_A_MONTH), ("week", DAYS_OF_A_WEEK))


def reviews(vault: OpenVault) -> list[Stored[Review]]:
    """All of them, newest first, without their texts."""
    return newest_first(vault, Review)


def last_review(vault: OpenVault, span: Span, *, before: date) -> Stored[Review] | None:
    """The newest of a span from before a day, with its texts."""
    for stored in reviews(vault):
        if stored.document.span == span and stored.document.on < before:
            return vault.get(Review, stored.id)
    return None


def review_due(vault: OpenVault, today: date) -> Span | None:
    """Which look back may be offered: there is something to look at, and the last one is a week or a month ago.

    It is offered on two days in a row and then left for the rest of a week.
    """
    begun = min((win.document.on for win in wins(vault)), default=today)
    for span, days in SPANS:
        last = max(
            (s.document.on for s in reviews(vault) if s.document.span == span), default=begun
        )
        ago = (today - last).days
        if ago >= days and (ago - days) % DAYS_OF_A_WEEK < DAYS_OFFERED:
            return span
    return None


@dataclass(frozen=True, slots=True)
class Became:
    """What was said of an insight in a look back."""

    on: date
    review: UUID
    words: str


def became_of(vault: OpenVault, insight: UUID) -> list[Became]:
    """Everything that was said of what became of an insight, newest first."""
    return [
        Became(stored.document.on, stored.id, each.words)
        for stored in reviews(vault)
        for each in stored.document.became
        if each.insight == insight
    ]


@dataclass(frozen=True, slots=True)
class BeforeAndNow:
    """How an ordinary day was and is, as one look back has it."""

    on: date
    review: UUID
    before: str
    now: str


def before_and_now(vault: OpenVault) -> list[BeforeAndNow]:
    """From every month in which one of the two was written, newest first."""
    months = [stored for stored in reviews(vault) if stored.document.span == "month"]
    return [
        BeforeAndNow(stored.document.on, stored.id, stored.document.before, stored.document.after)
        for stored in sorted(vault.whole(months), key=lambda s: s.document.on, reverse=True)
        if stored.document.before or stored.document.after
    ]
