"""What a page asks and answers when a device opens or confirms by passkey: JSON, by its script only."""

from typing import Any

import msgspec
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from fido2.utils import websafe_decode

from afterglow.accounts import services
from afterglow.accounts.views import onward
from afterglow.vault import devices
from afterglow.vault.http import (
    VaultRequest,
    before_recovery_code,
    not_kept_when_locked,
    open_to_all,
)
from afterglow.vault.middleware import give_cookies, give_device_cookie
from afterglow.vault.outcomes import NotHere
from afterglow.vault.passkeys import adding, answering
from afterglow.vault.passkeys.common import CountedBack, NotAccepted, of_devices, site_of
from afterglow.vault.records import VaultDamaged

LARGEST_ANSWER = 65_536


class _Answer(msgspec.Struct, frozen=True):
    """What the page posts: the browser's answer, the secret that the passkey gave, and where to go on."""

    answer: dict[str, Any]
    secret: str = ""
    next: str = ""


@open_to_all
@require_POST
def ask_to_open(request: HttpRequest) -> JsonResponse:
    """What this browser's passkeys are asked, if it has any here."""
    site = site_of(request)
    try:
        return JsonResponse(
            answering.begin_opening(of_devices(devices.devices_of(request), site), site)
        )
    except NotHere:
        return _says("none", 404)


@open_to_all
@require_POST
@sensitive_variables()
def open_vault(request: HttpRequest) -> JsonResponse:
    """Open, and say where to go on."""
    said, site = _read(request), site_of(request)
    rows = of_devices(devices.devices_of(request), site)
    try:
        opened = (
            answering.open_with(rows, site, said.answer, _secret(said) or b"") if said else None
        )
        entered = services.enter(opened.keys, devices.browser_of(request)) if opened else None
    except CountedBack:
        return _says("counted back", 403)
    except (NotAccepted, VaultDamaged):
        return _says("not accepted", 403)
    if entered is None or said is None:
        return _says("not accepted", 403)
    response = JsonResponse({"page": onward(entered, said.next)})
    give_cookies(response, entered.door)
    give_device_cookie(response, entered.device)
    return response


@require_POST
@before_recovery_code
@not_kept_when_locked
def ask_to_add(request: VaultRequest) -> JsonResponse:
    device = devices.device_of(request)
    if device is None:
        return _says("none", 404)
    return JsonResponse(adding.begin_adding(request.vault, device, site_of(request)))


@require_POST
@before_recovery_code
@not_kept_when_locked
@sensitive_variables()
def add(request: VaultRequest) -> JsonResponse:
    """Keep a passkey of this device; without its secret it confirms only, and the page says so."""
    said, device = _read(request), devices.device_of(request)
    if said is None or device is None:
        return _says("not accepted", 403)
    try:
        kept = adding.add(request.vault, device, site_of(request), said.answer, _secret(said))
    except NotAccepted:
        return _says("not accepted", 403)
    page = reverse("accounts:device", args=[device.id])
    return JsonResponse({"opens": bool(kept.sealed), "page": page})


@require_POST
@before_recovery_code
@not_kept_when_locked
def ask_to_confirm(request: VaultRequest) -> JsonResponse:
    site = site_of(request)
    rows = of_devices(devices.devices_of(request), site)
    try:
        return JsonResponse(answering.begin_confirming(request.vault, rows, site))
    except NotHere:
        return _says("none", 404)


@require_POST
@before_recovery_code
@not_kept_when_locked
def confirm(request: VaultRequest) -> JsonResponse:
    """It is still you: good for one act within five minutes."""
    said, site = _read(request), site_of(request)
    rows = of_devices(devices.devices_of(request), site)
    try:
        answering.confirm_with(request.vault, rows, site, said.answer if said else {})
    except CountedBack:
        return _says("counted back", 403)
    except NotAccepted:
        return _says("not accepted", 403)
    return _says("confirmed")


def _read(request: HttpRequest) -> _Answer | None:
    if len(request.body) > LARGEST_ANSWER:
        return None
    try:
        return msgspec.json.decode(request.body, type=_Answer)
    except (msgspec.DecodeError, RecursionError):
        return None


def _secret(said: _Answer) -> bytes | None:
    """The secret, if there is one; what cannot be read is as good as a wrong one."""
    if not said.secret:
        return None
    try:
        return websafe_decode(said.secret)
    except ValueError:
        return b""


def _says(word: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"word": word}, status=status)
