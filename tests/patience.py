"""How long a test waits for a browser or a program of its own. Long, since a busy machine is no fault of the product."""

import time

from playwright.sync_api import Error

PATIENCE_SECONDS = 60
PATIENCE_MS = PATIENCE_SECONDS * 1_000


def eventually(look, *, within=PATIENCE_SECONDS, every=0.05):
    """The first true answer. Polled from here: a poll inside the page takes any promise for true.

    A page that is just being left answers nothing, and its complaint is shown only when the time is over.
    """
    ends = time.monotonic() + within
    complaint = None
    while True:
        try:
            if found := look():
                return found
        except (Error, AssertionError, OSError, LookupError) as error:
            complaint = error
        if time.monotonic() > ends:
            raise AssertionError("it did not happen in time") from complaint
        time.sleep(every)
