"""Settings: look, language, lock, passphrase, lines shown at the door, delete everything."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from afterglow.accounts import queries, services
from afterglow.accounts.forms import ChangePassphrase, DeleteForm, OpenHelpForm, PreferencesForm
from afterglow.accounts.models import OpenHelp
from afterglow.accounts.views import NOT_RIGHT, NOT_SHOWN
from afterglow.network.queries import vouches
from afterglow.ui.clock import now
from afterglow.ui.context import THEMES, wake
from afterglow.vault import devices, door_words
from afterglow.vault.http import VaultRequest, before_recovery_code, open_to_all, page_of_ours
from afterglow.vault.middleware import give_cookies, take_cookies
from afterglow.vault.records import VaultDamaged

A_YEAR_SECONDS = 365 * 24 * 3600


@before_recovery_code
def preferences(request: VaultRequest) -> HttpResponse:
    """How it looks and when it locks."""
    form = PreferencesForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        _keep(request, chosen)
        response = redirect("accounts:settings")
        _remember(response, "theme", chosen["theme"])
        wake(response)
        _remember(response, "language", chosen["language"])
        return response
    return render(request, "accounts/settings.html", {"form": form})


def _keep(request: VaultRequest, chosen: dict[str, Any]) -> None:
    """The time to the lock is this device's; a browser that is no device yet changes what new ones begin with."""
    services.keep_preferences(vault=request.vault, low_energy=chosen["low_energy"])
    device = devices.device_of(request)
    if device is not None:
        devices.set_lock_minutes(request.vault, device.id, chosen["lock_minutes"])
    else:
        services.keep_preferences(vault=request.vault, lock_minutes=chosen["lock_minutes"])


@open_to_all
@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """The language chosen at the door, before anything is open; in there it stands in settings."""
    response = redirect(page_of_ours(request.POST.get("next", "")) or "companion:start")
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _remember(response, "language", language)
    return response


def _initial(request: VaultRequest) -> dict[str, object]:
    kept = queries.preferences(request.vault)
    device = devices.device_of(request)
    theme = request.COOKIES.get(f"{settings.COOKIE_PREFIX}-theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "language": request.LANGUAGE_CODE,
        "lock_minutes": (device.lock_minutes if device else 0) or kept.lock_minutes,
        "low_energy": kept.low_energy,
    }


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """Look and language are known at the door too, so they are cookies and not sealed."""
    response.set_cookie(
        f"{settings.COOKIE_PREFIX}-{name}",
        value,
        max_age=A_YEAR_SECONDS,
        secure=True,
        httponly=True,
        samesite="Strict",
    )


def still_to_show(passphrase: str) -> str:
    """What to say to somebody who has not shown yet that it is them."""
    return str(NOT_RIGHT if passphrase else NOT_SHOWN)


@before_recovery_code
@sensitive_post_parameters()
def passphrase(request: VaultRequest) -> HttpResponse:
    form = ChangePassphrase(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if services.change_passphrase(
            vault=request.vault, old=chosen["old"], new=chosen["passphrase"]
        ):
            return render(request, "accounts/passphrase_changed.html")
        form.add_error("old", still_to_show(chosen["old"]))
    words = door_words.six_words()
    return render(request, "accounts/passphrase.html", {"form": form, "words": words})


@before_recovery_code
@sensitive_post_parameters()
def new_keys(request: VaultRequest) -> HttpResponse:
    """New keys for everything; the way on is the new recovery code."""
    form = ChangePassphrase(request.POST or None)
    damaged = False
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            entered = services.renew_keys(
                vault=request.vault,
                old=chosen["old"],
                new=chosen["passphrase"],
                browser=devices.browser_of(request),
            )
        except VaultDamaged:
            damaged = True
        else:
            if entered is not None:
                response = redirect("accounts:recovery")
                give_cookies(response, entered.door)
                return response
            form.add_error("old", still_to_show(chosen["old"]))
    words = request.POST.get("offered") or door_words.six_words()
    context = {"form": form, "words": words, "damaged": damaged}
    return render(request, "accounts/new_keys.html", context)


def at_the_door(request: VaultRequest) -> HttpResponse:
    """Own lines on Help before unlocking: off until chosen, with a word on who else can read them."""
    shown = OpenHelp.objects.filter(owner=request.vault.owner).first()
    form = OpenHelpForm(request.POST or None, initial={"text": shown.text if shown else ""})
    if request.method == "POST" and form.is_valid():
        services.show_without_unlocking(vault=request.vault, text=form.cleaned_data["text"].strip())
        return redirect("accounts:settings")
    return render(request, "accounts/at_the_door.html", {"form": form, "shown": shown})


@before_recovery_code
@sensitive_post_parameters()
def delete_everything(request: VaultRequest) -> HttpResponse:
    form = DeleteForm(request.POST or None)
    until = import_string(settings.HELD_UNTIL)(request.vault, now(request))
    if request.method == "POST" and until is None and form.is_valid():
        if services.delete_everything(
            vault=request.vault, passphrase=form.cleaned_data["passphrase"]
        ):
            response = render(request, "accounts/deleted.html", {"vault": None})
            take_cookies(response, keep_session=False)
            return response
        form.add_error("passphrase", still_to_show(form.cleaned_data["passphrase"]))
    context = {"form": form, "until": until, "vouches": vouches(request.vault)}
    return render(request, "accounts/delete.html", context)
