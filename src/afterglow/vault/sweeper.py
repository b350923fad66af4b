"""A timer in every process that drops what is opened soon after a lock, and shuts grants whose last day has passed."""

import threading

from django.conf import settings
from django.db import connections
from django.utils import timezone

from afterglow.vault import doors
from afterglow.vault.grants import giving


def start() -> threading.Thread:
    """Start the timer; it ends with the process."""
    thread = threading.Thread(target=_run, name="sweeper", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    pause = threading.Event()
    while not pause.wait(settings.SWEEP_EVERY_SECONDS):
        try:
            doors.sweep()
            giving.end_those_due(timezone.now())
        finally:
            connections.close_all()
