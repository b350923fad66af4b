"""The loop inside the server that sends what is due. It ends with the process; what waits stays in the database."""

import logging
import threading

from django.conf import settings
from django.db import connections
from django.utils import timezone

from afterglow.reminders.services import sending

log = logging.getLogger("afterglow.reminders")


def start() -> threading.Thread:
    """Start the loop. Any number of processes may run one: each row is claimed by one of them."""
    thread = threading.Thread(target=_run, name="reminders", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    pause = threading.Event()
    while not pause.wait(settings.REMIND_EVERY_SECONDS):
        once()


def once() -> int:
    """One look at what is due; trouble is logged by name and the loop goes on."""
    try:
        return sending.send_due(timezone.now())
    except Exception as error:  # noqa: BLE001 - a locked database now is no reason to stop for good
        log.warning("reminders were not looked at", extra={"error": type(error).__name__})
        return 0
    finally:
        connections.close_all()
