"""Reads about what was made: the gallery, the media of an entry, and recordings that broke off."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from afterglow.core.drawing.strokes import COLOURS
from afterglow.journal.documents import MADE, Entry
from afterglow.journal.queries import entries
from afterglow.medicine import queries as medicine
from afterglow.vault.documents import Stored
from afterglow.vault.media import queries as media
from afterglow.vault.media import uploads
from afterglow.vault.media.documents import Media
from afterglow.vault.media.kinds import STROKES
from afterglow.vault.media.queries import Damaged
from afterglow.vault.open_vault import NotHere, OpenVault

# The name under which recorder.js streams a recording, so that one that broke off is known again.
RECORDING: Final = "recording"
GONE: Final = _("This recording is not here any more. Please record or choose it once more.")
NAMED_COLOURS: Final = tuple(
    zip(COLOURS, (_("violet"), _("rust"), _("green"), _("blue"), _("dark")), strict=True)
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One kept file of an entry as a page shows it."""

    stored: Stored[Media]
    has_small: bool

    @property
    def id(self) -> UUID:
        return self.stored.id

    @property
    def waves(self) -> list[tuple[int, int]]:
        """Bars of the picture beside a recording: from where, and how high, of 40."""
        heights = [max(1, round(step * 0.4)) for step in self.media.waveform]
        return [(20 - height // 2, height) for height in heights]

    @property
    def media(self) -> Media:
        return self.stored.document


@dataclass(frozen=True, slots=True)
class Piece:
    """Something made, with the first picture of it."""

    stored: Stored[Entry]
    picture: Shown | None


@dataclass(frozen=True, slots=True)
class Group:
    """What was made about one sitting, or about none."""

    sitting: UUID | None
    day: date | None
    pieces: tuple[Piece, ...]


def shown(vault: OpenVault, entry: Entry) -> list[Shown]:
    """The pictures and recordings of an entry, in their order; strokes are not shown."""
    found = [media.whole_or_none(vault, each) for each in entry.media]
    return [
        Shown(stored, media.thumbnail_of(vault, stored.id) is not None)
        for stored in found
        if stored is not None and stored.document.content_type != STROKES
    ]


def strokes_of(vault: OpenVault, entry: Entry) -> str:
    """The strokes of a drawing, or nothing."""
    for each in entry.media:
        stored = media.media_or_none(vault, each)
        if stored is not None and stored.document.content_type == STROKES:
            return _text_of(vault, stored.id)
    return ""


def _text_of(vault: OpenVault, record: UUID) -> str:
    try:
        return media.read_media(vault, record).decode()
    except (Damaged, NotHere, UnicodeDecodeError):
        return ""


def gallery(vault: OpenVault) -> list[Group]:
    """Everything made, newest sitting first, each group newest first; what belongs to none comes last."""
    days = {stored.id: stored.document.day for stored in medicine.sittings(vault)}
    by_sitting: dict[UUID | None, list[Piece]] = {}
    for stored in entries(vault):
        if stored.document.kind_of in MADE or stored.document.media:
            sitting = stored.document.sitting if stored.document.sitting in days else None
            by_sitting.setdefault(sitting, []).append(_piece(vault, stored))
    order = sorted(
        by_sitting, key=lambda sitting: days[sitting] if sitting else date.min, reverse=True
    )
    return [
        Group(sitting, days[sitting] if sitting else None, tuple(by_sitting[sitting]))
        for sitting in order
    ]


def _piece(vault: OpenVault, stored: Stored[Entry]) -> Piece:
    pictures = [each for each in shown(vault, stored.document) if each.media.is_picture]
    return Piece(stored, pictures[0] if pictures else None)


def unfinished(vault: OpenVault) -> list[uploads.Begun]:
    """Recordings that broke off, newest last."""
    return uploads.unfinished(vault, RECORDING)


def unwritten_voices(vault: OpenVault) -> list[Stored[Entry]]:
    """Voice notes without any words beside them, newest first; never tender ones."""
    return [
        stored
        for stored in entries(vault)
        if stored.document.kind_of == "voice"
        and not stored.document.snippet
        and not stored.document.tender
    ]


def own_photos(vault: OpenVault, *, most: int = 12) -> list[Shown]:
    """Photos the person kept, newest first; never those of tender entries."""
    photos = [
        stored
        for stored in entries(vault)
        if stored.document.kind_of == "photo" and not stored.document.tender
    ]
    found = [each for stored in photos[:most] for each in shown(vault, stored.document)]
    return [each for each in found if each.media.is_picture][:most]


def holds_more(entry: Entry) -> bool:
    """Whether an entry is whole without a text."""
    return bool(entry.media or entry.described or entry.lasted_seconds or entry.listened)
