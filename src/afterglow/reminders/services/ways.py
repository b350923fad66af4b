"""Switching the ways on and off, by the person on a page or by a link that needs no sign-in."""

import hashlib
import secrets
from typing import Any
from uuid import UUID

import msgspec
from django.core import signing
from django.db import transaction
from django.db.models import Q

from afterglow.core.plan.remind import MOST_A_DAY, on_the_grid
from afterglow.reminders import queries
from afterglow.reminders.documents import ReminderPlan
from afterglow.reminders.models import Channel
from afterglow.vault import server_box
from afterglow.vault.open_vault import OpenVault

PURPOSE = "reminders"
SALT = "afterglow.reminders.stop"


def keep_plan(*, vault: OpenVault, **changes: Any) -> ReminderPlan:
    """Change some wishes and keep the others; rows follow by themselves."""
    if "times" in changes:
        clocks = dict.fromkeys(on_the_grid(clock) for clock in changes["times"])
        changes["times"] = tuple(clocks)[:MOST_A_DAY]
    changed = msgspec.structs.replace(queries.plan(vault), **changes)
    vault.put(changed, record=queries.plan_id(vault))
    return changed


def switch_on_mail(*, vault: OpenVault, address: str, language: str) -> None:
    _replace(vault, "mail", address, secrets.token_hex(16), language)
    keep_plan(vault=vault, mail=address)


def switch_on_calendar(*, vault: OpenVault, language: str) -> str:
    """A new secret address; the one before stops working. Gives the secret."""
    secret = secrets.token_urlsafe(24)
    _replace(vault, "calendar", "", secret, language)
    keep_plan(vault=vault, calendar=secret)
    return secret


def switch_on_push(
    *, vault: OpenVault, endpoint: str, language: str, device: UUID | None = None
) -> None:
    """One more device of this person; one that is listed has one push at most."""
    secret = _hashed(f"push {endpoint}")
    Channel.objects.filter(secret=secret).delete()
    if device is not None:
        Channel.objects.filter(account=vault.owner, kind="push", device=device).delete()
    _new(vault, "push", endpoint, secret, language, device)
    keep_plan(vault=vault, push=True)


def switch_off(*, vault: OpenVault, kind: str) -> None:
    Channel.objects.filter(account=vault.owner, kind=kind).delete()
    off: dict[str, object] = {"mail": "", "calendar": "", "push": False}
    keep_plan(vault=vault, **{kind: off[kind]})


def device_removed(owner: UUID, device: UUID) -> None:
    """The push of a device that was shut out ends with it.

    One that belongs to no listed device may be its own, so it ends too: better one too many than one at a stranger's.
    """
    gone = Q(device=device) | Q(device=None)
    Channel.objects.filter(gone, account=owner, kind="push").delete()


def stop_all(*, vault: OpenVault) -> None:
    """Everything off, at once."""
    Channel.objects.filter(account=vault.owner).delete()
    keep_plan(vault=vault, in_page=False, mail="", calendar="", push=False)


def link_token(channel: Channel) -> str:
    """What a stop link carries: it names the way and nothing else."""
    return signing.dumps(channel.id.hex, salt=SALT)


def stop_by_link(token: str) -> bool:
    """Stop the way that a link names. False for a link that was not made here; a second tap is as good as the first."""
    channel = _named(token)
    if channel is None:
        return False
    Channel.objects.filter(id=channel).delete()
    return True


def link_is_ours(token: str) -> bool:
    return _named(token) is not None


def _named(token: str) -> str | None:
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


def channel_of_calendar(secret: str) -> Channel | None:
    return Channel.objects.filter(kind="calendar", secret=_hashed(secret)).first()


def _replace(vault: OpenVault, kind: str, address: str, secret: str, language: str) -> None:
    with transaction.atomic():
        Channel.objects.filter(account=vault.owner, kind=kind).delete()
        _new(vault, kind, address, _hashed(secret), language)


def _new(
    vault: OpenVault,
    kind: str,
    address: str,
    secret: bytes,
    language: str,
    device: UUID | None = None,
) -> None:
    Channel.objects.create(
        account_id=vault.owner,
        kind=kind,
        language=language,
        sealed=server_box.seal(address, purpose=PURPOSE, owner=vault.owner) if address else b"",
        secret=secret,
        device=device,
    )


def address_of(channel: Channel) -> str | None:
    """Where to send, or None where another server sealed it."""
    return server_box.unseal(bytes(channel.sealed), purpose=PURPOSE, owner=channel.account_id)


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(b"afterglow reminders " + secret.encode()).digest()
