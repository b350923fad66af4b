"""Headers that keep pages private, one address for one origin, and the language of the page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
QUIET = {
    "Content-Security-Policy": CONTENT_POLICY,
    # Not no-referrer: browsers then send "Origin: null" with a form, which the form check refuses.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), interest-cohort=(), browsing-topics=()",
}


def quiet_headers(get_response: Next) -> Next:
    """Nothing is cached but static files; nothing is loaded from elsewhere; nothing inline runs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in QUIET.items():
            response.setdefault(name, value)
        asked_again = response.get("Cache-Control") == "no-cache"
        if not asked_again and not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def one_address(get_response: Next) -> Next:
    """Cookies belong to one name: 127.0.0.1 is sent to localhost. A proxy is believed only if it is listed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        _forget_unlisted_proxy(request.META)
        host = request.get_host()
        if settings.ENVIRONMENT.origin is None and host.startswith(("127.0.0.1", "[::1]")):
            port = host.rpartition(":")[2] if host.count(":") == 1 or "]:" in host else "80"
            return HttpResponsePermanentRedirect(
                f"http://localhost:{port}{request.get_full_path()}"
            )
        return get_response(request)

    return middleware


def _forget_unlisted_proxy(meta: dict[str, Any]) -> None:
    if meta.get("REMOTE_ADDR") not in settings.ENVIRONMENT.trusted_proxies:
        meta.pop("HTTP_X_FORWARDED_PROTO", None)
        meta.pop("HTTP_X_FORWARDED_FOR", None)


def speak_language(get_response: Next) -> Next:
    """The language chosen in settings (kept in a cookie so that the door speaks it too), else the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(f"{settings.COOKIE_PREFIX}-language", "")
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.setdefault("Content-Language", language)
        return response

    return middleware
