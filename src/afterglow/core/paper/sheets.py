"""What stands on paper: a title, headed parts, and pieces of words. Nothing here is markup."""

from typing import Literal

import msgspec

Size = Literal["a4", "us-letter"]
Kind = Literal["words", "quote", "quiet", "items", "pairs"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list, with a quiet line under it; or of pairs, with `more` as its name above it."""

    words: str
    more: str = ""
    own: bool = True


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words or a list. `own` marks the person's words, which are set in another hand."""

    kind: Kind = "words"
    words: str = ""
    own: bool = True
    items: tuple[Row, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with what stands under it."""

    heading: str
    pieces: tuple[Piece, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One document for paper. `under` stands below its title, `language` is a language tag such as de.

    A `tight` one is set smaller and closer, so that more goes on a page.
    """

    title: str
    parts: tuple[Part, ...]
    under: str = ""
    language: str = "en"
    size: Size = "a4"
    tight: bool = False
