"""An entry, and the wish to delete one that waits a day. Leaves out what an entry may mean."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register

KINDS_OF_ENTRY = (
    *("entry", "dream", "sitting", "list", "note", "dictated", "letter", "made"),
    *("voice", "drawing", "photo", "music", "poem", "movement"),
)
# What was made rather than written, and stands in the gallery.
MADE = ("voice", "drawing", "photo", "music", "poem", "movement")


# So many photos one entry holds: what one sitting or one walk brings, and what one form can carry.
MOST_PHOTOS = 12


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be seen in one photo of several."""

    media: UUID
    words: str


class Listened(msgspec.Struct, frozen=True, kw_only=True):
    """Music as it was named; the link is text, and nothing is fetched from it."""

    title: str = ""
    artist: str = ""
    link: str = ""


class Entry(Document, frozen=True, kw_only=True):
    """Anything written. `snippet` is the beginning of the text, for lists; `kind_of` is one of KINDS_OF_ENTRY.

    `media` are ids of kept files in the order in which they are shown, and `described` says what is to be seen in them;
    where there are several photos, `seen` says it of each that has words of its own.
    `lasted_seconds` is how long a recording or a movement lasted.
    `question` is the id of the question that was answered and `question_text` its words at that time.
    """

    kind: ClassVar[str] = "entry"
    in_body: ClassVar[frozenset[str]] = frozenset({"text", "described", "seen", "listened"})

    written: Moment
    kind_of: str = "entry"
    sitting: UUID | None = None
    title: str = ""
    snippet: str = ""
    tags: tuple[str, ...] = ()
    tender: bool = False
    question: str = ""
    question_text: str = ""
    imported_from: str = ""
    media: tuple[UUID, ...] = ()
    lasted_seconds: int = 0

    text: str = ""
    described: str = ""
    seen: tuple[Seen, ...] = ()
    listened: Listened | None = None

    def seen_in(self, media: UUID) -> str:
        """What is to be seen in one file: its own words, else those for all of them."""
        own = (each.words for each in self.seen if each.media == media)
        return next(own, "") or self.described

    @property
    def all_described(self) -> str:
        """Everything that was said to be seen, a line for each picture."""
        return "\n".join(filter(None, (self.described, *(each.words for each in self.seen))))

    def when(self) -> date | None:
        return self.written.day

    def linked(self) -> tuple[UUID, ...]:
        return (*([self.sitting] if self.sitting else []), *self.media)


class OwnKindness(Document, frozen=True, kw_only=True):
    """Own sentences about oneself that are true enough, and own good memories; one document for each person."""

    kind: ClassVar[str] = "own-kindness"
    in_body: ClassVar[frozenset[str]] = frozenset({"sentences", "memories"})

    sentences: tuple[str, ...] = ()
    memories: tuple[str, ...] = ()


class Deletion(Document, frozen=True, kw_only=True):
    """The wish to delete an entry, asked within a day of a sitting: carried out at `due`, or called off."""

    kind: ClassVar[str] = "deletion"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    entry: UUID
    asked: Moment
    due: Moment

    def linked(self) -> tuple[UUID, ...]:
        return (self.entry,)


register(Entry, Deletion, OwnKindness)
