"""Recordings without what was written beside the sound: titles, places, devices, dates, pictures.

The sound itself is not touched. Where a file's structure cannot be followed any further (a recording that broke off),
the rest stays as it is.
"""

from collections.abc import Callable

from afterglow.vault.media.sound import mp3, mp4, ogg, wave, webm

_BY_KIND: dict[str, Callable[[bytes], bytes]] = {
    "audio/mpeg": mp3.without_words,
    "audio/mp4": mp4.without_words,
    "audio/ogg": ogg.without_words,
    "audio/wav": wave.without_words,
    "audio/webm": webm.without_words,
}


def without_words(content: bytes, kind: str) -> bytes:
    """The same sound and nothing beside it; other kinds come back as they are."""
    by_kind = _BY_KIND.get(kind)
    return by_kind(content) if by_kind else content
