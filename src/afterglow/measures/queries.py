"""Reads of mood and measures."""

from datetime import date, timedelta

from afterglow.measures.documents import Answers, CheckIn
from afterglow.vault.documents import Stored
from afterglow.vault.readable import Readable

VERY_LOW = 1


def check_ins(vault: Readable) -> list[Stored[CheckIn]]:
    """All mood taps, oldest first."""
    return sorted(vault.heads(CheckIn), key=lambda stored: stored.document.at.at)


def check_in_of(vault: Readable, day: date) -> Stored[CheckIn] | None:
    """The latest tap of a day."""
    taps = [stored for stored in vault.heads(CheckIn) if stored.document.at.day == day]
    return max(taps, key=lambda stored: stored.document.at.at, default=None)


def answers_of(vault: Readable, instrument: str) -> list[Stored[Answers]]:
    """All filled-in questionnaires of one kind, oldest first."""
    found = (stored for stored in vault.heads(Answers) if stored.document.instrument == instrument)
    return sorted(found, key=lambda stored: stored.document.at.at)


def latest(vault: Readable, instrument: str) -> Stored[Answers] | None:
    found = answers_of(vault, instrument)
    return found[-1] if found else None


def is_hard_today(vault: Readable, today: date) -> bool:
    """Very low today, or item 9 above zero today: goals, measures and my why wait."""
    tap = check_in_of(vault, today)
    return (tap is not None and tap.document.level <= VERY_LOW) or item9_today(vault, today) > 0


def item9_today(vault: Readable, today: date) -> int:
    """The highest answer to item 9 today; 0 where it was not asked."""
    taken = [a.document for a in vault.heads(Answers) if a.document.at.day == today]
    return max((answers.item9 or 0 for answers in taken), default=0)


def is_due(vault: Readable, instrument: str, today: date, *, every_days: int = 14) -> bool:
    """Whether the last one is two weeks old or there is none yet."""
    last = latest(vault, instrument)
    return last is None or today - last.document.at.day >= timedelta(days=every_days)
