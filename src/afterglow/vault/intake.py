"""The address to which a browser sends what it had kept. Its answers are short and carry no word of a person.

A page that was kept in the browser has no form key. So this address asks for what another site cannot give: a header
of its own, an origin of our own, and the cookies that are never sent along from elsewhere.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from afterglow.vault import devices, outbox
from afterglow.vault.http import open_to_all, vault_of
from afterglow.vault.middleware import owner_of
from afterglow.vault.open_vault import OpenVault

SEALED = "application/octet-stream"


@csrf_exempt
@open_to_all
@require_POST
def intake(request: HttpRequest) -> HttpResponse:
    """Take one sealed item, or one piece of it, for the person whose browser this is."""
    named = _named(request)
    if named is None or not _is_ours(request):
        return _says("refused", 403)
    item, owner, part_of = named
    here = owner_of(request)
    if here != owner and not _is_a_device_of(request, owner):
        return _says("who", 401) if here is None else _says("other", 409)
    return _taken(request, item, owner, part_of)


def _named(request: HttpRequest) -> tuple[UUID, UUID, UUID | None] | None:
    """Which item, whose, and of which item it is a piece."""
    part_of = request.headers.get("X-Outbox-Part-Of", "")
    try:
        return (
            UUID(request.headers.get("X-Outbox-Item", "")),
            UUID(request.headers.get("X-Outbox-Owner", "")),
            UUID(part_of) if part_of else None,
        )
    except ValueError:
        return None


def _is_a_device_of(request: HttpRequest, owner: UUID) -> bool:
    """Several people may share a browser: it may bring each of them what is theirs, whoever is in."""
    return any(device.owner == owner for device in devices.devices_of(request))


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    ours = f"{request.scheme}://{request.get_host()}"
    known = origin == ours or origin in getattr(settings, "CSRF_TRUSTED_ORIGINS", ())
    return known and request.content_type == SEALED


def _taken(request: HttpRequest, item: UUID, owner: UUID, part_of: UUID | None) -> HttpResponse:
    vault = vault_of(request)
    try:
        new = outbox.take_in(owner, item, request.body, part_of=part_of)
    except outbox.TooLarge:
        return _says("too large", 413)
    except outbox.Full:
        return _says("full", 507)
    if part_of or vault is None or vault.owner != owner:
        return _says("sealed", page=reverse("accounts:unlock") + "?kept=1")
    if import_string(settings.RECOVERY_IS_DUE)(vault):
        return _says("sealed", page=reverse("accounts:recovery"))
    return _opened(vault, item, new=new, from_form="X-Outbox-Form" in request.headers)


def _opened(vault: OpenVault, item: UUID, *, new: bool, from_form: bool) -> HttpResponse:
    """Where the form itself is still on the screen, what it cannot keep goes back to it with its remarks."""
    try:
        received = outbox.open_one(vault, item)
    except outbox.NoRoomNow:
        # It waits here too; the sender keeps its copy and tries again, and by its id it comes once.
        return _says("trouble", 507)
    except outbox.CannotBeKept:
        if new and from_form:
            outbox.forget(vault, item)
            return _says("remarks", 422)
        outbox.set_aside(vault, item)
        return _says("look")
    if received is not None and (received.both or received.partly) and from_form:
        # The page that shows both, or says what was not kept, comes at once.
        outbox.let_go(vault, item)
    if received is None:
        return _says("open", page=reverse("companion:today"))
    page = reverse(received.page, args=received.arguments) + received.query
    return _says("open", page=page)


def _says(word: str, status: int = 200, **more: Any) -> JsonResponse:
    return JsonResponse({"kept": word, **more}, status=status)
