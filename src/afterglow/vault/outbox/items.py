"""One thing as a phone kept it, how it opens, and what may become of it. Leaves out storage and pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.core.days import Moment, is_zone, moment
from afterglow.vault.models import OutboxItem
from afterglow.vault.open_vault import OpenVault

WAITS, KEPT, LOOK, BOTH, PART = "waits", "kept", "look", "both", "part"
# Its words were kept by hand; what else it holds is still here as it came.
WORDS = "words"


class CannotBeKept(Exception):
    """The item does not open, or its capability cannot make a document of it."""


class NoRoomNow(Exception):
    """The disk does not take what came with the item; it stays as it came and is tried again."""


class Sent(msgspec.Struct, frozen=True):
    """One form as it was kept on a phone. `at` and `zone` are the moment of writing, as the phone saw it."""

    kind: str
    at: datetime
    zone: str = "UTC"
    fields: list[tuple[str, str]] = []
    media: list["SentMedia"] = []
    language: str = "en"
    v: int = 1
    # Ids of the files as they are kept now; only this side knows them.
    kept_media: tuple[UUID, ...] = ()
    # Which of the files these are, and for each of the others why it was not kept.
    kept_places: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """The last value of a field, as a form has it; empty where it is missing."""
        return next((value for key, value in reversed(self.fields) if key == name), "")

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def finished_draft(self, vault: OpenVault, form: str) -> str | None:
        """The form whose draft these very words complete; another draft that was begun meanwhile stays."""
        return form if vault.draft(form).get("text", "").strip() in self.text("text") else None

    def written(self) -> Moment:
        """When it was written; a clock that runs ahead is brought back to now."""
        at = self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)
        return moment(min(at, timezone.now()), self.zone if is_zone(self.zone) else "UTC")


class SentMedia(msgspec.Struct, frozen=True):
    """A recording, a drawing or a photo, in pieces that were sealed one by one under these ids."""

    type: str
    length: int
    pieces: list[UUID]
    name: str = ""
    seconds: float = 0.0
    waveform: list[int] = []


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an item: the page that shows it, whether the person is to choose between two, and whether a
    file that came with it was refused and waits to be looked at.
    """

    page: str = "companion:today"
    arguments: tuple[object, ...] = ()
    query: str = ""
    both: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """An item that asks for the person. `sent` is None where it did not open; `files` are the places of those of its
    files that are still here as they came.
    """

    id: UUID
    arrived: datetime
    state: str
    sent: Sent | None
    files: tuple[int, ...] = ()

    @property
    def holds_more(self) -> bool:
        """Whether it holds what is no words: a recording, a photo, strokes."""
        return self.sent is not None and bool(self.sent.media or self.sent.text("strokes"))

    @property
    def changed(self) -> UUID | None:
        """The document that was changed in two places."""
        return UUID(self.sent.text("entry")) if self.state == BOTH and self.sent else None


def opened(vault: OpenVault, private: bytes, row: OutboxItem) -> Sent:
    """What the phone had sealed. Raises CannotBeKept."""
    try:
        return msgspec.json.decode(unsealed(vault, private, row), type=Sent)
    except (v1.NotOpened, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CannotBeKept from error


def unsealed(vault: OpenVault, private: bytes, row: OutboxItem) -> bytes:
    return v1.open_inbox(private, bytes(row.blob), owner=vault.owner, item=row.item)


def file_of(vault: OpenVault, private: bytes, item: UUID, media: SentMedia) -> bytes:
    """A whole file from its pieces. Raises CannotBeKept where one is missing or does not open."""
    rows = OutboxItem.objects.filter(owner=vault.owner, part_of=item, item__in=media.pieces)
    pieces = {row.item: row for row in rows}
    try:
        content = b"".join(unsealed(vault, private, pieces[name]) for name in media.pieces)
    except (KeyError, v1.NotOpened) as error:
        raise CannotBeKept from error
    if len(content) != media.length:
        raise CannotBeKept
    return content
