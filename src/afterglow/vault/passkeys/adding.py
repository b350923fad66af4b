"""Making a passkey on a device, showing those there are, and taking one away."""

import secrets
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django.utils import timezone
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from afterglow.core.crypto import v1
from afterglow.vault.models import Device, Unlocker
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outcomes import NotHere
from afterglow.vault.passkeys.common import (
    ADD,
    PASSKEY,
    UNREADABLE,
    Answer,
    Listed,
    NotAccepted,
    Site,
    ask,
    asked,
    context_of,
    descriptor,
    kek_of,
    label_key,
    of_devices,
    server,
    state_of,
    user_handle,
)
from afterglow.vault.records import Keys


def begin_adding(vault: OpenVault, device: Device, site: Site) -> dict[str, Any]:
    """What the browser is asked to make. The salt comes back with the answer, from our own table."""
    salt, challenge = secrets.token_bytes(32), secrets.token_bytes(32)
    options, _state = server(site).register_begin(
        PublicKeyCredentialUserEntity(
            id=user_handle(vault.owner), name="Afterglow", display_name="Afterglow"
        ),
        credentials=[descriptor(row) for row in of_devices([device], site)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
        extensions={"prf": {"eval": {"first": websafe_encode(salt)}}},
    )
    ask(challenge, ADD, session=vault.session, salt=salt)
    return cast("dict[str, Any]", dict(options)["publicKey"])


def add(
    vault: OpenVault, device: Device, site: Site, answer: Answer, secret: bytes | None
) -> Unlocker:
    """Keep a new passkey of this device; with its secret it opens, without it only confirms. Raises NotAccepted."""
    question = asked(answer, ADD, session=vault.session)
    try:
        made = server(site).register_complete(state_of(answer), answer)
        credential = made.credential_data
    except UNREADABLE as error:
        raise NotAccepted from error
    if credential is None or len(credential.credential_id) > 1023:
        raise NotAccepted
    return _keep(vault.keys, device, site, credential, made.counter, bytes(question.salt), secret)


def _keep(
    keys: Keys,
    device: Device,
    site: Site,
    credential: AttestedCredentialData,
    counter: int,
    salt: bytes,
    secret: bytes | None,
) -> Unlocker:
    row = Unlocker(
        id=uuid4(),
        owner=keys.owner,
        kind=PASSKEY,
        salt=salt,
        sealed=b"",
        commitment=b"",
        epoch=keys.epoch,
        device=device.id,
        credential=credential.credential_id,
        public_key=bytes(credential),
        sign_count=counter,
        site=site.name,
    )
    if secret is not None:
        wrap = v1.wrap_key(kek_of(secret), keys.vault_key, context=context_of(row))
        row.sealed, row.commitment = wrap.sealed, wrap.commitment
    today = timezone.now().date().isoformat()
    row.label = v1.seal(label_key(keys), v1.pad(today.encode()), context_of(row))
    row.save(force_insert=True)
    return row


def listed(vault: OpenVault, device: UUID) -> list[Listed]:
    """The passkeys of one device of this person."""
    rows = Unlocker.objects.filter(owner=vault.owner, kind=PASSKEY, device=device)
    return [
        Listed(id=row.id, opens=bool(row.sealed), site=row.site, made=_made(vault.keys, row))
        for row in rows
    ]


def _made(keys: Keys, row: Unlocker) -> date | None:
    try:
        text = v1.unpad(v1.open_sealed(label_key(keys), bytes(row.label), context_of(row)))
    except v1.NotOpened:
        return None
    return date.fromisoformat(text.decode())


def remove(vault: OpenVault, passkey: UUID) -> None:
    """Raises NotHere."""
    mine = Unlocker.objects.filter(id=passkey, owner=vault.owner, kind=PASSKEY)
    if not mine.delete()[0]:
        raise NotHere
