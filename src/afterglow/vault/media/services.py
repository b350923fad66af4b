"""Changes to media: take a file in piece by piece, keep it sealed, remove it. Media first, row second."""

import secrets
from collections.abc import Sequence
from functools import partial
from typing import cast
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault.documents import Stored
from afterglow.vault.media import files, keys, kinds, photos, pieces
from afterglow.vault.media.documents import Media
from afterglow.vault.media.pieces import PIECE_BYTES
from afterglow.vault.media.refusals import Refused
from afterglow.vault.models import MediaFile, Upload
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.records import Keys

__all__ = ["PIECE_BYTES", "Refused"]

LONGEST_NAME = 200
MOST_WAVES = 400
MOST_PIECES = 64
MOST_UPLOADS = 60


class Facts(msgspec.Struct, frozen=True):
    """What was said of a file when its upload began; `length` is None where nobody could know it."""

    name: str
    content_type: str
    length: int | None


def begin_upload(vault: OpenVault, *, name: str, content_type: str, length: int | None) -> UUID:
    """A place for pieces to arrive. Raises Refused for what would not be kept anyway."""
    kinds.check_said(content_type, length)
    return open_upload(vault, Facts(tidy_name(name), content_type[:100], length))


def open_upload(vault: OpenVault, facts: Facts) -> UUID:
    """A place for pieces, whatever they are. Raises Refused where there are too many or there is no room."""
    if Upload.objects.filter(owner=vault.owner).count() >= MOST_UPLOADS:
        raise Refused("too_many")
    upload = uuid4()
    try:
        pieces.begin(upload)
    except OSError as error:
        raise files.not_written(error) from error
    text = v1.pad(msgspec.msgpack.encode(facts))
    sealed = v1.seal(_upload_key(vault.keys), text, _context(vault.keys, upload))
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Upload.objects.create(id=upload, owner=vault.owner, sealed=sealed, hour=hour)
    return upload


def facts_of(vault: OpenVault, upload: UUID) -> Facts:
    """What was said of an upload of this person. Raises NotHere."""
    row = Upload.objects.filter(owner=vault.owner, id=upload).first()
    if row is None:
        raise NotHere
    try:
        text = v1.open_sealed(
            _upload_key(vault.keys), bytes(row.sealed), _context(vault.keys, upload)
        )
    except v1.NotOpened as error:
        # Begun under the keys of an earlier epoch: its pieces do not open either.
        raise NotHere from error
    return msgspec.msgpack.decode(v1.unpad(text), type=Facts)


def take_piece(vault: OpenVault, upload: UUID, index: int, piece: bytes) -> None:
    """Seal one piece; when this returns it is on the disk. Sent again, it replaces itself. Raises NotHere, Refused."""
    length = facts_of(vault, upload).length
    if index >= MOST_PIECES:
        raise Refused("too_large")
    if index < 0 or not 0 < len(piece) <= PIECE_BYTES:
        raise Refused("odd_piece")
    if length is not None and len(piece) != min(PIECE_BYTES, length - index * PIECE_BYTES):
        raise Refused("odd_piece")
    pieces.write(vault.keys, upload, index, piece)


def kept_pieces(vault: OpenVault, upload: UUID) -> list[int]:
    """Which pieces need not be sent again. Raises NotHere."""
    facts_of(vault, upload)
    return pieces.kept(upload)


def finish_upload(
    vault: OpenVault, upload: UUID, *, seconds: float = 0.0, waveform: Sequence[int] = ()
) -> Stored[Media]:
    """Keep the whole file under the upload's own id; asked twice, it keeps it once. Raises NotHere, Refused."""
    already = _kept_already(vault, upload)
    if already is not None:
        drop_upload(vault, upload)
        return already
    facts = facts_of(vault, upload)
    content = uploaded(vault, upload)
    if facts.length is not None and len(content) != facts.length:
        raise Refused("not_all")
    stored = keep_media(
        vault,
        content,
        name=facts.name,
        content_type=facts.content_type,
        seconds=seconds,
        waveform=waveform,
        record=upload,
    )
    drop_upload(vault, upload)
    return stored


