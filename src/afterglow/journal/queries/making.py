"""Reads about what was made: the gallery, the media of an entry, and recordings that broke off."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from afterglow.core.drawing.strokes import COLOURS
from afterglow.journal.documents import MADE, MOST_PHOTOS, Entry
from afterglow.journal.queries import entries
from afterglow.medicine import queries as medicine
from afterglow.vault.documents import Stored
from afterglow.vault.media import queries as media
from afterglow.vault.media import uploads
from afterglow.vault.media.documents import Media
from afterglow.vault.media.kinds import LIMITS, MIB, STROKES
from afterglow.vault.media.queries import Damaged
from afterglow.vault.media.refusals import WHY
from afterglow.vault.open_vault import NotHere, OpenVault

# The name under which recorder.js streams a recording, so that one that broke off is known again.
RECORDING: Final = "recording"
PHOTO_KINDS: Final = ("image/jpeg", "image/png", "image/webp")
# So many pictures of one piece stand in the gallery.
SIDE_BY_SIDE: Final = 4
GONE: Final = _("This recording is not here any more. Please record or choose it once more.")
NAMED_COLOURS: Final = tuple(
    zip(COLOURS, (_("violet"), _("rust"), _("green"), _("blue"), _("dark")), strict=True)
)


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """What one form of photos may hold, said on its page before anything is sent."""

    most: int = MOST_PHOTOS
    # Together: below what one request may carry, so that none is lost on the way.
    megabytes: int = 48
    accept: str = ",".join(PHOTO_KINDS)
    why = WHY

    @property
    def most_bytes(self) -> int:
        return self.megabytes * MIB

    @property
    def largest_bytes(self) -> int:
        return min(LIMITS[kind] for kind in PHOTO_KINDS)


PHOTO_LIMITS: Final = PhotoLimits()


@dataclass(frozen=True, slots=True)
class Shown:
    """One kept file of an entry as a page shows it."""

    stored: Stored[Media]
    has_small: bool
    # What is to be seen in it, where its entry was opened whole.
    words: str = ""

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
    """Something made, with the first pictures of it, and how many more there are."""

    stored: Stored[Entry]
    pictures: tuple[Shown, ...]
    more: int = 0


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
        Shown(stored, media.thumbnail_of(vault, stored.id) is not None, entry.seen_in(stored.id))
        for stored in found
        if stored is not None and stored.document.content_type != STROKES
    ]


def pictures(vault: OpenVault, entry: Entry) -> list[Shown]:
    return [each for each in shown(vault, entry) if each.media.is_picture]


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
    made = [
        stored
        for stored in entries(vault)
        if stored.document.kind_of in MADE or stored.document.media
    ]
    # What is to be seen lies in the body; of what is tender nothing is opened.
    opened = {each.id: each for each in vault.whole([each for each in made if _is_shown(each)])}
    for head in made:
        stored = opened.get(head.id, head)
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
    if not _is_shown(stored):
        return Piece(stored, ())
    found = pictures(vault, stored.document)
    return Piece(stored, tuple(found[:SIDE_BY_SIDE]), max(0, len(found) - SIDE_BY_SIDE))


def _is_shown(stored: Stored[Entry]) -> bool:
    return bool(stored.document.media) and not stored.document.tender


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
