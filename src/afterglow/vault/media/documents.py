"""What is known of one kept file. It never changes: another picture is another document."""

from typing import ClassVar
from uuid import UUID

from afterglow.vault.documents import Document, register


class Media(Document, frozen=True, kw_only=True):
    """A kept file of `length` bytes. `made_from` names the media that a smaller picture was made from.

    `waveform` are loudness steps from 0 to 100, drawn beside a recording.
    """

    kind: ClassVar[str] = "media"
    in_body: ClassVar[frozenset[str]] = frozenset({"name", "waveform"})

    content_type: str
    length: int
    made_from: UUID | None = None
    width: int = 0
    height: int = 0
    seconds: float = 0.0

    name: str = ""
    waveform: tuple[int, ...] = ()

    def linked(self) -> tuple[UUID, ...]:
        return (self.made_from,) if self.made_from else ()

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_sound(self) -> bool:
        return self.content_type.startswith("audio/")


register(Media)
