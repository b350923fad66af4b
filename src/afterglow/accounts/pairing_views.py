"""Pairing a phone: the code on the computer, the number on the phone, and the yes or no between them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from afterglow.accounts.forms import ConfirmForm, PairForm
from afterglow.accounts.settings_views import still_to_show
from afterglow.network.queries import address_for_phones
from afterglow.vault import confirm, devices, pairing
from afterglow.vault.http import (
    VaultRequest,
    before_recovery_code,
    not_kept_when_locked,
    open_to_all,
)
from afterglow.vault.middleware import give_cookies, give_device_cookie
from afterglow.vault.throttle import TooSoon

COOKIE = f"{settings.COOKIE_PREFIX}-pairing"
COOKIE_SECONDS = 600

# On the computer


@before_recovery_code
@not_kept_when_locked
@sensitive_post_parameters()
def add(request: VaultRequest) -> HttpResponse:
    """Add my phone: shown that it is you, this computer shows a code for five minutes."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if confirm.again(request.vault, form.cleaned_data["passphrase"]):
            return _show_code(request, pairing.begin(request.vault))
        form.add_error("passphrase", still_to_show(form.cleaned_data["passphrase"]))
    context = {"form": form, "reachable": address_for_phones() != ""}
    return render(request, "accounts/pair_begin.html", context)


def _show_code(request: VaultRequest, code: str) -> HttpResponse:
    address = address_for_phones() + reverse("accounts:pair")
    # After the # nothing is sent to any server or kept in its logs; the page on the phone takes it away at once.
    context = {"code": code, "address": address, "whole": f"{address}#{code}"}
    return render(request, "accounts/pair_code.html", context)


@before_recovery_code
@not_kept_when_locked
def joining(request: VaultRequest) -> HttpResponse:
    """Which number does the phone show? The right one lets it in, everything else refuses it."""
    if request.method == "POST":
        let_in = pairing.answer(request.vault, request.POST.get("number", ""))
        if let_in is not None:
            return redirect("accounts:device", let_in.id)
        return redirect("accounts:joining")
    row = pairing.current(request.vault)
    state = row.state if row else ""
    numbers = pairing.choices(row) if row and state == pairing.ASKS else []
    context = {"state": state, "numbers": numbers}
    return render(request, "accounts/pair_joining.html", context)


@require_GET
@before_recovery_code
def joining_state(request: VaultRequest) -> JsonResponse:
    row = pairing.current(request.vault)
    return JsonResponse({"state": row.state if row else ""})


@require_POST
@before_recovery_code
@not_kept_when_locked
def stop(request: VaultRequest) -> HttpResponse:
    """Never mind: the code on the screen works no more."""
    pairing.stop(request.vault)
    return redirect("accounts:devices")


# On the phone


@open_to_all
@sensitive_post_parameters()
def pair(request: HttpRequest) -> HttpResponse:
    """Type the code from the computer; then show the number until the computer has answered."""
    waits = pairing.read_cookie(request.COOKIES.get(COOKIE, ""))
    if request.method == "GET" and waits is not None and "again" not in request.GET:
        return _wait(request, waits)
    form = PairForm(request.POST or None)
    trouble: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            joined = pairing.join(
                form.cleaned_data["code"],
                browser=devices.browser_of(request),
                address=str(request.META.get("REMOTE_ADDR", "")),
            )
        except pairing.NoSuchCode:
            trouble = {"wrong": True}
        except TooSoon as wait:
            trouble = {"wait_seconds": wait.seconds}
        else:
            return _remember(redirect("accounts:pair"), joined.cookie())
    return render(request, "accounts/pair.html", {"form": form, **trouble})


def _wait(request: HttpRequest, joining: pairing.Joining) -> HttpResponse:
    state, number = pairing.state_of(joining)
    if state == pairing.DONE:
        return _come_in(request, joining)
    context = {"state": state, "number": number}
    response = render(request, "accounts/pair_wait.html", context)
    return response if state == pairing.ASKS else _remember(response, "")


def _come_in(request: HttpRequest, joining: pairing.Joining) -> HttpResponse:
    response = redirect("accounts:this_device")
    give_cookies(response, joining.door)
    held = devices.browser_of(request)
    give_device_cookie(response, devices.cookie_with(joining.token, held))
    return _remember(response, "")


def _remember(response: HttpResponse, value: str) -> HttpResponse:
    """What the phone holds while it waits; it opens nothing before the computer says yes."""
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_SECONDS if value else 0,
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


@open_to_all
@require_GET
def pair_state(request: HttpRequest) -> JsonResponse:
    waits = pairing.read_cookie(request.COOKIES.get(COOKIE, ""))
    return JsonResponse({"state": pairing.state_of(waits)[0] if waits else ""})


@before_recovery_code
def this_device(request: VaultRequest) -> HttpResponse:
    """The page of the browser one is in."""
    this = devices.device_of(request)
    if this is None:
        return redirect("accounts:devices")
    return redirect(reverse("accounts:device", args=[this.id]) + "?paired=1")
