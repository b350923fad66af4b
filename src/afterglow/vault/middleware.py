"""Opens the vault for a request, keeps strangers out, and takes in forms that come while the door is shut."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from afterglow.ui.secret_fields import SECRET_FIELDS
from afterglow.ui.views import too_soon
from afterglow.vault import devices, doors, shown, waiting
from afterglow.vault.http import id_or_none, is_file_left_out, vault_of
from afterglow.vault.records import StaleKeys
from afterglow.vault.throttle import TooSoon

SESSION_COOKIE = f"{settings.COOKIE_PREFIX}-door"
HALF_COOKIE = f"{settings.COOKIE_PREFIX}-half"


class OpenVaultMiddleware:
    """Sets `request.vault` where the door is open; every view is private unless it says otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.vault = doors.enter(  # type: ignore[attr-defined]
            request.COOKIES.get(SESSION_COOKIE), request.COOKIES.get(HALF_COOKIE)
        )
        held = shown.page_of(request)
        if held is not None:
            return held
        response = self.get_response(request)
        _let_go_of_kept(request, response)
        if response.status_code == 405 and shown.PARAMETER in request.GET:
            return redirect(
                "/"
            )  # The held page is gone, and only a form may be sent to this address.
        return shown.instead_of(request, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if getattr(view, "open_to_all", False):
            return None
        vault = vault_of(request)
        if vault is None:
            return _shut_door(request, view)
        if request.method == "POST" and not getattr(view, "before_recovery_code", False):
            return _recovery_first(request, view)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """New keys were made while this page was open: the door is shut, and what was sent waits behind it."""
        if isinstance(exception, TooSoon):
            return too_soon(request, exception.seconds)
        if not isinstance(exception, StaleKeys):
            return None
        view = request.resolver_match.func if request.resolver_match else None
        return _shut_door(request, view or (lambda *_: HttpResponse()))


def _shut_door(request: HttpRequest, view: Callable[..., HttpResponse]) -> HttpResponse:
    kept = request.method == "POST" and _is_worth_keeping(view) and _take_in(request)
    locked = import_string(settings.LOCKED_VIEW)
    response: HttpResponse = locked(
        request, kept=kept, without_file=kept and is_file_left_out(request)
    )
    return response


def _is_worth_keeping(view: Callable[..., HttpResponse]) -> bool:
    return getattr(view, "kept_when_locked", True)


def _take_in(request: HttpRequest) -> bool:
    """Seal what was typed for the person whose page this browser still shows."""
    owner = owner_of(request)
    return owner is not None and waiting.take_in(owner, _as_form(request))


def owner_of(request: HttpRequest) -> UUID | None:
    """Whose browser this is: whoever is in here, else whose page it still shows, else whose device it is."""
    vault = vault_of(request)
    if vault is not None:
        return vault.owner
    owner = doors.owner_of_shut_door(request.COOKIES.get(SESSION_COOKIE))
    if owner is not None:
        return owner
    device = devices.device_of(request)
    return device.owner if device else None


def _recovery_first(request: HttpRequest, view: Callable[..., HttpResponse]) -> HttpResponse | None:
    vault = vault_of(request)
    if vault is None or not import_string(settings.RECOVERY_IS_DUE)(vault):
        return None
    if not _is_worth_keeping(view):
        return redirect("accounts:recovery")
    waiting.take_in(vault.owner, _as_form(request))
    without = "?without=file" if is_file_left_out(request) else ""
    return redirect(reverse("accounts:recovery") + without)


def _as_form(request: HttpRequest) -> waiting.WaitingForm:
    fields = [
        (name, value)
        for name in request.POST
        if name not in SECRET_FIELDS
        for value in request.POST.getlist(name)
    ]
    return waiting.WaitingForm(path=request.path, fields=fields)


def _let_go_of_kept(request: HttpRequest, response: HttpResponse) -> None:
    """A waiting form that was sent again and accepted no longer waits."""
    if request.method != "POST" or response.status_code not in {302, 303}:
        return
    vault, item = vault_of(request), id_or_none(request.POST.get("_waiting", ""))
    if vault is not None and item is not None:
        waiting.let_go(vault, item)


def give_cookies(response: HttpResponse, door: doors.NewDoor) -> None:
    """Both cookies end with the browser and are sent to this very address only."""
    for name, value in ((SESSION_COOKIE, door.session_id), (HALF_COOKIE, door.cookie_half)):
        response.set_cookie(name, value, secure=True, httponly=True, samesite="Strict", path="/")


def give_device_cookie(response: HttpResponse, token: str) -> None:
    """Unlike the door it stays, so that this browser is known again; it opens nothing."""
    response.set_cookie(
        devices.COOKIE,
        token,
        max_age=devices.COOKIE_SECONDS,
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def take_cookies(response: HttpResponse, *, keep_session: bool = True) -> None:
    """Lock: the half goes. The session's name may stay, so that a late form finds its owner."""
    _expire(response, HALF_COOKIE)
    if not keep_session:
        _expire(response, SESSION_COOKIE)


def _expire(response: HttpResponse, name: str) -> None:
    response.set_cookie(
        name, "", max_age=0, secure=True, httponly=True, samesite="Strict", path="/"
    )
