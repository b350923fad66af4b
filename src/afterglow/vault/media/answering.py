"""How a kept file is answered: in stretches, with its kind as told by its bytes, and with nothing to run in it."""

import logging
from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from afterglow.vault.documents import Stored
from afterglow.vault.media import kinds, ranges
from afterglow.vault.media.documents import Media
from afterglow.vault.media.files import Damaged
from afterglow.vault.open_vault import NotHere

log = logging.getLogger("afterglow.media")
INLINE = frozenset(kinds.LIMITS) - {kinds.STROKES}
Opened = Callable[[int, int], Iterator[bytes]]


def answer(request: HttpRequest, found: Stored[Media], opened: Opened) -> HttpResponseBase:
    """A kept file, whole or the stretch that was asked for; `opened` gives its bytes. Raises Http404."""
    length = found.document.length
    # No file here is given with a mark of its version, so whoever names one has another: they are given the whole.
    asked = "" if "If-Range" in request.headers else request.headers.get("Range", "")
    try:
        stretch = ranges.stretch(asked, length)
    except ranges.NotInside:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{length}"
        return response
    start, end = stretch or (0, length)
    try:
        pieces = opened(start, end)
    except (NotHere, Damaged) as error:
        raise Http404 from error
    response = StreamingHttpResponse(_until_damage(pieces), status=206 if stretch else 200)
    if stretch:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{length}"
    response["Content-Length"] = str(end - start)
    return _labelled(response, found)


def _until_damage(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What is whole is given; after it the answer ends, shorter than it promised, and the browser says so."""
    try:
        yield from pieces
    except (Damaged, OSError) as error:
        log.warning("a kept file is damaged", extra={"error": type(error).__name__})


def _labelled(response: HttpResponseBase, found: Stored[Media]) -> HttpResponseBase:
    """Its kind as told by its bytes, a name that says nothing, and no page of its own to run anything in."""
    kind = found.document.content_type
    known = kind in INLINE
    response["Content-Type"] = kind if known else "application/octet-stream"
    shown = "inline" if known else "attachment"
    ending = kinds.ENDINGS.get(kind, "bin")
    response["Content-Disposition"] = f'{shown}; filename="{found.id.hex[:8]}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    return response
