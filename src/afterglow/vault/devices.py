"""Devices: the browsers that a person lets in. A device is known by a cookie that stays and opens nothing by itself.

One browser may be known to several people; each has a device of their own, and a secret of its own in the cookie.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from afterglow.core.crypto import v1
from afterglow.vault import opened
from afterglow.vault.http import vault_of
from afterglow.vault.models import Device, SessionBox, ShownPage, Unlocker
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outcomes import NotHere
from afterglow.vault.records import Keys

COOKIE = f"{settings.COOKIE_PREFIX}-device"
COOKIE_SECONDS = 400 * 24 * 3600
MOST_IN_ONE_BROWSER = 6
PHONES = frozenset({"iphone", "android"})
PLATFORMS = (
    ("iphone", re.compile("iPhone|iPod")),
    ("ipad", re.compile("iPad")),
    ("android", re.compile("Android")),
    ("windows", re.compile("Windows")),
    ("mac", re.compile("Macintosh|Mac OS")),
    ("linux", re.compile("Linux|X11")),
)


@dataclass(frozen=True, slots=True)
class Browser:
    """What a request says about the browser it came from: the secrets it holds, and what it runs on."""

    tokens: tuple[str, ...] = ()
    platform: str = ""


class DeviceName(msgspec.Struct, frozen=True):
    """The name a person gave, if any; else pages say it by the platform, in their own language."""

    name: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A device as its owner sees it."""

    id: UUID
    called: DeviceName
    added: date
    last_seen: date
    lock_minutes: int
    is_open: bool
    is_this: bool


def browser_of(request: HttpRequest) -> Browser:
    tokens = request.COOKIES.get(COOKIE, "").split(".")[:MOST_IN_ONE_BROWSER]
    agent = request.headers.get("User-Agent", "")
    platform = next((name for name, sign in PLATFORMS if sign.search(agent)), "")
    return Browser(tuple(each for each in tokens if is_secret(each)), platform)


def devices_of(request: HttpRequest) -> list[Device]:
    """Every device that this browser is, one for each person who opened a vault in it."""
    hashes = [hash_of(token) for token in browser_of(request).tokens]
    return list(Device.objects.filter(token_hash__in=hashes)) if hashes else []


def device_of(request: HttpRequest) -> Device | None:
    """The device of whoever is in here; at a shut door the only one that this browser is, else None."""
    known = devices_of(request)
    vault = vault_of(request)
    if vault is not None:
        return next((each for each in known if each.owner == vault.owner), None)
    return known[0] if len(known) == 1 else None


def enrol(keys: Keys, browser: Browser) -> tuple[Device, str]:
    """This browser as a device of this person, known or new, and what its cookie holds from now on."""
    for token in browser.tokens:
        known = Device.objects.filter(token_hash=hash_of(token), owner=keys.owner).first()
        if known is not None:
            _seen_today(known)
            return known, cookie_with(token, browser)
    token = secrets.token_hex(32)
    device = add(keys, hash_of(token), platform=browser.platform)
    return device, cookie_with(token, browser)


def add(keys: Keys, token_hash: bytes, *, platform: str, name: str = "") -> Device:
    """A new device, for whoever holds the secret with this hash."""
    today, device = timezone.now().date(), uuid4()
    return Device.objects.create(
        id=device,
        owner=keys.owner,
        token_hash=token_hash,
        name=_sealed_name(keys, device, DeviceName(name=name, platform=platform)),
        epoch=keys.epoch,
        added=today,
        last_seen=today,
    )


def cookie_with(first: str, browser: Browser) -> str:
    """The cookie of a browser that holds this secret, and what it held before."""
    others = [each for each in browser.tokens if each != first]
    return ".".join([first, *others][:MOST_IN_ONE_BROWSER])


def _seen_today(device: Device) -> None:
    device.last_seen = timezone.now().date()
    device.save(update_fields=["last_seen"])


def listed(vault: OpenVault, this: Device | None) -> list[Listed]:
    """Every device of this person, this one first, then by the day last seen."""
    sessions = SessionBox.objects.filter(owner=vault.owner, box__isnull=False)
    open_here = set(sessions.values_list("device", flat=True))
    rows = Device.objects.filter(owner=vault.owner).order_by("-last_seen", "-added")
    found = [
        Listed(
            id=row.id,
            called=called(vault.keys, row),
            added=row.added,
            last_seen=row.last_seen,
            lock_minutes=row.lock_minutes,
            is_open=row.id in open_here,
            is_this=this is not None and row.id == this.id,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.is_this)


def get(vault: OpenVault, device: UUID) -> Device:
    """Raises NotHere."""
    row = Device.objects.filter(id=device, owner=vault.owner).first()
    if row is None:
        raise NotHere
    return row


def called(keys: Keys, device: Device) -> DeviceName:
    """Its name; a name that does not open with these keys is as good as none."""
    try:
        text = v1.unpad(v1.open_sealed(_key(keys), bytes(device.name), _context(device)))
        return msgspec.msgpack.decode(text, type=DeviceName)
    except (v1.NotOpened, msgspec.DecodeError):
        return DeviceName()


def rename(vault: OpenVault, device: UUID, name: str) -> None:
    row = get(vault, device)
    kept = called(vault.keys, row)
    row.epoch = vault.keys.epoch
    row.name = _sealed_name(vault.keys, row.id, DeviceName(name=name, platform=kept.platform))
    row.save(update_fields=["name", "epoch"])


def reseal(old: Keys, new: Keys) -> None:
    """After new keys: the same names under them. Call it in the transaction that changes the keys."""
    for row in Device.objects.filter(owner=new.owner):
        kept = called(old, row)
        row.epoch = new.epoch
        row.name = _sealed_name(new, row.id, kept)
        row.save(update_fields=["name", "epoch"])


def set_lock_minutes(vault: OpenVault, device: UUID, minutes: int) -> None:
    """How long this device stays open without being used, from now on and in its open sessions."""
    row = get(vault, device)
    Device.objects.filter(id=row.id).update(lock_minutes=minutes)
    SessionBox.objects.filter(device=row.id, owner=vault.owner).update(idle_seconds=minutes * 60)


def remove(vault: OpenVault, device: UUID) -> None:
    """Its sessions end, its passkeys open and confirm nothing more, and its browser is a stranger. Raises NotHere.

    What other rooms keep for a device goes in the same step: a function of each is named in the settings.
    """
    row = get(vault, device)
    with transaction.atomic():
        Device.objects.filter(id=row.id).delete()
        Unlocker.objects.filter(owner=vault.owner, device=row.id).delete()
        sessions = SessionBox.objects.filter(owner=vault.owner, device=row.id)
        names = [bytes(name) for name in sessions.values_list("id", flat=True)]
        ShownPage.objects.filter(session__in=names).delete()
        sessions.delete()
        for forget in settings.DEVICE_REMOVED:
            import_string(forget)(vault.owner, row.id)
    for name in names:
        opened.drop_session(vault.owner, name)


def _sealed_name(keys: Keys, device: UUID, name: DeviceName) -> bytes:
    context = v1.bind("device name", keys.owner, device, keys.epoch)
    return v1.seal(_key(keys), v1.pad(msgspec.msgpack.encode(name)), context)


def _key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "device name")


def _context(device: Device) -> bytes:
    return v1.bind("device name", device.owner, device.id, device.epoch)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(b"afterglow device" + bytes.fromhex(token)).digest()


def is_secret(token: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", token) is not None
