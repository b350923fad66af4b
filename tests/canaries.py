"""Unique words to type into a program, and a search for them in bytes however these are written down or packed.

Leaves out encryption and every packing but zlib and gzip.
"""

import base64
import os
import secrets
import stat
import string
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MOST_INFLATED_BYTES = 32 * 1024 * 1024
NESTED = 2
STREAM_STARTS = {
    b"\x1f\x8b\x08": 31,
    b"\x78\x01": 15,
    b"\x78\x5e": 15,
    b"\x78\x9c": 15,
    b"\x78\xda": 15,
}


def _letters(count: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


@dataclass
class Canaries:
    """One word for each field. All begin alike, so that most bytes are looked at for one word only."""

    stem: str = field(default_factory=lambda: f"zqx7{_letters(8)}")
    words: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        return self.words.setdefault(name, f"{self.stem}{len(self.words):03d}{_letters(6)}")

    def found_in(self, content: bytes) -> set[str]:
        """The names of the fields whose words are in these bytes."""
        return {
            name
            for layer in layers(content)
            if _holds(layer, self.stem)
            for name, word in self.words.items()
            if _holds(layer, word)
        }

    def found_in_files(self, paths: Iterable[Path]) -> dict[str, set[str]]:
        """For each file that holds any: which. A file that went away meanwhile holds none."""
        found = {}
        for path in paths:
            try:
                names = self.found_in(path.read_bytes())
            except OSError:
                continue
            if names:
                found[str(path)] = names
        return found


def written(word: str) -> set[bytes]:
    """Every way in which the word may stand among other bytes."""
    ways = set()
    for text in (word.encode(), word.encode("utf-16-le")):
        ways |= {text, text.hex().encode(), text.hex().upper().encode()}
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            ways |= set(_aligned(text, encode))
    return ways


def _aligned(text: bytes, encode: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """The characters that depend on the text alone, for each number of bytes that may stand before it."""
    for before in range(3):
        bits = 8 * (before + len(text))
        yield encode(bytes(before) + text)[-(-8 * before // 6) : bits // 6]


def _holds(content: bytes, word: str) -> bool:
    return any(way in content for way in written(word))


def layers(content: bytes, nested: int = NESTED) -> Iterator[bytes]:
    """The bytes, and what the packed streams in them hold."""
    yield content
    if nested:
        for start, window in _starts(content):
            inflated = _inflated(content, start, window)
            if inflated:
                yield from layers(inflated, nested - 1)


def _starts(content: bytes) -> Iterator[tuple[int, int]]:
    for magic, window in STREAM_STARTS.items():
        at = content.find(magic)
        while at >= 0:
            yield at, window
            at = content.find(magic, at + 1)


def _inflated(content: bytes, start: int, window: int) -> bytes:
    """What comes out until the stream ends or breaks; feeding it in small pieces keeps what came before a break."""
    stream, out = zlib.decompressobj(window), bytearray()
    try:
        for at in range(start, len(content), 1024):
            out += stream.decompress(content[at : at + 1024])
            if stream.eof or len(out) > MOST_INFLATED_BYTES:
                break
    except zlib.error:
        pass
    return bytes(out)


def files_in(folder: Path, since: float = 0.0) -> Iterator[Path]:
    """Ordinary files changed at or after a moment (seconds since 1970). A folder that goes away meanwhile holds none."""
    for here, _, names in os.walk(folder):
        for name in names:
            path = Path(here) / name
            try:
                facts = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(facts.st_mode) and facts.st_mtime >= since:
                yield path
