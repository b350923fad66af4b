"""Settings › Use on my phone: three ways in, the address with its picture, and what is in the way."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from afterglow.network import queries, services
from afterglow.network.forms import AuthorityForm, CertificateForm, NameForm, ProxyForm
from afterglow.vault.http import VaultRequest, before_recovery_code

Keep = Callable[[VaultRequest, dict[str, Any]], None]


def phone(request: VaultRequest) -> HttpResponse:
    """Which way is on, how a phone gets here, and what is wrong with the files."""
    return _page(request, asking=False)


def look(request: VaultRequest) -> HttpResponse:
    """The same, after looking whether the name leads here and who answers: this may take some seconds."""
    return _page(request, asking=True)


def _page(request: VaultRequest, *, asking: bool) -> HttpResponse:
    hitches = queries.hitches(timezone.now(), request.LANGUAGE_CODE, asking=asking)
    context = {
        "chosen": queries.current(),
        "outside": queries.is_set_outside(),
        "certificate": queries.certificate(),
        "vouches": queries.vouches(request.vault),
        "hitches": hitches,
        "looked": asking,
    }
    return render(request, "network/phone.html", context)


@before_recovery_code
@require_POST
def switch_off(request: VaultRequest) -> HttpResponse:
    if not queries.is_set_outside():
        services.switch_off()
    return redirect("network:phone")


@before_recovery_code
def by_authority(request: VaultRequest) -> HttpResponse:
    """A certificate made here."""
    initial = _initial("authority", addresses=queries.likely_address())
    form = AuthorityForm(request.POST or None, initial=initial)
    return _choose(request, "network/by_authority.html", form, _keep_authority)


def _keep_authority(request: VaultRequest, chosen: dict[str, Any]) -> None:
    anew = request.POST.get("anew") == "yes"
    services.switch_on_authority(vault=request.vault, anew=anew, **chosen)


@before_recovery_code
def by_certificate(request: VaultRequest) -> HttpResponse:
    """A certificate of the person's own, by its files."""
    form = CertificateForm(request.POST or None, initial=_initial("certificate"))
    return _choose(request, "network/by_certificate.html", form, _keep_certificate)


def _keep_certificate(request: VaultRequest, chosen: dict[str, Any]) -> None:
    services.switch_on_certificate(**chosen)


@before_recovery_code
def by_proxy(request: VaultRequest) -> HttpResponse:
    """A proxy that is there already."""
    form = ProxyForm(request.POST or None, initial=_initial("proxy"))
    return _choose(request, "network/by_proxy.html", form, _keep_proxy)


def _keep_proxy(request: VaultRequest, chosen: dict[str, Any]) -> None:
    services.switch_on_proxy(**chosen)


def _choose(request: VaultRequest, template: str, form: NameForm, keep: Keep) -> HttpResponse:
    if queries.is_set_outside():
        return redirect("network:phone")
    if request.method == "POST" and form.is_valid():
        try:
            keep(request, form.cleaned_data)
        except services.NotUsable as trouble:
            hitch = queries.in_words(trouble.found, request.LANGUAGE_CODE)
            form.add_error(None, f"{hitch.text} {hitch.helps}")
        else:
            return redirect("network:phone")
    made_before = queries.authority_of(request.vault) is not None
    return render(request, template, {"form": form, "made_before": made_before})


def _initial(way: str, **suggested: str) -> dict[str, object]:
    """What is chosen now for this way, else suggestions."""
    chosen = queries.current()
    if chosen.way != way:
        return {"host": chosen.host or queries.likely_name(), **suggested}
    return {
        "host": chosen.host,
        "port": chosen.port,
        "addresses": ", ".join(chosen.addresses),
        "certificate": chosen.certificate,
        "key": chosen.key,
        "proxies": ", ".join(chosen.proxies),
    }
