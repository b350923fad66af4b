"""The key of one sealed file: random, wrapped under what the data key of its document gives.

So a new data key (another epoch, a grant that ended) needs a new wrap only, and a new file where that is wanted.
"""

from uuid import UUID

from afterglow.core.crypto import v1
from afterglow.vault.models import MediaFile, Record
from afterglow.vault.outcomes import NotHere
from afterglow.vault.records import Keys


def row_of(owner: UUID, record: UUID) -> MediaFile:
    """Raises NotHere."""
    row = MediaFile.objects.filter(owner=owner, record=record).first()
    if row is None:
        raise NotHere
    return row


def media_key(keys: Keys, record: UUID) -> bytes:
    """What wraps the file's key. Raises NotHere."""
    row = Record.objects.filter(owner=keys.owner, record=record, current=True).first()
    if row is None or not row.tags:
        raise NotHere
    place = keys.place(record, row.rev, row.epoch)
    return v1.media_key(keys.wrap, place, bytes(row.dek_wrap))


def wrapped(media_key: bytes, owner: UUID, record: UUID, file_key: bytes) -> bytes:
    return v1.seal(media_key, file_key, _context(owner, record))


def file_key(media_key: bytes, row: MediaFile) -> bytes:
    """The key of the file. Raises NotOpened."""
    return v1.open_sealed(media_key, bytes(row.key), _context(row.owner, row.record))


def _context(owner: UUID, record: UUID) -> bytes:
    return v1.bind("media file key", v1.SUITE, owner, record)
