"""One process of several for work that is done once: whoever holds a lock on a file in the data folder.

Nobody holds it where Afterglow does not run, which a command may ask before it changes the folder.

The system lets go of the lock when its process ends, however it ends; then another one takes it.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where one process serves.
    fcntl = None  # type: ignore[assignment]

FILE = "background.lock"
TRY_EVERY_SECONDS = 5


def when_elected(home: Path, begin: Callable[[], None]) -> threading.Thread:
    """Call `begin` once, as soon as no other process holds the lock. The lock is kept until this process ends."""
    thread = threading.Thread(
        target=_wait_and_begin, args=(home / FILE, begin), name="election", daemon=True
    )
    thread.start()
    return thread


@contextmanager
def nothing_runs(home: Path) -> Iterator[bool]:
    """Whether no program serves this data folder. Always true where the system has no such locks."""
    if not home.is_dir():
        yield True
        return
    descriptor = os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_ours(descriptor)
    finally:
        os.close(descriptor)


def _wait_and_begin(file: Path, begin: Callable[[], None]) -> None:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    pause = threading.Event()
    while not _is_ours(descriptor):
        pause.wait(TRY_EVERY_SECONDS)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    begin()


def _is_ours(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
