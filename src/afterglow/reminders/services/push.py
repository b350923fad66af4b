"""Web Push without any content (RFC 8030, RFC 8292): the push service learns that something came, not what.

The sentence is in the worker that the browser already has. Requests go only to the known push services.
"""

import base64
import json
import time
from collections.abc import Callable
from functools import cache
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

# Who a browser may name as its push service: Google, Mozilla, Apple, Microsoft.
RECEIVERS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
SECONDS_TO_LIVE = 30 * 60
TOKEN_SECONDS = 12 * 3600
TIMEOUT_SECONDS = 20
GONE = (404, 410)
# The order of the curve P-256: a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Open = Callable[[Request], int]


def is_receiver(endpoint: str) -> bool:
    """Whether an address belongs to a push service of a browser, so that no other can be called through us."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    known = any(host == name or (name[0] == "." and host.endswith(name)) for name in RECEIVERS)
    return parts.scheme == "https" and known and parts.port is None and parts.username is None


def send(endpoint: str, *, open_request: Open | None = None) -> bool:
    """Tell the browser's push service that something came. False where the device is gone.

    Raises HTTPError or URLError where the service does not answer as hoped.
    """
    if not is_receiver(endpoint):
        return False
    request = Request(  # noqa: S310 - https only, to the receivers above
        endpoint,
        data=b"",
        method="POST",
        headers={
            "TTL": str(SECONDS_TO_LIVE),
            "Urgency": "low",
            "Topic": "note",
            "Authorization": f"vapid t={token(endpoint, time.time())}, k={public_key()}",
        },
    )
    try:
        (open_request or _open)(request)
    except HTTPError as error:
        if error.code in GONE:
            return False
        raise
    return True


def public_key() -> str:
    """The key by which browsers know this server."""
    numbers = _private_key().public_key()
    return _text(numbers.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def token(endpoint: str, now: float) -> str:
    """A short-lived signed statement of who sends; it names this server's address and no person."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.hostname}",
        "exp": int(now) + TOKEN_SECONDS,
        "sub": settings.PUSH_CONTACT,
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    signature = _private_key().sign(signed.encode(), ec.ECDSA(SHA256()))
    r, s = utils.decode_dss_signature(signature)
    return f"{signed}.{_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


@cache
def _private_key() -> ec.EllipticCurvePrivateKey:
    """Always the same on this server, so that browsers keep knowing it."""
    number = int.from_bytes(settings.PUSH_SECRET, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _json(value: dict[str, object]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class _NoRedirect(HTTPRedirectHandler):
    """A push service answers itself; nobody else is asked."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _open(request: Request) -> int:
    with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS) as answer:
        return int(answer.status)
