"""Changes to media: take a file in piece by piece, keep it sealed, remove it. Media first, row second."""

import secrets
from collections.abc import Container, Iterable, Sequence
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from afterglow.core.crypto import v1
from afterglow.vault.documents import Stored
from afterglow.vault.media import files, keys, kinds, photos
from afterglow.vault.media.documents import Media
from afterglow.vault.media.pieces import PIECE_BYTES
from afterglow.vault.media.queries import media_or_none
from afterglow.vault.media.refusals import Refused
from afterglow.vault.media.sound import without_words
from afterglow.vault.media.uploads import (
    MOST_PIECES,
    Facts,
    begin_upload,
    drop_upload,
    facts_of,
    kept_pieces,
    open_upload,
    take_piece,
    tidy_name,
    uploaded,
    way_to,
)
from afterglow.vault.models import MediaFile
from afterglow.vault.open_vault import NotHere, OpenVault

__all__ = [
    "MOST_PIECES",
    "PIECE_BYTES",
    "Facts",
    "Refused",
    "begin_upload",
    "drop_upload",
    "facts_of",
    "finish_upload",
    "keep_file",
    "keep_media",
    "kept_pieces",
    "open_upload",
    "remove_media",
    "remove_unused",
    "take_piece",
    "tidy_name",
    "uploaded",
    "way_to",
]

MOST_WAVES = 400


def finish_upload(
    vault: OpenVault,
    upload: UUID,
    *,
    seconds: float = 0.0,
    waveform: Sequence[int] = (),
    wanted: str = "",
) -> Stored[Media]:
    """Keep the whole file under the upload's own id; asked twice, it keeps it once. Raises NotHere, Refused."""
    already = _kept_already(vault, upload)
    if already is not None:
        kinds.check_wanted(already.document.content_type, wanted)
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
        wanted=wanted,
    )
    drop_upload(vault, upload)
    return stored


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
    wanted: str = "",
) -> Stored[Media]:
    """Keep a whole file: its kind told by its bytes, a picture written anew and small beside it. Raises Refused."""
    kind = kinds.kind_of(content, said=content_type)
    kinds.check_wanted(kind, wanted)
    picture = photos.prepared(content) if kind.startswith("image/") else None
    content = picture.content if picture else without_words(content, kind)
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
            stored = vault.put(document, record=record)
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


def remove_unused(vault: OpenVault, media: Iterable[UUID], *, used: Container[UUID]) -> None:
    """Remove what was kept for a document that is gone, unless another one shows it, too."""
    for each in dict.fromkeys(media):
        if each not in used and media_or_none(vault, each) is not None:
            remove_media(vault, each)


def _kept_already(vault: OpenVault, upload: UUID) -> Stored[Media] | None:
    try:
        return vault.get(Media, upload)
    except NotHere:
        return None