def uploaded(vault: OpenVault, upload: UUID) -> bytes:
    """The whole file as it was sent. Raises NotHere, and Refused where a piece is missing."""
    facts_of(vault, upload)
    arrived = pieces.kept(upload)
    if arrived != list(range(len(arrived))):
        raise Refused("not_all")
    return b"".join(pieces.all_of(vault.keys, upload))


def drop_upload(vault: OpenVault, upload: UUID) -> None:
    """Forget an upload and its pieces."""
    if Upload.objects.filter(owner=vault.owner, id=upload).delete()[0]:
        pieces.drop(upload)


def keep_media(
    vault: OpenVault,
    content: bytes,
    *,
    name: str,
    content_type: str,
    made_from: UUID | None = None,
    seconds: float = 0.0,
    waveform: Sequence[int] = (),
    record: UUID | None = None,
) -> Stored[Media]:
    """Keep a whole file: its kind told by its bytes, a picture written anew and small beside it. Raises Refused."""
    kind = kinds.kind_of(content, said=content_type)
    picture = photos.prepared(content) if kind.startswith("image/") else None
    content = picture.content if picture else content
    document = Media(
        content_type=picture.content_type if picture else kind,
        length=len(content),
        made_from=made_from,
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
        seconds=max(0.0, seconds),
        name=tidy_name(name),
        waveform=tuple(min(100, max(0, step)) for step in waveform[:MOST_WAVES]),
    )
    with vault.together():
        stored = keep_file(vault, document, content, record=record or uuid4())
        if picture and picture.small:
            _keep_small(vault, picture.small, made_from=stored.id)
    return stored


def _keep_small(vault: OpenVault, small: photos.Picture, *, made_from: UUID) -> None:
    document = Media(
        content_type=small.content_type,
        length=len(small.content),
        made_from=made_from,
        width=small.width,
        height=small.height,
    )
    keep_file(vault, document, small.content, record=uuid4())


def keep_file(vault: OpenVault, document: Media, content: bytes, *, record: UUID) -> Stored[Media]:
    """Seal a file as it is, then keep its document and the way to it in one transaction."""
    file_key = secrets.token_bytes(v1.KEY_BYTES)
    name = files.write(file_key, content)
    try:
        with vault.together():
            stored = cast("Stored[Media]", vault.put(document, record=record))
            key = keys.wrapped(keys.media_key(vault.keys, record), vault.owner, record, file_key)
            MediaFile.objects.create(owner=vault.owner, record=record, file=name, key=key)
    except BaseException:
        files.remove(name)
        raise
    return stored


def remove_media(vault: OpenVault, media: UUID) -> None:
    """Remove a kept file and what was made from it; the files go once that is settled. Raises NotHere."""
    vault.head(Media, media)
    smaller = [each.id for each in vault.heads(Media) if each.document.made_from == media]
    with vault.together():
        for record in (media, *smaller):
            vault.delete(record)
        rows = MediaFile.objects.filter(owner=vault.owner, record__in=[media, *smaller])
        names = list(rows.values_list("file", flat=True))
        rows.delete()
        transaction.on_commit(partial(files.remove_all, names))


def tidy_name(name: str) -> str:
    """The last part of a name, on one line."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return " ".join(last.split())[:LONGEST_NAME]


def _kept_already(vault: OpenVault, upload: UUID) -> Stored[Media] | None:
    try:
        return vault.get(Media, upload)
    except NotHere:
        return None


def _upload_key(own: Keys) -> bytes:
    return v1.expand(own.wrap, "upload")


def _context(own: Keys, upload: UUID) -> bytes:
    return v1.bind("upload", own.owner, upload, own.epoch)
