"""How a phone learns to trust the authority of this computer: open to all, since the phone is not signed in yet.

The certificate is no secret; what must hold is that it is the right one, so the page shows what to compare.
"""

import plistlib
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from afterglow.core import certificates
from afterglow.network import queries
from afterglow.vault.http import open_to_all

PROFILES = UUID("5f0c7c1e-35a3-4c3c-a2d3-7f0b0f7a9d11")


@open_to_all
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """The steps for iPhone and Android, in plain words."""
    pem = _certificate()
    context = {"chosen": queries.current(), "groups": queries.fingerprint_groups(pem)}
    return render(request, "network/trust.html", context)


@open_to_all
@require_safe
def as_file(request: HttpRequest) -> HttpResponse:
    """The certificate as phones and computers take it in."""
    return _download(
        certificates.as_der(_certificate()), "application/x-x509-ca-cert", "afterglow.crt"
    )


@open_to_all
@require_safe
def as_profile(request: HttpRequest) -> HttpResponse:
    """The same for an iPhone or iPad, with words that say what it is."""
    profile = plistlib.dumps(_profile(certificates.as_der(_certificate())))
    return _download(profile, "application/x-apple-aspen-config", "afterglow.mobileconfig")


def _certificate() -> bytes:
    pem = queries.authority_certificate()
    if pem is None:
        raise Http404
    return pem


def _profile(der: bytes) -> dict[str, object]:
    host = queries.current().host
    inner = uuid5(PROFILES, der.hex())
    about = _("Lets this device trust your own computer under the name %(host)s, and no other.") % {
        "host": host
    }
    return {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"afterglow.{inner}",
        "PayloadUUID": str(uuid5(inner, "profile")),
        "PayloadDisplayName": f"Afterglow, {host}",
        "PayloadDescription": about,
        "PayloadContent": [
            {
                "PayloadType": "com.apple.security.root",
                "PayloadVersion": 1,
                "PayloadIdentifier": f"afterglow.{inner}.authority",
                "PayloadUUID": str(inner),
                "PayloadDisplayName": f"Afterglow, {host}",
                "PayloadContent": der,
            }
        ],
    }


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
