"""What pages ask about the vault that is open."""

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from afterglow.accounts.queries import preferences, recovery_is_missing, recovery_is_to_ask
from afterglow.vault import confirm, devices, doors, outbox
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.passkeys.common import of_devices, site_of

register = template.Library()


@register.filter
def recovery_missing(vault: OpenVault) -> bool:
    """Whether the recovery code is still to be confirmed."""
    return recovery_is_missing(vault)


@register.filter
def recovery_to_ask(vault: OpenVault) -> bool:
    """Whether it is time to ask whether the code is still at hand."""
    return recovery_is_to_ask(vault, timezone.now().date())


@register.filter
def needs_a_look(vault: OpenVault) -> bool:
    """Whether something arrived from a phone that could not be kept by itself."""
    return outbox.asks(vault)


@register.filter
def inbox(vault: OpenVault) -> dict[str, str]:
    """To whom a page may seal: the public key, and whose it is; and the country of the kept page of help."""
    return {
        "key": outbox.public_key(vault).hex(),
        "owner": str(vault.owner),
        "country": preferences(vault).country,
    }


@register.filter
def lock_seconds(vault: OpenVault) -> int:
    """After how long without a touch this session locks."""
    return doors.idle_seconds(vault)


@register.simple_tag(takes_context=True)
def confirming_by_device(context: RequestContext) -> dict[str, bool]:
    """Whether this browser can confirm by passkey, and whether it has just done so."""
    request = context.request
    vault = getattr(request, "vault", None)
    if vault is None:
        return {"fresh": False, "possible": False}
    mine = [each for each in devices.devices_of(request) if each.owner == vault.owner]
    possible = bool(of_devices(mine, site_of(request)))
    return {"fresh": possible and confirm.is_fresh(vault), "possible": possible}
