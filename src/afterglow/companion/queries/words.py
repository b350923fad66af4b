"""Kind words that Today may say: on coming back after a while, and after *enough for today*."""

from datetime import date

from afterglow.core.content import library
from afterglow.core.content.kinds import KindWord
from afterglow.core.days import Moment
from afterglow.core.plan.gentle import is_back
from afterglow.journal import queries as journal
from afterglow.measures import queries as measures
from afterglow.plans import queries as plans
from afterglow.vault.open_vault import OpenVault


def welcome(vault: OpenVault, now: Moment, language: str) -> KindWord | None:
    """A week or more away reads as a welcome, never as a count."""
    days = [tap.document.at.day for tap in measures.check_ins(vault)]
    days += [stored.document.written.day for stored in journal.entries(vault)]
    days += [stored.document.on for stored in plans.wins(vault)]
    if not is_back(now.day, days):
        return None
    words = [word for word in library.kind_words(language) if word.after == "gap"]
    return words[now.day.toordinal() % len(words)] if words else None


def word_of(day: date, after: str, language: str) -> KindWord | None:
    words = [word for word in library.kind_words(language) if word.after == after]
    return words[day.toordinal() % len(words)] if words else None
