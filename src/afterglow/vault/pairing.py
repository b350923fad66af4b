"""Pairing: an unlocked computer lets a phone in. A code is typed on the phone, a number compared on the computer.

The vault key waits under the code and this process's memory for five minutes at most, then under the phone's own half;
it opens there only when the computer has said yes.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault import devices, doors, memory_half, throttle
from afterglow.vault.models import Device, Pairing, SessionBox
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import Keys

GOOD_FOR = timedelta(minutes=5)
# Crockford's base 32, as on the recovery code: 8 signs are 40 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 8
_LOOK_ALIKES = str.maketrans("OIL", "011")
WAITS, ASKS, DONE, REFUSED = "waits", "asks", "done", "refused"


class NoSuchCode(Exception):
    """No pairing with this code is open: mistyped, used, or over."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What the phone holds while it waits: the halves of a session to come, and its secret as a device."""

    door: doors.NewDoor
    token: str

    def cookie(self) -> str:
        return ".".join((self.door.session_id, self.door.cookie_half, self.token))


def begin(vault: OpenVault) -> str:
    """A new code for this computer to show; an earlier one ends."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    pairing = uuid4()
    Pairing.objects.filter(owner=vault.owner).delete()
    box = v1.seal_session(
        _code_key(code, pairing.bytes),
        vault.keys.vault_key,
        owner=vault.owner,
        epoch=vault.keys.epoch,
    )
    Pairing.objects.create(
        id=pairing,
        owner=vault.owner,
        session=vault.session,
        code_hash=_code_hash(code),
        until=timezone.now() + GOOD_FOR,
        epoch=vault.keys.epoch,
        box=box,
    )
    return f"{code[:4]}-{code[4:]}"


def current(vault: OpenVault) -> Pairing | None:
    """The pairing that this very session began, while it lasts."""
    return Pairing.objects.filter(
        owner=vault.owner, session=vault.session, until__gte=timezone.now()
    ).first()


def choices(pairing: Pairing) -> list[str]:
    """The number on the phone and two others, in the order of size."""
    return sorted(pairing.numbers.split())


# On the phone


def join(code: str, *, browser: devices.Browser, address: str) -> Joining:
    """Use a code, once. Nothing opens yet. Raises NoSuchCode and throttle.TooSoon."""
    name = f"pair {address}"
    throttle.check(name)
    typed = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    row = _waiting(typed)
    if row is None:
        throttle.note_failure(name)
        raise NoSuchCode
    throttle.note_success(name)
    return _joined(row, typed, browser)


def _waiting(code: str) -> Pairing | None:
    """The pairing of this code, if its computer is still unlocked. Every open one is compared, in constant time."""
    mine = _code_hash(code)
    rows = Pairing.objects.filter(state=WAITS, until__gte=timezone.now())
    found = [row for row in rows if hmac.compare_digest(bytes(row.code_hash), mine)]
    open_now = SessionBox.objects.filter(box__isnull=False)
    return next((row for row in found if open_now.filter(id=bytes(row.session)).exists()), None)


def _joined(row: Pairing, code: str, browser: devices.Browser) -> Joining:
    vault_key = v1.open_session(
        _code_key(code, row.id.bytes), bytes(row.box), owner=row.owner, epoch=row.epoch
    )
    promised, door = doors.promise_door(Keys.of(row.owner, row.epoch, vault_key))
    token = secrets.token_hex(32)
    taken = Pairing.objects.filter(id=row.id, state=WAITS).update(
        state=ASKS,
        code_hash=b"",
        box=promised.box,
        joining=promised.name,
        numbers=_numbers(),
        token_hash=devices.hash_of(token),
        platform=browser.platform,
    )
    if not taken:
        raise NoSuchCode
    return Joining(door, token)


def _numbers() -> str:
    """Three of two digits that differ; the first is the phone's."""
    return " ".join(str(number) for number in secrets.SystemRandom().sample(range(10, 100), 3))


def read_cookie(text: str) -> Joining | None:
    parts = text.split(".")
    if len(parts) != 3 or not all(devices.is_secret(part) for part in parts):
        return None
    return Joining(doors.NewDoor(parts[0], parts[1]), parts[2])


def state_of(joining: Joining) -> tuple[str, str]:
    """How far it has come for this phone, and the number it shows while the computer is asked."""
    name = doors.name_of(joining.door.session_id)
    row = Pairing.objects.filter(joining=name, until__gte=timezone.now()).first()
    if row is not None and row.state == ASKS:
        return ASKS, row.numbers.split()[0]
    let_in = SessionBox.objects.filter(id=name, box__isnull=False).exists()
    return (DONE if let_in else REFUSED), ""


# On the computer


def answer(vault: OpenVault, number: str) -> Device | None:
    """Let the phone in if this is the number that it shows; anything else refuses it. Either way this pairing is over."""
    row = current(vault)
    if row is None or row.state != ASKS:
        return None
    with transaction.atomic():
        if not Pairing.objects.filter(id=row.id, state=ASKS).update(state=REFUSED):
            return None
        if not hmac.compare_digest(number, row.numbers.split()[0]):
            return None
        Pairing.objects.filter(id=row.id).update(state=DONE, box=b"")
        return _let_in(vault, row)


def _let_in(vault: OpenVault, row: Pairing) -> Device:
    device = devices.add(vault.keys, bytes(row.token_hash), platform=row.platform)
    promised = doors.Promised(bytes(row.joining), bytes(row.box))
    doors.open_promised(promised, vault.keys, device=device.id)
    return device


def stop(vault: OpenVault) -> None:
    Pairing.objects.filter(owner=vault.owner).delete()


def _code_hash(code: str) -> bytes:
    return hmac.digest(settings.SERVER_KEY, b"pairing " + code.encode(), "sha256")


def _code_key(code: str, pairing: bytes) -> bytes:
    """From the code and the memory half: a copy of the database cannot try codes."""
    half = hashlib.sha256(b"afterglow pairing" + code.encode()).digest()
    return v1.session_key(half, memory_half.MEMORY_HALF, pairing)
