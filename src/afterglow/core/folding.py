"""Text folded for finding: case, width and accents do not matter. Leaves out what is searched and how it is ranked."""

import unicodedata
from collections.abc import Sequence

Span = tuple[int, int]


def folded(text: str) -> str:
    """The text without case, width and accents, for `in`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    # Few different characters stand in any text, so asking once for each is far quicker than in turn.
    for char in set(plain):
        if unicodedata.combining(char):
            plain = plain.replace(char, "")
    return plain.casefold()


def words_of(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once, in order."""
    return tuple(dict.fromkeys(folded(query).split()))


def spans_of(text: str, words: Sequence[str]) -> list[Span]:
    """Where the folded words occur in the text as it was written: sorted, joined where they touch."""
    plain, places = _folded_with_places(text)
    found = []
    for word in words:
        start = plain.find(word) if word else -1
        while start >= 0:
            end = start + len(word)
            found.append((places[start], places[end - 1] + 1))
            start = plain.find(word, end)
    return _joined(found)


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces, places = [], []
    for place, char in enumerate(text):
        piece = folded(char)
        pieces.append(piece)
        places.extend([place] * len(piece))
    return "".join(pieces), places


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
