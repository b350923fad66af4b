"""What the word head sees of one piece: hashed words and letters, pattern and lexicon names.

Pure counting; which of it matters is in the committed weights.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

from afterglow.core.safety.lexicon import constructs_in, words_of
from afterglow.core.safety.patterns import quiet_names, sign_names

BUCKETS = 1 << 15


def names_of(piece: str) -> Iterator[str]:
    """Every feature of one plain piece by name, repeated names included."""
    words = words_of(piece)
    yield from (f"1 {word}" for word in words)
    padded = ["<", *words, ">"]
    yield from (f"2 {a} {b}" for a, b in pairwise(padded))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(padded, padded[1:], padded[2:], strict=False))
    yield from (f"s {a} {c}" for a, c in zip(padded, padded[2:], strict=False))
    yield from _letters(words)
    yield from (f"p {name}" for name, _ in sign_names(piece))
    yield from (f"q {name}" for name in quiet_names(piece))
    yield from (f"l {name}" for name in constructs_in(words))


def buckets(names: Iterable[str]) -> frozenset[int]:
    """The hashed places of some features, each once."""
    return frozenset(crc32(name.encode("utf-8")) % BUCKETS for name in names)


def features_of(piece: str) -> frozenset[int]:
    """The hashed features of one plain piece."""
    return buckets(names_of(piece))


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        if len(word) > 3:
            framed = f"<{word}>"
            yield from (f"c {framed[at : at + 5]}" for at in range(len(framed) - 4))
