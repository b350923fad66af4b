"""Open sessions: the vault key sealed under a cookie half and a half that only this process knows.

A copy of the database and of the browser's cookies together opens nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault import memory_half, opened, records
from afterglow.vault.models import (
    Challenge,
    Device,
    Pairing,
    PassingPage,
    SessionBox,
    ShownPage,
)
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import Keys

SEEN_EVERY = timedelta(seconds=30)
# How long after a lock a form from a still open page is taken in, sealed, for its owner.
REMEMBER_LOCKED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewDoor:
    """What the browser gets; nothing here is kept by the server."""

    session_id: str
    cookie_half: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A session that has not begun: what its row will hold. It begins with `open_promised`."""

    name: bytes
    box: bytes


def open_door(
    keys: Keys, *, idle_seconds: int | None = None, device: UUID | None = None
) -> tuple[NewDoor, OpenVault]:
    """Start a session for opened keys; every row of the vault is checked first. Raises VaultDamaged."""
    with transaction.atomic():
        records.check_manifest(keys)
    promised, door = promise_door(keys)
    open_promised(promised, keys, device=device, idle_seconds=idle_seconds)
    state = opened.opened_for(keys, promised.name)
    state.refresh()
    return door, OpenVault(state, promised.name)


def promise_door(keys: Keys) -> tuple[Promised, NewDoor]:
    """A session to come, and what its browser gets; nothing opens with it before `open_promised`."""
    session_id, half = secrets.token_bytes(32), secrets.token_bytes(32)
    key = _key(half, session_id)
    box = v1.seal_session(key, keys.vault_key, owner=keys.owner, epoch=keys.epoch)
    return Promised(_name(session_id), box), NewDoor(session_id.hex(), half.hex())


def open_promised(
    promised: Promised, keys: Keys, *, device: UUID | None, idle_seconds: int | None = None
) -> None:
    """The promised session begins."""
    now = timezone.now()
    SessionBox.objects.create(
        id=promised.name,
        owner=keys.owner,
        box=promised.box,
        epoch=keys.epoch,
        idle_seconds=idle_seconds or settings.LOCK_AFTER_IDLE_SECONDS,
        last_seen=now,
        ends=now + timedelta(seconds=settings.LOCK_AFTER_SECONDS),
        device=device,
    )


def name_of(session_id: str) -> bytes:
    """The name under which the database knows a session."""
    return _name(bytes.fromhex(session_id))


def enter(session_id: str | None, cookie_half: str | None) -> OpenVault | None:
    """The open vault of a request, or None where the door is shut."""
    row = _row(session_id)
    half = _bytes(cookie_half)
    if row is None or row.box is None or half is None or session_id is None:
        return None
    now = timezone.now()
    if _has_ended(row, now):
        shut(row)
        return None
    vault_key = _open_box(row, half, bytes.fromhex(session_id))
    if vault_key is None:
        return None
    _note_seen(row, now)
    state = opened.opened_for(Keys.of(row.owner, row.epoch, vault_key), bytes(row.id))
    state.refresh()
    return OpenVault(state, bytes(row.id))


def _note_seen(row: SessionBox, now: datetime) -> None:
    """Not at every request; but often enough that a short time to the lock is what it says."""
    if now - row.last_seen <= min(SEEN_EVERY, timedelta(seconds=row.idle_seconds / 12)):
        return
    SessionBox.objects.filter(id=row.id).update(last_seen=now)
    if row.device:
        Device.objects.filter(id=row.device).exclude(last_seen=now.date()).update(
            last_seen=now.date()
        )


def _open_box(row: SessionBox, half: bytes, session_id: bytes) -> bytes | None:
    key = _key(half, session_id)
    try:
        return v1.open_session(key, bytes(row.box or b""), owner=row.owner, epoch=row.epoch)
    except v1.NotOpened:
        return None


def _has_ended(row: SessionBox, now: datetime) -> bool:
    return now >= row.ends or now - row.last_seen >= timedelta(seconds=row.idle_seconds)


def owner_of_shut_door(session_id: str | None) -> UUID | None:
    """Whose page it was that this browser still shows after a lock."""
    row = _row(session_id)
    return row.owner if row else None


def shut(row: SessionBox) -> None:
    """Lock: the box goes, the row stays for a while so that a late form finds its owner."""
    SessionBox.objects.filter(id=row.id).update(box=None)
    ShownPage.objects.filter(session=bytes(row.id)).delete()
    opened.drop_session(row.owner, bytes(row.id))


def lock(vault: OpenVault) -> None:
    row = SessionBox.objects.filter(id=vault.session).first()
    if row is not None:
        shut(row)


def lock_others(vault: OpenVault) -> None:
    """End every other session of this person."""
    for row in SessionBox.objects.filter(owner=vault.owner).exclude(id=vault.session):
        shut(row)


def lock_all_of(owner: UUID) -> None:
    for row in SessionBox.objects.filter(owner=owner):
        shut(row)


def set_idle_seconds(vault: OpenVault, seconds: int) -> None:
    SessionBox.objects.filter(id=vault.session).update(idle_seconds=seconds)


def idle_seconds(vault: OpenVault) -> int:
    row = SessionBox.objects.filter(id=vault.session).values_list("idle_seconds", flat=True)
    return row.first() or settings.LOCK_AFTER_IDLE_SECONDS


def sweep() -> None:
    """Drop what is opened for sessions that have ended, in this process; forget rows long locked."""
    now = timezone.now()
    for row in SessionBox.objects.filter(box__isnull=False):
        if _has_ended(row, now):
            shut(row)
    for owner, session in opened.held_sessions():
        if not SessionBox.objects.filter(id=session, box__isnull=False).exists():
            opened.drop_session(owner, session)
    PassingPage.objects.filter(ends__lt=now).delete()
    SessionBox.objects.filter(box__isnull=True, ends__lt=now - REMEMBER_LOCKED).delete()
    Challenge.objects.filter(until__lt=now).delete()
    Pairing.objects.filter(until__lt=now).delete()


def lock_everything() -> None:
    """At start: a restart locks all, and the boxes of an earlier process cannot be opened anyway."""
    SessionBox.objects.filter(box__isnull=False).update(box=None)
    Pairing.objects.all().delete()
    ShownPage.objects.all().delete()
    PassingPage.objects.all().delete()


def _row(session_id: str | None) -> SessionBox | None:
    name = _bytes(session_id)
    return SessionBox.objects.filter(id=_name(name)).first() if name else None


def _bytes(text: str | None) -> bytes | None:
    try:
        value = bytes.fromhex(text or "")
    except ValueError:
        return None
    return value if len(value) == 32 else None


def _name(session_id: bytes) -> bytes:
    return hashlib.sha256(b"afterglow session" + session_id).digest()


def _key(half: bytes, session_id: bytes) -> bytes:
    return v1.session_key(half, memory_half.MEMORY_HALF, session_id)
