"""New keys for a whole vault, for when a passphrase may have been seen: everything is wrapped anew, at once or not at all.

The data key of each revision stays, under the new wrap key: who knew the old keys and had a copy could read these very
revisions anyway, and reads nothing that is written from now on. Media and grants therefore need not be sealed again.
"""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from afterglow.core.crypto import v1
from afterglow.vault import devices, drafts, records, staging
from afterglow.vault.grants import giving
from afterglow.vault.media import uploads
from afterglow.vault.models import (
    Attempt,
    Challenge,
    Cursor,
    Device,
    Draft,
    GrantItem,
    GrantRow,
    IdentityRow,
    Manifest,
    MediaFile,
    OutboxItem,
    Pairing,
    Parcel,
    PassingPage,
    Record,
    SessionBox,
    ShownPage,
    StagedRow,
    Unlocker,
    Upload,
    Waiting,
)
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.opened import Opened
from afterglow.vault.records import Keys, StaleKeys

ROWS_AT_ONCE = 500
_UPDATE = "UPDATE vault_record SET dek_wrap = %s WHERE id = %s"

# Every table of the vault stands in one of these three; a test fails for one that does not.
SEALED_ANEW: frozenset[type[Model]] = frozenset(
    {Record, Manifest, IdentityRow, Draft, StagedRow, GrantRow, Upload, Device}
)
GONE_WITH_THE_OLD_KEYS: frozenset[type[Model]] = frozenset(
    {Unlocker, SessionBox, ShownPage, Pairing}
)
WITHOUT_VAULT_KEYS: frozenset[type[Model]] = frozenset(
    {PassingPage, Waiting, OutboxItem, Parcel, GrantItem, Cursor, Attempt, MediaFile, Challenge}
)


def renew(keys: Keys) -> Keys:
    """The keys of the next epoch, with everything of this vault under them and no way in yet.

    Call inside the transaction that adds the new ways in. Raises VaultDamaged, with nothing changed.
    """
    new = Keys.of(keys.owner, keys.epoch + 1, secrets.token_bytes(32))
    with transaction.atomic():
        _manifest(keys, new)
        for seal_anew in _STEPS:
            seal_anew(keys, new)
        Unlocker.objects.filter(owner=keys.owner).delete()
        ShownPage.objects.filter(owner=keys.owner).delete()
        Pairing.objects.filter(owner=keys.owner).delete()
        # The rows stay without their boxes, so that a form from a page that is still open finds its owner.
        SessionBox.objects.filter(owner=keys.owner).update(box=None)
    return new


def _manifest(keys: Keys, new: Keys) -> None:
    """All rows are compared with the old sum first, so that nothing planted is taken along."""
    row = Manifest.objects.select_for_update().get(owner=keys.owner)
    if row.epoch != keys.epoch:
        raise StaleKeys("this session belongs to an earlier key; please unlock again")
    counter = records.check_manifest(keys)
    rows, mark = _records(keys, new)
    state = v1.ManifestState(counter=counter, rows=rows, mark=mark)
    sealed = v1.seal_manifest(new.manifest, new.owner, state)
    Manifest.objects.filter(owner=keys.owner).update(epoch=new.epoch, sealed=sealed)


def _records(keys: Keys, new: Keys) -> tuple[int, int]:
    """Wrap every data key anew; gives how many rows there are, and their new sum."""
    old_wrap, new_wrap = v1.RecordKeys(keys.wrap), v1.RecordKeys(new.wrap)
    count, mark = 0, 0
    for some in _some_at_once(keys.owner):
        changed: list[tuple[Any, ...]] = []
        for row in some:
            if row.tags:
                place = keys.place(row.record, row.rev, row.epoch)
                row.dek_wrap = new_wrap.wrap_data_key(
                    place, old_wrap.data_key(place, bytes(row.dek_wrap))
                )
                changed.append((row.dek_wrap, row.pk))
            count += 1
            mark ^= records.mark_of(new, row)
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, changed)
    return count, mark


def _some_at_once(owner: UUID) -> list[list[Record]]:
    rows = list(Record.objects.filter(owner=owner).defer("head", "body").order_by("pk"))
    return [rows[at : at + ROWS_AT_ONCE] for at in range(0, len(rows), ROWS_AT_ONCE)]


def _identity(keys: Keys, new: Keys) -> None:
    """The key pairs stay, so that what waits sealed to them opens, and friends know them again."""
    row = IdentityRow.objects.get(owner=keys.owner)
    identity = v1.open_private_identity(keys.identity, keys.owner, bytes(row.sealed_private))
    sealed = v1.seal_private_identity(new.identity, new.owner, identity)
    IdentityRow.objects.filter(owner=keys.owner).update(sealed_private=sealed)


def _grants(keys: Keys, new: Keys) -> None:
    giving.carry_over(OpenVault(_only_for_this(new)), keys.wrap)


def _only_for_this(new: Keys) -> Opened:
    state = Opened(new)
    state.refresh()
    return state


_STEPS: tuple[Callable[[Keys, Keys], None], ...] = (
    _identity,
    drafts.seal_anew,
    staging.seal_anew,
    uploads.seal_anew,
    devices.reseal,
    _grants,
)
