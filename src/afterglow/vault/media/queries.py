"""Reading media: whole, or any stretch of it, chunk by chunk, for as long as the vault is open."""

from collections.abc import Iterator
from uuid import UUID

from afterglow.core.crypto import v1
from afterglow.vault.documents import Stored
from afterglow.vault.media import files, keys
from afterglow.vault.media.documents import Media
from afterglow.vault.media.files import Damaged
from afterglow.vault.open_vault import NotHere, OpenVault

__all__ = [
    "Damaged",
    "media_or_none",
    "open_range",
    "read_media",
    "thumbnail_of",
    "whole_or_none",
]


def media_or_none(vault: OpenVault, media: UUID) -> Stored[Media] | None:
    """What is known of a kept file, without its name and waveform."""
    try:
        return vault.head(Media, media)
    except NotHere:
        return None


def whole_or_none(vault: OpenVault, media: UUID) -> Stored[Media] | None:
    """The same with its name and waveform."""
    try:
        return vault.get(Media, media)
    except NotHere:
        return None


def thumbnail_of(vault: OpenVault, media: UUID) -> Stored[Media] | None:
    """The small picture that was made from a photo or drawing, where there is one."""
    smaller = vault.memo("media.smaller", lambda: _smaller(vault))
    return smaller.get(media)


def _smaller(vault: OpenVault) -> dict[UUID, Stored[Media]]:
    heads = vault.heads(Media)
    return {head.document.made_from: head for head in heads if head.document.made_from}


def open_range(
    vault: OpenVault, media: UUID, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    """The bytes from start up to end (not included). Ends early at a lock; raises NotHere, and Damaged on the way."""
    document = vault.head(Media, media).document
    row = keys.row_of(vault.owner, media)
    try:
        key = keys.file_key(keys.media_key(vault.keys, media), row)
    except v1.NotOpened as error:
        raise Damaged(None) from error
    end = document.length if end is None else min(end, document.length)
    return _while_open(vault, files.read(key, row.file, document.length, start, end))


def _while_open(vault: OpenVault, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if not vault.is_open:
            return
        yield piece


def read_media(vault: OpenVault, media: UUID) -> bytes:
    """A whole file in memory. Raises NotHere, also where the vault is locked meanwhile, and Damaged."""
    content = b"".join(open_range(vault, media))
    if len(content) != vault.head(Media, media).document.length:
        raise NotHere
    return content
