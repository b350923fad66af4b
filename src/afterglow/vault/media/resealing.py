"""New keys for a kept file whose document gets a new data key because a grant over it has ended."""

import secrets
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from afterglow.core.crypto import v1
from afterglow.vault.media import files, keys
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile
from afterglow.vault.open_vault import NotHere, OpenVault


def rows_of(owner: UUID, records: Iterable[UUID]) -> dict[UUID, MediaFile]:
    """Those of these records that have a file."""
    found = MediaFile.objects.filter(owner=owner, record__in=list(records))
    return {row.record: row for row in found}


def reseal_media(vault: OpenVault, row: MediaFile, old_key: bytes, new_key: bytes) -> None:
    """Seal the file anew under a key that nobody has seen, beside the old one, which goes once that is settled.

    The keys are those that `media_key` gives for the old and the new data key. Call inside the transaction that writes
    the new data key. A damaged file is not made worse: only its key is wrapped anew.
    """
    file_key = keys.file_key(old_key, row)
    try:
        length = vault.head(Media, row.record).document.length
        content = b"".join(files.read(file_key, row.file, length, 0, length))
    except (NotHere, files.Damaged):
        row.key = keys.wrapped(new_key, row.owner, row.record, file_key)
        row.save(update_fields=["key"])
        return
    before, fresh = row.file, secrets.token_bytes(v1.KEY_BYTES)
    row.file = files.write(fresh, content)
    row.key = keys.wrapped(new_key, row.owner, row.record, fresh)
    row.save(update_fields=["file", "key"])
    transaction.on_commit(partial(files.remove, before))
