"""Making a vault and the ways to open it: passphrase and recovery code. Opening is signing in; there is no other check."""

import secrets
import threading
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault import renewal
from afterglow.vault.media import files, pieces
from afterglow.vault.models import (
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
    Record,
    SessionBox,
    ShownPage,
    StagedRow,
    Unlocker,
    Upload,
    Waiting,
)
from afterglow.vault.records import Keys, start_ledger

PASSPHRASE: v1.UnlockerKind = "passphrase"  # noqa: S105 - the name of a kind, not a secret
RECOVERY: v1.UnlockerKind = "recovery"
# Two derivations at once hold 128 MiB; more would let a crowd at the door starve the machine.
_kdf_seats = threading.Semaphore(2)


class WrongKey(Exception):
    """The passphrase or code does not open this vault (or there is no such vault: both look alike)."""


@dataclass(frozen=True, slots=True)
class OpenedVault:
    keys: Keys
    unlocker: UUID


def create_vault(owner: UUID, passphrase: str) -> Keys:
    """A new vault with a passphrase; call inside a transaction with the account's row."""
    keys = Keys.of(owner, 1, secrets.token_bytes(32))
    add_unlocker(keys, PASSPHRASE, v1.normalise_passphrase(passphrase))
    _create_identity(keys)
    start_ledger(keys)
    return keys


def _create_identity(keys: Keys) -> None:
    identity = v1.new_identity(keys.owner)
    IdentityRow.objects.create(
        owner=keys.owner,
        kem_public=identity.kem_public,
        sign_public=identity.sign_public,
        inbox_public=identity.inbox_public,
        signature=identity.signature,
        sealed_private=v1.seal_private_identity(keys.identity, keys.owner, identity),
    )


def add_unlocker(keys: Keys, kind: v1.UnlockerKind, secret: bytes) -> UUID:
    """One more way to open this vault."""
    parameters = v1.new_kdf_parameters() if kind == PASSPHRASE else None
    unlocker = uuid4()
    wrap = v1.wrap_key(
        _derive(secret, kind, parameters),
        keys.vault_key,
        context=_context(keys.owner, unlocker, kind, keys.epoch, parameters),
    )
    Unlocker.objects.create(
        id=unlocker,
        owner=keys.owner,
        kind=kind,
        memory_kib=parameters.memory_kib if parameters else 0,
        iterations=parameters.iterations if parameters else 0,
        lanes=parameters.lanes if parameters else 0,
        salt=parameters.salt if parameters else b"",
        sealed=wrap.sealed,
        commitment=wrap.commitment,
        epoch=keys.epoch,
    )
    return unlocker


def open_with_passphrase(owner: UUID | None, passphrase: str) -> OpenedVault:
    """Open by passphrase. An unknown owner costs the same time and gives the same answer: WrongKey."""
    secret = v1.normalise_passphrase(passphrase)
    rows = list(Unlocker.objects.filter(owner=owner, kind=PASSPHRASE)) if owner else []
    if not rows:
        _derive(secret, PASSPHRASE, v1.new_kdf_parameters())
        raise WrongKey
    return _open_any(rows, secret)


def open_with_recovery_code(owner: UUID | None, code: str) -> OpenedVault:
    """Open by recovery code. Raises WrongKey, or ValueError with a kind reason if it cannot be one."""
    secret = v1.read_recovery_code(code)
    rows = list(Unlocker.objects.filter(owner=owner, kind=RECOVERY)) if owner else []
    return _open_any(rows, secret)


def _open_any(rows: list[Unlocker], secret: bytes) -> OpenedVault:
    for row in rows:
        parameters = _parameters(row)
        kek = _derive(secret, PASSPHRASE if parameters else RECOVERY, parameters)
        context = _context(row.owner, row.id, row.kind, row.epoch, parameters)
        wrap = v1.Wrap(sealed=bytes(row.sealed), commitment=bytes(row.commitment))
        try:
            vault_key = v1.unwrap_key(kek, wrap, context=context)
        except v1.NotOpened:
            continue
        return OpenedVault(Keys.of(row.owner, row.epoch, vault_key), row.id)
    raise WrongKey


