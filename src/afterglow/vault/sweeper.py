"""A timer in every process that drops what is opened soon after a lock, and shuts grants whose last day has passed."""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connections
from django.utils import timezone

from afterglow.vault import doors
from afterglow.vault.grants import giving

log = logging.getLogger("afterglow.vault")


def start() -> threading.Thread:
    """Start the timer; it ends with the process."""
    thread = threading.Thread(target=_run, name="sweeper", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    pause = threading.Event()
    while not pause.wait(settings.SWEEP_EVERY_SECONDS):
        once()


def once() -> None:
    """One look; trouble with one half is logged by name, stops neither the other nor the timer, and is tried again."""
    try:
        for sweep in (doors.sweep, lambda: giving.end_those_due(timezone.now())):
            _try(sweep)
    finally:
        connections.close_all()


def _try(sweep: Callable[[], object]) -> None:
    try:
        sweep()
    except Exception as error:  # noqa: BLE001 - a locked database now is no reason never to lock again
        log.warning("what has ended was not swept", extra={"error": type(error).__name__})
