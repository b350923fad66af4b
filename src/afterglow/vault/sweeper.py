"""A timer in every process that drops what is opened soon after a lock."""

import threading

from django.conf import settings
from django.db import connections

from afterglow.vault import doors


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
        finally:
            connections.close_all()