def _parameters(row: Unlocker) -> v1.KdfParameters | None:
    if row.kind != PASSPHRASE:
        return None
    parameters = v1.KdfParameters(
        memory_kib=row.memory_kib, iterations=row.iterations, lanes=row.lanes, salt=bytes(row.salt)
    )
    v1.check_floor(parameters)
    return parameters


def _derive(secret: bytes, kind: v1.UnlockerKind, parameters: v1.KdfParameters | None) -> bytes:
    with _kdf_seats:
        return v1.derive_kek(secret, kind=kind, parameters=parameters)


def _context(
    owner: UUID, unlocker: UUID, kind: str, epoch: int, parameters: v1.KdfParameters | None
) -> bytes:
    cost = (
        (parameters.memory_kib, parameters.iterations, parameters.lanes, parameters.salt)
        if parameters
        else (0, 0, 0, b"")
    )
    return v1.bind("unlocker", owner, unlocker, kind, epoch, *cost)


def change_passphrase(keys: Keys, passphrase: str) -> None:
    """A new wrap in place of the old one, in one transaction. Data keys stay as they are."""
    _replace(keys, PASSPHRASE, v1.normalise_passphrase(passphrase))


def set_recovery_code(keys: Keys, code: str) -> None:
    """Keep a wrap under this code and drop the one before."""
    _replace(keys, RECOVERY, v1.read_recovery_code(code))


def renew_with_passphrase(keys: Keys, passphrase: str) -> Keys:
    """New vault keys under this passphrase alone: every other way in is gone. Raises records.VaultDamaged."""
    with transaction.atomic():
        new = renewal.renew(keys)
        add_unlocker(new, PASSPHRASE, v1.normalise_passphrase(passphrase))
    return new


def _replace(keys: Keys, kind: v1.UnlockerKind, secret: bytes) -> None:
    with transaction.atomic():
        kept = add_unlocker(keys, kind, secret)
        Unlocker.objects.filter(owner=keys.owner, kind=kind).exclude(id=kept).delete()


def has_recovery_code(owner: UUID) -> bool:
    return Unlocker.objects.filter(owner=owner, kind=RECOVERY).exists()


def opens_any(rows: list[Unlocker], passphrase: str) -> bool:
    """Whether this passphrase opens one of these, which may be rows of another database."""
    try:
        _open_any(rows, v1.normalise_passphrase(passphrase))
    except WrongKey:
        return False
    return True


def opens(keys: Keys, passphrase: str) -> bool:
    """Whether this passphrase opens this very vault: asked again before sensitive acts."""
    try:
        return open_with_passphrase(keys.owner, passphrase).keys.vault_key == keys.vault_key
    except WrongKey:
        return False


def destroy(owner: UUID) -> None:
    """Remove the ways in first, then everything that was kept; what they granted and were granted ends."""
    with transaction.atomic():
        _end_grants(owner)
        _let_files_go(owner)
        for model in (
            Unlocker,
            SessionBox,
            Device,
            Pairing,
            IdentityRow,
            Record,
            Manifest,
            Draft,
            Waiting,
            OutboxItem,
            StagedRow,
            ShownPage,
            Cursor,
            Parcel,
            MediaFile,
            Upload,
        ):
            model._default_manager.filter(owner=owner).delete()  # noqa: SLF001 - one loop for all tables


def _let_files_go(owner: UUID) -> None:
    """Sealed files and pieces of uploads go as soon as their rows are gone for good."""
    names = list(MediaFile.objects.filter(owner=owner).values_list("file", flat=True))
    transaction.on_commit(partial(files.remove_all, names))
    for upload in Upload.objects.filter(owner=owner):
        transaction.on_commit(partial(pieces.drop, upload.id))


def _end_grants(owner: UUID) -> None:
    given = GrantRow.objects.filter(owner=owner)
    GrantItem.objects.filter(grant__in=given.values("id")).delete()
    given.delete()
    held = GrantRow.objects.filter(partner=owner, ended=None)
    GrantItem.objects.filter(grant__in=held.values("id")).update(sealed=b"")
    held.update(
        ended=timezone.now(), to_partner=b"", owner_sealed=b"", owner_commitment=b"", terms=b""
    )
    Parcel.objects.filter(sender=owner).delete()
