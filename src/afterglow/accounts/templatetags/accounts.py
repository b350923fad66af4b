"""What pages ask about the vault that is open."""

from django import template

from afterglow.accounts.queries import recovery_is_missing
from afterglow.vault.open_vault import OpenVault

register = template.Library()


@register.filter
def recovery_missing(vault: OpenVault) -> bool:
    """Whether the recovery code is still to be confirmed."""
    return recovery_is_missing(vault)
