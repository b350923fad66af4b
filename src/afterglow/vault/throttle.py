"""Slowing down guesses at a door, by name and by address, without keeping either in clear."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from afterglow.vault.models import Attempt

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 300


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
        row, _ = Attempt.objects.get_or_create(key=_key(name), defaults={"until": now})
        over = row.failures + 1 - FREE_TRIES
        wait = min(2**over, LONGEST_WAIT_SECONDS) if over > 0 else 0
        Attempt.objects.filter(key=row.key).update(
            failures=row.failures + 1, until=now + timedelta(seconds=wait)
        )


def note_success(*names: str) -> None:
    Attempt.objects.filter(key__in=[_key(name) for name in names]).delete()


def _key(name: str) -> bytes:
    return hmac.digest(settings.SERVER_KEY, b"attempt " + name.encode(), hashlib.sha256)
