"""Pages that answer a form: held, sealed, and shown by an address of their own instead of in reply to the form.

Browsers write the fields of a form into their own session file for as long as its reply is on the screen; after a
redirect they have nothing to write. Leaves out downloads, and requests made by a script.
"""

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault import memory_half
from afterglow.vault.http import vault_of
from afterglow.vault.models import PassingPage, SessionBox, ShownPage
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import Keys

PARAMETER = "shown"
PAGES_KEPT = 8
MOST_WITHOUT_VAULT = 64
SECONDS_WITHOUT_VAULT = 300


class Page(msgspec.Struct, frozen=True):
    """A page as it would have been answered."""

    status: int
    content_type: str
    body: bytes


def instead_of(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same page by redirect where a form was answered directly; any other response as it is."""
    if not _answers_a_form(request, response) or not isinstance(response, HttpResponse):
        return response
    page = Page(response.status_code, response.headers["Content-Type"], response.content)
    vault = vault_of(request)
    if vault is not None and _is_open(vault):
        token = _keep(vault, page)
    elif response.status_code == 403:
        # What was typed stands on this page and cannot be sealed for anybody: it is shown at once.
        return response
    else:
        token = _pass_on(request, page)
    elsewhere = HttpResponseRedirect(f"{request.path}?{PARAMETER}={token.hex}", status=303)
    elsewhere.cookies = response.cookies
    return elsewhere


def _answers_a_form(request: HttpRequest, response: HttpResponseBase) -> bool:
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if request.method != "POST" or by_script or not is_page or response.streaming:
        return False
    return not 300 <= response.status_code < 400 and not getattr(response, "at_once", False)


def _is_open(vault: OpenVault) -> bool:
    return SessionBox.objects.filter(id=vault.session, box__isnull=False).exists()


def page_of(request: HttpRequest) -> HttpResponse | None:
    """The held page that this address names, if it is still there and this browser's."""
    token = _token(request)
    if request.method != "GET" or token is None:
        return None
    vault = vault_of(request)
    page = _kept(vault, token) if vault else _passed(request, token)
    if page is None:
        return None
    return HttpResponse(page.body, status=page.status, content_type=page.content_type)


def _token(request: HttpRequest) -> UUID | None:
    try:
        return UUID(hex=request.GET.get(PARAMETER, ""))
    except ValueError:
        return None


def _keep(vault: OpenVault, page: Page) -> UUID:
    token = uuid4()
    text = v1.pad(msgspec.msgpack.encode(page))
    sealed = v1.seal(_key(vault.keys), text, _context(vault.keys, token))
    ShownPage.objects.create(token=token, owner=vault.owner, session=vault.session, sealed=sealed)
    rows = ShownPage.objects.filter(session=vault.session).order_by("-pk")
    oldest = rows.values_list("pk", flat=True)[PAGES_KEPT:]
    ShownPage.objects.filter(pk__in=list(oldest)).delete()
    return token


def _kept(vault: OpenVault, token: UUID) -> Page | None:
    row = ShownPage.objects.filter(token=token, session=vault.session).first()
    if row is None:
        return None
    padded = v1.open_sealed(_key(vault.keys), bytes(row.sealed), _context(vault.keys, token))
    return msgspec.msgpack.decode(v1.unpad(padded), type=Page)


def _key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "shown page")


def _context(keys: Keys, token: UUID) -> bytes:
    return v1.bind("shown page", keys.owner, token, keys.epoch)


def _pass_on(request: HttpRequest, page: Page) -> UUID:
    token, text = uuid4(), v1.pad(msgspec.msgpack.encode(page))
    sealed = v1.seal(_passing_key(), text, v1.bind("passing page", token))
    ends = timezone.now() + timedelta(seconds=SECONDS_WITHOUT_VAULT)
    PassingPage.objects.create(token=token, browser=_browser(request), ends=ends, sealed=sealed)
    rows = PassingPage.objects.order_by("-pk").values_list("pk", flat=True)
    PassingPage.objects.filter(pk__in=list(rows[MOST_WITHOUT_VAULT:])).delete()
    return token


def _passed(request: HttpRequest, token: UUID) -> Page | None:
    row = PassingPage.objects.filter(token=token, browser=_browser(request)).first()
    if row is None or not PassingPage.objects.filter(pk=row.pk).delete()[0]:
        return None
    if timezone.now() > row.ends:
        return None
    try:
        padded = v1.open_sealed(_passing_key(), bytes(row.sealed), v1.bind("passing page", token))
    except v1.NotOpened:
        return None
    return msgspec.msgpack.decode(v1.unpad(padded), type=Page)


def _passing_key() -> bytes:
    """Known to this process and its forks only, so that a copy of the database opens none of these pages."""
    return v1.expand(memory_half.MEMORY_HALF, "passing page")


def _browser(request: HttpRequest) -> bytes:
    """A trace of the form key that this browser was given; another browser has another one."""
    key = request.META.get("CSRF_COOKIE") or request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return hmac.digest(memory_half.MEMORY_HALF, b"browser " + str(key).encode(), hashlib.sha256)
