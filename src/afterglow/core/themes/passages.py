"""Cuts an entry into passages: sentences, list items, and clauses of dictated text.

Offsets are exact: `text[start:end] == passage.text`. Leaves out any judgement of what matters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_WORDS = 34
TARGET_WORDS = 18
LEAST_WORDS = 6
LONGEST_CHARACTERS = 1200

_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|sr|jr|prof|rev|fr|vs|etc|approx|no|nr|tel|e\.g|i\.e|a\.m|p\.m|z\.b|d\.h"
    r"|bzw|usw|ca|sra|dra)|(?<![^\W\d_])[^\W\d_])\.$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\n+"
    r"|[.!?…]+[\"'”’»)\]*_]*(?=\s|$)"
    r"|[。！？]+[」』”]*"
    r"|[।؟۔]+"
)
_BULLET = re.compile(r"(?:[-*•–—+>#]+|\(?\d{1,3}[.)]|\[[ xX]\])\s+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Places where a long run of words may be cut, best first: pauses, then words that open a clause.
_PAUSE = re.compile(r"[;:,–—]\s+|\s+[-–—]\s+|\s{2,}")
_OPENER = re.compile(
    r"\s(?=(?:and (?:then|i|he|she|it|we|they|there|the|so)|but|because|cos|so (?:i|he|she|we|they|it)"
    r"|then|when|which|while|anyway|i (?:said|thought|went|was|just|dont|do|had|am|have)"
    r"|he (?:said|was|is|had)|she (?:said|was|is|had)|it (?:was|is|had)|we (?:were|had|went)"
    r"|um|uh|like i|you know|und|aber|y|pero|mais|et)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a clause and where it stands."""

    start: int
    end: int
    text: str


def split(text: str) -> list[Passage]:
    """The passages of a text in order; none for an empty one."""
    return [
        Passage(start, end, text[start:end])
        for sentence in _sentences(text)
        for start, end in _clauses(text, *sentence)
        if any(character.isalnum() for character in text[start:end])
    ]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans between full stops and line ends, trimmed of space and list bullets."""
    begin = 0
    for stop in _STOP.finditer(text):
        if not _ends_a_sentence(text, begin, stop):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, len(text))


def _ends_a_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark[0] != ".":
        return True
    tail = text[max(begin, stop.end() - 13) : stop.end()]
    if mark == "." and _ABBREVIATION.search(tail):
        following = text[stop.end() : stop.end() + 2].strip()
        return tail.rstrip(".").endswith(("etc", "p.m", "a.m")) and following.isupper()
    return not _BULLET.fullmatch(text[begin : stop.end()].strip() + " ")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    if start < end:
        yield start, end


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence itself, or its clauses when it runs on."""
    for block_start, block_end in _blocks(text, start, end):
        words = [match.span() for match in _WORD.finditer(text, block_start, block_end)]
        if len(words) <= LONGEST_WORDS:
            yield block_start, block_end
        else:
            yield from _cut(text, block_start, block_end, words)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs without a stop cut to a bounded length, at a space where there is one."""
    while end - start > LONGEST_CHARACTERS:
        space = text.rfind(" ", start + LONGEST_CHARACTERS // 2, start + LONGEST_CHARACTERS)
        cut = space if space > start else start + LONGEST_CHARACTERS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _cut(
    text: str, start: int, end: int, words: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Clauses of about TARGET_WORDS words."""
    pauses = {match.end() for match in _PAUSE.finditer(text, start, end)}
    openers = {match.end() for match in _OPENER.finditer(text, start, end)}
    first = 0
    while len(words) - first > TARGET_WORDS + LEAST_WORDS:
        stop = _best_cut(words, first, pauses, openers)
        yield from _trimmed(text, start, words[stop][0])
        start, first = words[stop][0], stop
    yield from _trimmed(text, start, end)


def _best_cut(words: list[tuple[int, int]], first: int, pauses: set[int], openers: set[int]) -> int:
    """The word that should open the next clause."""

    def worth(at: int) -> float:
        here = words[at][0]
        distance = abs(at - first - TARGET_WORDS)
        return 6.0 * (here in pauses) + 5.0 * (here in openers) - distance

    last = min(len(words) - LEAST_WORDS, first + TARGET_WORDS + LEAST_WORDS)
    return max(range(first + LEAST_WORDS, last + 1), key=worth)
