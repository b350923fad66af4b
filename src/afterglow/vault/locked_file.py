"""A file that opens with words of its own in any program of the age format: locked while it is made, never held whole."""

from collections.abc import Iterable, Iterator

from afterglow.core.crypto import age


def locked(pieces: Iterable[bytes], words: str) -> Iterator[bytes]:
    return age.lock(pieces, words)
