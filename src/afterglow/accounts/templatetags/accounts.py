"""What pages ask about the vault that is open."""

from django import template
from django.utils import timezone

from afterglow.accounts.queries import recovery_is_missing, recovery_is_to_ask
from afterglow.vault import outbox
from afterglow.vault.open_vault import OpenVault

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
    """To whom a page may seal: the public key, and whose it is."""
    return {"key": outbox.public_key(vault).hex(), "owner": str(vault.owner)}
