"""What adding, opening and confirming by passkey share: the site, the questions that are asked once, keys and contexts."""

import hashlib
import hmac
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    UserVerificationRequirement,
)

from afterglow.core.crypto import v1
from afterglow.vault.models import Challenge, Device, Unlocker
from afterglow.vault.records import Keys

PASSKEY: v1.UnlockerKind = "passkey"
GOOD_FOR = timedelta(minutes=5)
SECRET_BYTES = 32
ADD, OPEN, CONFIRM = "add", "open", "confirm"
# What an answer that was tampered with may set off while it is read.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)
Answer = Mapping[str, Any]


class NotAccepted(Exception):
    """The answer is not the one that was asked for; it changes nothing."""


class CountedBack(NotAccepted):
    """The passkey counts fewer uses than it had before: there may be a copy of it."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: the name that passkeys belong to, and the whole origin."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A passkey as its owner sees it."""

    id: UUID
    opens: bool
    site: str
    made: date | None


def site_of(request: HttpRequest) -> Site:
    host = request.get_host()
    return Site(split_domain_port(host)[0], f"{request.scheme}://{host}")


def of_devices(devices: Iterable[Device], site: Site) -> list[Unlocker]:
    """The passkeys of these devices that work at this name."""
    ids = [device.id for device in devices]
    return list(Unlocker.objects.filter(kind=PASSKEY, device__in=ids, site=site.name))


def that_open(rows: Iterable[Unlocker]) -> list[Unlocker]:
    return [row for row in rows if row.sealed]


def ask(challenge: bytes, purpose: str, *, session: bytes, salt: bytes = b"") -> None:
    Challenge.objects.create(
        id=hashlib.sha256(challenge).digest(),
        purpose=purpose,
        session=session,
        salt=salt,
        until=timezone.now() + GOOD_FOR,
    )


def asked(answer: Answer, purpose: str, *, session: bytes) -> Challenge:
    """The question that is answered; it is gone with this."""
    name = hashlib.sha256(challenge_of(answer)).digest()
    row: Challenge | None = Challenge.objects.filter(
        id=name, purpose=purpose, session=session, until__gte=timezone.now()
    ).first()
    if row is None or not Challenge.objects.filter(id=name).delete()[0]:
        raise NotAccepted
    return row


def challenge_of(answer: Answer) -> bytes:
    try:
        return client_data(answer).challenge
    except UNREADABLE as error:
        raise NotAccepted from error


def client_data(answer: Answer) -> CollectedClientData:
    return CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"]))


def state_of(answer: Answer) -> dict[str, Any]:
    """What fido2 compares with. That the question was ours, and is still open, `_asked` has found out."""
    return {
        "challenge": websafe_encode(challenge_of(answer)),
        "user_verification": UserVerificationRequirement.REQUIRED,
    }


def server(site: Site) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=site.name, name="Afterglow")
    return Fido2Server(party, verify_origin=lambda origin: origin == site.origin)


def descriptor(row: Unlocker) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(row.credential)
    )


def user_handle(owner: UUID) -> bytes:
    """The same for all passkeys of a person, and no name of theirs."""
    return hmac.digest(settings.SERVER_KEY, b"passkey of " + owner.bytes, "sha256")


def kek_of(secret: bytes) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise NotAccepted
    return v1.derive_kek(secret, kind=PASSKEY, parameters=None)


def label_key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "passkey label")


def context_of(row: Unlocker) -> bytes:
    """Everything that this wrap belongs to: moved to another row, passkey or name it opens nothing."""
    base = v1.unlocker_context(
        owner=row.owner, unlocker=row.id, kind=PASSKEY, epoch=row.epoch, parameters=None
    )
    return v1.bind(base, bytes(row.salt), bytes(row.credential), row.site)
