"""What runs beside the requests: locking on time, reminders, and a sealed copy each day."""

import logging
import threading

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone

from afterglow.config import elected
from afterglow.reminders.services import scheduler
from afterglow.transfer import daily
from afterglow.transfer.backup import NotKept
from afterglow.vault import sweeper
from afterglow.vault.media import sweeping

LOOK_EVERY_SECONDS = 3600
log = logging.getLogger("afterglow.copies")


def start() -> None:
    """Lock on time in this process; reminders and copies in one process of this data folder. All end with it."""
    sweeper.start()
    elected.when_elected(settings.ENVIRONMENT.home, _once_for_all)


def _once_for_all() -> None:
    scheduler.start()
    threading.Thread(target=_keep_copies, name="copies", daemon=True).start()


def _keep_copies() -> None:
    pause = threading.Event()
    while True:
        sweep_media()
        keep_a_copy()
        if pause.wait(LOOK_EVERY_SECONDS):
            return


def sweep_media() -> None:
    """Uploads and files that nobody went on with; trouble is logged by name and tried again in an hour."""
    try:
        sweeping.sweep(timezone.now())
    except (OSError, Error) as error:
        log.warning("media was not swept", extra={"error": type(error).__name__})
    finally:
        connections.close_all()


def keep_a_copy() -> None:
    """The copy of today, where copies are kept; trouble is logged by name and tried again in an hour."""
    if settings.COPIES_FOLDER is None:
        return
    try:
        daily.keep_daily_copy(
            home=settings.ENVIRONMENT.home,
            folder=settings.COPIES_FOLDER,
            today=timezone.now().date(),
        )
    except (OSError, NotKept, daily.NotSound) as error:
        log.warning("the copy of today was not kept", extra={"error": type(error).__name__})
