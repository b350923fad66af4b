"""Opening a vault by passkey, and confirming at an open one."""

import secrets
from typing import Any, cast

from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    UserVerificationRequirement,
)

from afterglow.core.crypto import v1
from afterglow.vault import confirm, unlock
from afterglow.vault.models import Manifest, Unlocker
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outcomes import NotHere
from afterglow.vault.passkeys.common import (
    CONFIRM,
    OPEN,
    UNREADABLE,
    Answer,
    CountedBack,
    NotAccepted,
    Site,
    ask,
    asked,
    context_of,
    descriptor,
    kek_of,
    server,
    state_of,
    that_open,
)
from afterglow.vault.records import Keys


def begin_opening(rows: list[Unlocker], site: Site) -> dict[str, Any]:
    return _begin(that_open(rows), site, OPEN, b"")


def begin_confirming(vault: OpenVault, rows: list[Unlocker], site: Site) -> dict[str, Any]:
    mine = [row for row in rows if row.owner == vault.owner]
    return _begin(mine, site, CONFIRM, vault.session)


def _begin(rows: list[Unlocker], site: Site, purpose: str, session: bytes) -> dict[str, Any]:
    if not rows:
        raise NotHere
    challenge = secrets.token_bytes(32)
    salts = {websafe_encode(bytes(row.credential)): websafe_encode(bytes(row.salt)) for row in rows}
    # Some authenticators refuse an evaluation that names no first salt, so it is always sent.
    first = {"first": websafe_encode(bytes(rows[0].salt))}
    by_credential = {name: {"first": salt} for name, salt in salts.items()}
    options, _state = server(site).authenticate_begin(
        [descriptor(row) for row in rows],
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenge,
        extensions={"prf": {"eval": first, "evalByCredential": by_credential}},
    )
    ask(challenge, purpose, session=session)
    return cast("dict[str, Any]", dict(options)["publicKey"])


def open_with(
    rows: list[Unlocker], site: Site, answer: Answer, secret: bytes
) -> unlock.OpenedVault:
    """The vault behind one of these passkeys. Raises NotAccepted."""
    asked(answer, OPEN, session=b"")
    row = _answered(that_open(rows), site, answer)
    if not Manifest.objects.filter(owner=row.owner, epoch=row.epoch).exists():
        raise NotAccepted
    wrap = v1.Wrap(sealed=bytes(row.sealed), commitment=bytes(row.commitment))
    try:
        vault_key = v1.unwrap_key(kek_of(secret), wrap, context=context_of(row))
    except v1.NotOpened as error:
        raise NotAccepted from error
    return unlock.OpenedVault(Keys.of(row.owner, row.epoch, vault_key), row.id)


def confirm_with(vault: OpenVault, rows: list[Unlocker], site: Site, answer: Answer) -> None:
    """The person at this session is who they were. Raises NotAccepted."""
    asked(answer, CONFIRM, session=vault.session)
    _answered([row for row in rows if row.owner == vault.owner], site, answer)
    confirm.note(vault)


def _answered(rows: list[Unlocker], site: Site, answer: Answer) -> Unlocker:
    """Which passkey answered, its signature and its count of uses checked."""
    try:
        known = [AttestedCredentialData(bytes(row.public_key)) for row in rows]
        by = server(site).authenticate_complete(state_of(answer), known, answer)
        said = AuthenticationResponse.from_dict(answer).response.authenticator_data
    except UNREADABLE as error:
        raise NotAccepted from error
    row = next((row for row in rows if bytes(row.credential) == by.credential_id), None)
    if row is None:
        raise NotAccepted
    if said.counter <= row.sign_count and (said.counter or row.sign_count):
        raise CountedBack
    counted = Unlocker.objects.filter(id=row.id, sign_count=row.sign_count)
    if not counted.update(sign_count=said.counter):
        raise NotAccepted
    return row
