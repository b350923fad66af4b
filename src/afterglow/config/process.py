"""What the serving process asks of the system. Each request is made where the system knows it, and may be refused."""

import contextlib
import ctypes
import sys

PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """No core dump, and no reading of this process by others, where the system allows it."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
