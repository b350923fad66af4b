"""Slowing down guesses at a door, by name and by address, without keeping either in clear."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from afterglow.vault.models import Attempt

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 300


class TooSoon(Exception):
    """Too many tries; carries how many seconds to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def check(*names: str) -> None:
    """Raises TooSoon where the next try may not be made yet."""
    seconds = seconds_to_wait(*names)
    if seconds:
        raise TooSoon(seconds)


def seconds_to_wait(*names: str) -> int:
    """How long until the next try may be made; 0 if now."""
    rows = Attempt.objects.filter(key__in=[_key(name) for name in names])
    now = timezone.now()
    waits = [(row.until - now).total_seconds() for row in rows if row.until > now]
    return int(max(waits, default=0)) + 1 if waits else 0


def note_failure(*names: str) -> None:
    """Five tries are free; then the wait doubles from two seconds to five minutes."""
    now = timezone.now()
    for name in names:
        Attempt.objects.get_or_create(key=_key(name), defaults={"until": now})
        _count(Attempt.objects.filter(key=_key(name)), now)


def _count(attempt: QuerySet[Attempt], now: datetime) -> None:
    """Counted by the database: guesses sent side by side count one by one."""
    with transaction.atomic():
        attempt.update(failures=F("failures") + 1)
        over = attempt.get().failures - FREE_TRIES
        wait = min(2 ** min(over, 9), LONGEST_WAIT_SECONDS) if over > 0 else 0
        attempt.update(until=now + timedelta(seconds=wait))


def note_success(*names: str) -> None:
    Attempt.objects.filter(key__in=[_key(name) for name in names]).delete()


def _key(name: str) -> bytes:
    return hmac.digest(settings.SERVER_KEY, b"attempt " + name.encode(), hashlib.sha256)
