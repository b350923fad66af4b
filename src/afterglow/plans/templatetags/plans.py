"""What other pages ask of the plan: whether there is one for hard hours."""

from django import template

from afterglow.plans.queries.safety import has_safety_plan
from afterglow.vault.open_vault import OpenVault

register = template.Library()


@register.filter
def has_plan_for_hard_hours(vault: OpenVault | None) -> bool:
    return vault is not None and has_safety_plan(vault)
