"""A file on its way: begun, taken in piece by piece, looked at, forgotten. Keeping it is for `vault.media.services`."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault.media import files, kinds, pieces
from afterglow.vault.media.pieces import PIECE_BYTES
from afterglow.vault.media.refusals import Refused
from afterglow.vault.models import Upload
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.records import Keys

LONGEST_NAME = 200
MOST_PIECES = 64
MOST_UPLOADS = 60
LEFT_ALONE = timedelta(hours=3)


class Facts(msgspec.Struct, frozen=True):
    """What was said of a file when its upload began, and the key of its pieces; `length` is None where unknown."""

    name: str
    content_type: str
    length: int | None
    key: bytes = msgspec.field(default_factory=partial(secrets.token_bytes, v1.KEY_BYTES))


def begin_upload(vault: OpenVault, *, name: str, content_type: str, length: int | None) -> UUID:
    """A place for pieces to arrive. Raises Refused for what would not be kept anyway."""
    kinds.check_said(content_type, length)
    return open_upload(vault, Facts(tidy_name(name), content_type[:100], length))


def open_upload(vault: OpenVault, facts: Facts) -> UUID:
    """A place for pieces, whatever they are. Raises Refused where there are too many or there is no room."""
    _make_way(vault)
    upload = uuid4()
    try:
        pieces.begin(upload)
    except OSError as error:
        raise files.not_written(error) from error
    sealed = _sealed(vault.keys, upload, v1.pad(msgspec.msgpack.encode(facts)))
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Upload.objects.create(id=upload, owner=vault.owner, sealed=sealed, hour=hour)
    return upload


def _make_way(vault: OpenVault) -> None:
    """Where very many are on their way, the oldest that nobody went on with for hours goes. Raises Refused."""
    own = Upload.objects.filter(owner=vault.owner)
    if own.count() < MOST_UPLOADS:
        return
    oldest = own.filter(hour__lt=timezone.now() - LEFT_ALONE).order_by("hour").first()
    if oldest is None:
        raise Refused("too_many")
    drop_upload(vault, oldest.id)


def facts_of(vault: OpenVault, upload: UUID) -> Facts:
    """What was said of an upload of this person. Raises NotHere."""
    row = Upload.objects.filter(owner=vault.owner, id=upload).first()
    if row is None:
        raise NotHere
    return msgspec.msgpack.decode(v1.unpad(_opened(vault.keys, row)), type=Facts)


def way_to(vault: OpenVault, upload: UUID) -> pieces.Way:
    """To the pieces of an upload of this person. Raises NotHere."""
    return pieces.Way(vault.owner, upload, facts_of(vault, upload).key)


def take_piece(vault: OpenVault, upload: UUID, index: int, piece: bytes) -> None:
    """Seal one piece; when this returns it is on the disk. Sent again, it replaces itself. Raises NotHere, Refused."""
    facts = facts_of(vault, upload)
    length = facts.length
    if index >= MOST_PIECES:
        raise Refused("too_large")
    if index < 0 or not 0 < len(piece) <= PIECE_BYTES:
        raise Refused("odd_piece")
    if length is not None and len(piece) != min(PIECE_BYTES, length - index * PIECE_BYTES):
        raise Refused("odd_piece")
    pieces.write(pieces.Way(vault.owner, upload, facts.key), index, piece)


def kept_pieces(vault: OpenVault, upload: UUID) -> list[int]:
    """Which pieces need not be sent again. Raises NotHere."""
    facts_of(vault, upload)
    return pieces.kept(upload)


def uploaded(vault: OpenVault, upload: UUID) -> bytes:
    """The whole file as it was sent. Raises NotHere, and Refused where a piece is missing."""
    way = way_to(vault, upload)
    arrived = pieces.kept(upload)
    if arrived != list(range(len(arrived))):
        raise Refused("not_all")
    return b"".join(pieces.all_of(way))


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that was begun and not finished, and about how large it is by now."""

    id: UUID
    hour: datetime
    about_bytes: int


def unfinished(vault: OpenVault, name: str) -> list[Begun]:
    """Uploads of this name that broke off after at least one piece, oldest first."""
    rows = Upload.objects.filter(owner=vault.owner).order_by("hour", "pk")
    found = []
    for row in rows:
        arrived = pieces.kept(row.id)
        if arrived and facts_of(vault, row.id).name == name:
            found.append(Begun(row.id, row.hour, len(arrived) * PIECE_BYTES))
    return found


def drop_upload(vault: OpenVault, upload: UUID) -> None:
    """Forget an upload and its pieces."""
    if Upload.objects.filter(owner=vault.owner, id=upload).delete()[0]:
        pieces.drop(upload)


def tidy_name(name: str) -> str:
    """The last part of a name, on one line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return " ".join(last.split())[:LONGEST_NAME]


def seal_anew(old: Keys, new: Keys) -> None:
    """New keys for a vault: uploads on their way go on, since their pieces have a key of their own."""
    for row in Upload.objects.filter(owner=old.owner):
        row.sealed = _sealed(new, row.id, _opened(old, row))
        row.save(update_fields=["sealed"])


def _sealed(own: Keys, upload: UUID, text: bytes) -> bytes:
    return v1.seal(v1.expand(own.wrap, "upload"), text, _context(own, upload))


def _opened(own: Keys, row: Upload) -> bytes:
    return v1.open_sealed(v1.expand(own.wrap, "upload"), bytes(row.sealed), _context(own, row.id))


def _context(own: Keys, upload: UUID) -> bytes:
    return v1.bind("upload", own.owner, upload, own.epoch)
