"""Sealed files on the disk: chunk after chunk, on the disk before anybody is told so, under names that say nothing.

Leaves out what a file is and who may read it (`vault.media.services`, `vault.media.queries`).
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from afterglow.core.crypto import v1
from afterglow.vault.media.refusals import Refused

SEALED_MORE = v1.SEALED_CHUNK_BYTES - v1.CHUNK_BYTES
PART = ".part"


class Damaged(Exception):
    """A kept file is missing, cut or altered; `chunk` is the first place (of 64 KiB each), None for all of it."""

    def __init__(self, chunk: int | None) -> None:
        super().__init__("all" if chunk is None else f"chunk {chunk}")
        self.chunk = chunk


def folder() -> Path:
    """Where sealed files are, for their owner only."""
    place: Path = settings.MEDIA_FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write(key: bytes, content: bytes) -> str:
    """Seal a whole file; gives its random name once it is on the disk. Raises Refused where the disk does not take it."""
    name = secrets.token_hex(16)
    write_durably(folder() / name, _sealed(key, content))
    return name


def _sealed(key: bytes, content: bytes) -> Iterator[bytes]:
    return v1.seal_stream(key, _padded(content))


def _padded(content: bytes) -> Iterator[bytes]:
    """Zeros up to the Padmé length follow, so that the size on the disk tells little."""
    whole = memoryview(content)
    length, padded = len(content), v1.padded_length(len(content))
    for start in range(0, padded, v1.CHUNK_BYTES):
        piece = bytes(whole[start : start + v1.CHUNK_BYTES])
        end = min(start + v1.CHUNK_BYTES, padded)
        yield piece + bytes(end - max(start, min(length, end))) if end > length else piece


def write_durably(path: Path, pieces: Iterable[bytes]) -> None:
    """All or nothing: the bytes, then the name, then the folder are on the disk when this returns."""
    part = path.with_name(path.name + PART)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        settle(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise not_written(error) from error


def not_written(error: OSError) -> Refused:
    """What to say where the disk does not take something."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return Refused("no_room" if full else "not_written")


def settle(place: Path) -> None:
    """A new name in this folder is on the disk too, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def chunks_of(length: int) -> int:
    """How many chunks a file of this many bytes has."""
    return max(1, -(-v1.padded_length(length) // v1.CHUNK_BYTES))


def read(key: bytes, name: str, length: int, start: int, end: int) -> Iterator[bytes]:
    """The bytes from start up to end (not included) of a file that was kept with `length` bytes.

    Raises Damaged: at once where the file is gone, else at the first chunk that is not as it was.
    """
    path = folder() / name
    if not path.is_file():
        raise Damaged(None)
    return _stretch(path, key, length, start, end)


def _stretch(path: Path, key: bytes, length: int, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        for index in range(start // v1.CHUNK_BYTES, -(-end // v1.CHUNK_BYTES)):
            at = index * v1.CHUNK_BYTES
            plain = _chunk(file.fileno(), key, index, length)
            yield plain[max(0, start - at) : end - at]


def _chunk(descriptor: int, key: bytes, index: int, length: int) -> bytes:
    last = index == chunks_of(length) - 1
    size = (v1.padded_length(length) - index * v1.CHUNK_BYTES) if last else v1.CHUNK_BYTES
    # Of the last chunk one byte more is asked for: nothing may follow it.
    sealed = _read_at(descriptor, size + SEALED_MORE + last, index * v1.SEALED_CHUNK_BYTES)
    if len(sealed) != size + SEALED_MORE:
        raise Damaged(index)
    try:
        return v1.open_chunk(key, index, sealed, last=last)
    except v1.NotOpened as error:
        raise Damaged(index) from error


def _read_at(descriptor: int, size: int, offset: int) -> bytes:
    os.lseek(descriptor, offset, os.SEEK_SET)
    found = b""
    while len(found) < size and (more := os.read(descriptor, size - len(found))):
        found += more
    return found


def remove(name: str) -> None:
    with contextlib.suppress(OSError):
        (folder() / name).unlink(missing_ok=True)


def remove_all(names: Iterable[str]) -> None:
    for name in names:
        remove(name)
