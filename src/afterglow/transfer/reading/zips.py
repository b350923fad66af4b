"""Files inside an upload, within limits: a small zip that unfolds without end is turned away."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from afterglow.transfer.reading.found import Found

MOST_FILES = 20_000
MOST_BYTES = 256 * 1024 * 1024
MOST_FILE_BYTES = 96 * 1024 * 1024
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
IGNORED = ("__MACOSX/", ".DS_Store")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name, its bytes, and when it was last changed where that is known."""

    name: str
    content: bytes
    changed: datetime | None = None


class TooLarge(Exception):
    """More than the limits allow."""


def is_zip(content: bytes) -> bool:
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def parts(upload: bytes, name: str, found: Found, *, alone: str = "") -> Iterator[Part]:
    """Each file of a zip, or only the one named `alone` where it is there. What cannot be unfolded is noted; past the limits nothing more is read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(upload))
    except UNREADABLE:
        found.miss(name, "not_a_zip")
        return
    left = MOST_BYTES
    with archive:
        infos = archive.infolist()
        infos = [info for info in infos if info.filename == alone] or infos
        for index, info in enumerate(infos):
            if index >= MOST_FILES:
                found.miss(name, "too_large")
                return
            part = None if _ignored(info) else _part(archive, info, left, found)
            if part is not None:
                left -= len(part.content)
                yield part


def opened(upload: bytes) -> zipfile.ZipFile | None:
    """The zip, or None where it is none that can be read."""
    try:
        return zipfile.ZipFile(io.BytesIO(upload))
    except UNREADABLE:
        return None


def one_of(archive: zipfile.ZipFile, name: str, *, most: int) -> bytes | None:
    """One file of a zip, or None where it cannot be unfolded or is larger than this."""
    try:
        with archive.open(name) as file:
            return _read(file, most)
    except (TooLarge, KeyError, *UNREADABLE):
        return None


def _ignored(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or any(mark in info.filename for mark in IGNORED)


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, found: Found) -> Part | None:
    try:
        with archive.open(info) as file:
            content = _read(file, min(left, MOST_FILE_BYTES))
    except TooLarge:
        found.miss(info.filename, "too_large")
    except UNREADABLE:
        found.miss(info.filename, "not_a_zip")
    else:
        return Part(info.filename, content, _changed(info))
    return None


def _read(file: object, most: int) -> bytes:
    """The sizes in a zip may lie, so bytes are counted while they come."""
    content = file.read(most + 1)  # type: ignore[attr-defined]
    if len(content) > most:
        raise TooLarge
    return bytes(content)


def _changed(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)  # noqa: DTZ001  a zip keeps wall-clock times without a zone
    except ValueError:
        return None


def text_of(content: bytes) -> str | None:
    """The text, or None for what is none: pictures and programs hold zero bytes, text does not."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in content[:4096]:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
