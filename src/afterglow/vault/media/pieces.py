"""An upload on its way: each piece sealed as it comes, in a file of its own, so that a second try overwrites nothing.

A piece is random nonce, ciphertext and tag, bound to its owner, upload and place; no two share a nonce.
"""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from afterglow.core.crypto import v1
from afterglow.vault.media import files

PIECE_BYTES = 1024 * 1024
INCOMING = "incoming"


def folder(upload: UUID) -> Path:
    return files.folder() / INCOMING / upload.hex


def begin(upload: UUID) -> None:
    """A folder of its own, on the disk before the upload has a row."""
    place = folder(upload)
    place.mkdir(mode=0o700, parents=True)
    files.settle(place.parent)
    files.settle(place.parent.parent)


@dataclass(frozen=True, slots=True)
class Way:
    """Whose upload it is, and the key of its pieces."""

    owner: UUID
    upload: UUID
    key: bytes


def write(way: Way, index: int, piece: bytes) -> None:
    """Seal one piece and give the word only when it is on the disk. Raises Refused."""
    sealed = v1.seal(way.key, v1.pad(piece), _context(way, index))
    files.write_durably(folder(way.upload) / str(index), [sealed])


def read(way: Way, index: int) -> bytes:
    """One piece opened. Raises Damaged."""
    try:
        sealed = (folder(way.upload) / str(index)).read_bytes()
        return v1.unpad(v1.open_sealed(way.key, sealed, _context(way, index)))
    except (OSError, v1.NotOpened) as error:
        raise files.Damaged(index) from error


def kept(upload: UUID) -> list[int]:
    """Which pieces have arrived whole."""
    with contextlib.suppress(OSError):
        return sorted(int(each.name) for each in folder(upload).iterdir() if each.name.isdigit())
    return []


def all_of(way: Way) -> Iterator[bytes]:
    """Every piece in its order."""
    for index in kept(way.upload):
        yield read(way, index)


def drop(upload: UUID) -> None:
    shutil.rmtree(folder(upload), ignore_errors=True)


def _context(way: Way, index: int) -> bytes:
    return v1.bind("upload piece", way.owner, way.upload, index)
