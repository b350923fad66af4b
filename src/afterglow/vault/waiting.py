"""Forms that arrive while their owner is locked: sealed to the owner's hybrid key, opened after the next unlock."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec
from django.utils import timezone

from afterglow.core.crypto import inbox2, v1
from afterglow.vault.models import IdentityRow, Waiting
from afterglow.vault.open_vault import OpenVault

MOST_WAITING = 200


class WaitingForm(msgspec.Struct, frozen=True):
    """A posted form as it came: where it was going and every field in order."""

    path: str
    fields: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WaitingItem:
    id: UUID
    form: WaitingForm


def take_in(owner: UUID, form: WaitingForm) -> bool:
    """Seal a form for its locked owner. False where it cannot be taken (no such owner, or far too many)."""
    identity = IdentityRow.objects.filter(owner=owner).first()
    if identity is None or Waiting.objects.filter(owner=owner).count() >= MOST_WAITING:
        return False
    item = uuid4()
    text = v1.pad(msgspec.msgpack.encode(form))
    blob = inbox2.seal_to_inbox(bytes(identity.kem_public), text, owner=owner, item=item)
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    Waiting.objects.create(id=item, owner=owner, blob=blob, hour=hour)
    return True


def items(vault: OpenVault) -> list[WaitingItem]:
    """What waits, oldest first; what does not open is left where it is."""
    rows = list(Waiting.objects.filter(owner=vault.owner).order_by("hour"))
    if not rows:
        return []
    identity = _identity(vault)
    opened = []
    for row in rows:
        try:
            opened.append(WaitingItem(row.id, _open(vault, identity, row)))
        except (v1.NotOpened, msgspec.DecodeError):
            continue
    return opened


def _open(vault: OpenVault, identity: v1.Identity, row: Waiting) -> WaitingForm:
    text = inbox2.open_inbox(identity, bytes(row.blob), owner=vault.owner, item=row.id)
    return msgspec.msgpack.decode(v1.unpad(text), type=WaitingForm)


def inbox_private(vault: OpenVault) -> bytes:
    """The half that opens what a browser sealed, for the vault's own rooms."""
    return _identity(vault).inbox_private


def _identity(vault: OpenVault) -> v1.Identity:
    row = IdentityRow.objects.get(owner=vault.owner)
    return v1.open_private_identity(vault.keys.identity, vault.owner, bytes(row.sealed_private))


def count(vault: OpenVault) -> int:
    return Waiting.objects.filter(owner=vault.owner).count()


def let_go(vault: OpenVault, item: UUID) -> None:
    Waiting.objects.filter(owner=vault.owner, id=item).delete()
