"""The line on a page when a time has come."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from afterglow.reminders import queries
from afterglow.vault.open_vault import OpenVault

register = template.Library()


@register.inclusion_tag("reminders/_in_page.html")
def reminder_line(vault: OpenVault) -> dict[str, str]:
    """A neutral sentence for a few hours after a time, if the person switched that on."""
    return {"reminder": queries.in_page(vault, timezone.now(), get_language() or "en")}
