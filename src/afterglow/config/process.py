"""What the serving process asks of the system. Each request is made where the system knows it, and may be refused."""

import contextlib
import ctypes
import os
import sys
import threading

PR_SET_DUMPABLE = 4
SECONDS_FOR_THE_ANSWER = 1.0
# Only `afterglow run` may start itself again; a server with workers is started by others.
starts_again_by_itself = threading.Event()


def keep_memory_private() -> None:
    """No core dump, and no reading of this process by others, where the system allows it."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def start_again() -> bool:
    """Begin anew as the same process, once the answer has gone out; every door is shut by it. False where it cannot."""
    if not starts_again_by_itself.is_set():
        return False
    threading.Timer(SECONDS_FOR_THE_ANSWER, _become_new).start()
    return True


def _become_new() -> None:
    os.execv(sys.executable, [sys.executable, "-m", "afterglow", "run"])  # noqa: S606 - this very program
