"""Whether the words of an entry bring the help panel. Nothing is blocked, kept or counted.

It fails towards showing and never gives an all-clear: a page that stays quiet has said nothing.
"""

from typing import NamedTuple

from afterglow.core.safety.patterns import brings_panel, plain
from afterglow.core.safety.pieces import sentences


class Signs(NamedTuple):
    """Whether to show the panel, and which stretches of the text brought it."""

    show: bool
    spans: tuple[tuple[int, int], ...]


def look(text: str, *, meaning: object | None = None) -> Signs:
    """The signs in one text."""
    plain_text = plain(text)
    spans = tuple(
        (piece.start, piece.end)
        for piece in sentences(text)
        if brings_panel(plain_text[piece.start : piece.end])
    )
    return Signs(show=bool(spans), spans=spans)
