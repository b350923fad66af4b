"""Keeps the HTTPS listener as the choice in the data folder says: starts it, stops it, takes a new certificate in.

It looks every two seconds, so that neither a change on the page nor a renewed certificate needs a restart.
"""

import logging
import ssl
import threading
from pathlib import Path
from typing import Any

from afterglow.serving import listener, reach

LOOK_EVERY_SECONDS = 2
log = logging.getLogger("afterglow.serving")


class Keeper:
    """One for each process that serves; `look` is one look, `start` looks until the process ends."""

    def __init__(
        self,
        application: Any,
        *,
        home: Path,
        source: reach.Source,
        host: str,
        largest_body_bytes: int,
    ) -> None:
        self._application = application
        self._home = home
        self._source = source
        self._host = host
        self._largest_body_bytes = largest_body_bytes
        self._listener: listener.Listener | None = None
        self._port = 0
        self._marks: object = None
        self._said: object = None

    def start(self) -> None:
        """Every thread of the listener is made by a daemon, so that none outlives the program."""
        threading.Thread(target=self._run, name="https keeper", daemon=True).start()

    def _run(self) -> None:
        pause = threading.Event()
        self.look()
        while not pause.wait(LOOK_EVERY_SECONDS):
            self.look()

    def look(self) -> None:
        """Bring the listener to what is chosen now; what cannot be used leaves the one before as it is."""
        chosen = self._source()
        if self._listener is not None and (not chosen.listens or chosen.port != self._port):
            self.stop()
        if not chosen.listens:
            return
        files = reach.certificate_files(self._home, chosen)
        marks = tuple(reach.mark_of(file) for file in files)
        if self._listener is None or marks != self._marks:
            self._take_in(files, marks, chosen.port)

    def _take_in(self, files: tuple[Path, Path], marks: object, port: int) -> None:
        try:
            context = listener.context_of(*files)
        except (OSError, ssl.SSLError):
            self._say_once("the certificate cannot be used", marks)
            return
        if self._listener is not None:
            self._listener.use(context)
        elif not self._listen(context, port):
            return
        self._marks, self._said = marks, None

    def _listen(self, context: ssl.SSLContext, port: int) -> bool:
        fresh = listener.Listener(
            self._application,
            context=context,
            host=self._host,
            port=port,
            largest_body_bytes=self._largest_body_bytes,
        )
        try:
            self._port = fresh.start()
        except OSError:
            self._say_once("the HTTPS port is taken", port)
            return False
        self._listener = fresh
        return True

    def _say_once(self, what: str, about: object) -> None:
        if self._said != (what, about):
            self._said = (what, about)
            log.warning("HTTPS at home is not as chosen", extra={"error": what})

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()
        self._listener, self._marks = None, None
