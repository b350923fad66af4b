"""What a name, a port, addresses and paths must look like."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.certificates import is_host_name
from afterglow.serving.reach import DEFAULT_PORT, HTTPS_PORT
from afterglow.ui.forms import PrivateForm

ONLY_HERE = frozenset({"localhost"})


class NameForm(PrivateForm):
    """The name by which other devices call this computer."""

    host = forms.CharField(label=_("Name of this computer at home"), max_length=253)

    def clean_host(self) -> str:
        name = self.cleaned_data["host"].strip().rstrip(".").lower()
        if not is_host_name(name) or name in ONLY_HERE or _is_number(name):
            raise forms.ValidationError(
                _("Please use a name of letters, digits and hyphens, such as desk.local.")
            )
        return str(name)


class PortForm(NameForm):
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=DEFAULT_PORT)


class AuthorityForm(PortForm):
    addresses = forms.CharField(
        label=_("Also by number"),
        max_length=400,
        required=False,
        help_text=_(
            "Some phones do not find a name that ends in .local. Then the computer's number in your network helps (its IP address, such as 192.168.1.20), as long as your router gives this computer the same one. Several are separated by commas."
        ),
    )

    def clean_addresses(self) -> tuple[str, ...]:
        """Of version 4: the listener has no others."""
        return _numbers(self.cleaned_data["addresses"], ipaddress.IPv4Address)


class CertificateForm(PortForm):
    certificate = forms.CharField(
        label=_("File with the certificate and its chain"), max_length=1000
    )
    key = forms.CharField(label=_("File with its key"), max_length=1000)


class ProxyForm(NameForm):
    port = forms.IntegerField(
        label=_("Port at which the proxy is reached"),
        min_value=1,
        max_value=65535,
        initial=HTTPS_PORT,
    )
    proxies = forms.CharField(
        label=_("Addresses of the proxy"),
        max_length=400,
        initial="127.0.0.1, ::1",
        help_text=_("Nobody else is believed about how a request came. Separate with commas."),
    )

    def clean_proxies(self) -> tuple[str, ...]:
        return _numbers(self.cleaned_data["proxies"])


def _numbers(text: Any, kind: Callable[[str], object] = ipaddress.ip_address) -> tuple[str, ...]:
    parts = [part.strip().strip("[]") for part in str(text).split(",") if part.strip()]
    try:
        return tuple(dict.fromkeys(str(kind(part)) for part in parts))
    except ValueError as error:
        raise forms.ValidationError(
            _("Please write addresses as numbers, such as 192.168.1.20.")
        ) from error


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
