"""Devices: which browsers are let in, what each is called, when it locks, and how it is shut out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from afterglow.accounts import queries
from afterglow.accounts.forms import ConfirmForm, DeviceForm
from afterglow.accounts.settings_views import still_to_show
from afterglow.vault import confirm, devices
from afterglow.vault.http import VaultRequest, before_recovery_code, not_kept_when_locked
from afterglow.vault.middleware import take_cookies
from afterglow.vault.models import Device
from afterglow.vault.outcomes import NotHere
from afterglow.vault.passkeys import adding
from afterglow.vault.passkeys.common import site_of


def listed(request: VaultRequest) -> HttpResponse:
    """Every browser that was let in, this one first."""
    found = devices.listed(request.vault, devices.device_of(request))
    return render(request, "accounts/devices.html", {"devices": found})


@before_recovery_code
def device(request: VaultRequest, device: UUID) -> HttpResponse:
    """One device: its name, its time to the lock, and whether it opens by itself."""
    row = _device_or_404(request, device)
    called = devices.called(request.vault.keys, row)
    usual = queries.preferences(request.vault).lock_minutes
    initial = {"name": called.name, "lock_minutes": row.lock_minutes or usual}
    form = DeviceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        devices.rename(request.vault, row.id, form.cleaned_data["name"].strip())
        devices.set_lock_minutes(request.vault, row.id, form.cleaned_data["lock_minutes"])
        return redirect("accounts:devices")
    return _show(request, row, form=form)


def _show(request: VaultRequest, row: Device, **context: object) -> HttpResponse:
    this = devices.device_of(request)
    shown = {
        "device": row,
        "called": devices.called(request.vault.keys, row),
        "is_this": this is not None and this.id == row.id,
        "passkeys": adding.listed(request.vault, row.id),
        "site": site_of(request).name,
        "paired": "paired" in request.GET,
    }
    return render(request, "accounts/device.html", {**shown, **context})


@before_recovery_code
@not_kept_when_locked
@sensitive_post_parameters()
def remove(request: VaultRequest, device: UUID) -> HttpResponse:
    """Shut a device out at once, this one too."""
    row = _device_or_404(request, device)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if confirm.again(request.vault, form.cleaned_data["passphrase"]):
            return _removed(request, row)
        form.add_error("passphrase", still_to_show(form.cleaned_data["passphrase"]))
    called = devices.called(request.vault.keys, row)
    context = {"form": form, "device": row, "called": called, "is_this": _is_this(request, row)}
    return render(request, "accounts/device_remove.html", context)


def _removed(request: VaultRequest, row: Device) -> HttpResponse:
    this = _is_this(request, row)
    devices.remove(request.vault, row.id)
    if not this:
        return redirect("accounts:devices")
    response = redirect("accounts:unlock")
    take_cookies(response, keep_session=False)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
@before_recovery_code
@not_kept_when_locked
def remove_passkey(request: VaultRequest, passkey: UUID) -> HttpResponse:
    """Take a passkey away; what was asked for it stays on the device and opens nothing more."""
    try:
        adding.remove(request.vault, passkey)
    except NotHere as missing:
        raise Http404 from missing
    return redirect("accounts:devices")


def _device_or_404(request: VaultRequest, device: UUID) -> Device:
    try:
        return devices.get(request.vault, device)
    except NotHere as missing:
        raise Http404 from missing


def _is_this(request: HttpRequest, row: Device) -> bool:
    this = devices.device_of(request)
    return this is not None and this.id == row.id
