"""Headers that keep pages private, one address for one origin, and the language of the page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.utils import translation

from afterglow.core.content import library
from afterglow.serving import names

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
    """Plain HTTP is for localhost, HTTPS for the chosen name. A proxy is believed only if it is listed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reach = settings.REACH()
        _forget_unlisted_proxy(request.META, reach.proxies)
        name, port = split_domain_port(request.get_host())
        came = names.verdict(_caller(request.META, name), reach)
        _name_the_sender(request.META, reach.proxies)
        if came == "go to localhost":
            at = f"localhost:{port}" if port else "localhost"
            return HttpResponsePermanentRedirect(f"http://{at}{request.get_full_path()}")
        return get_response(request) if came == "come in" else _not_this_way(request, came)

    return middleware


def _caller(meta: dict[str, Any], name: str) -> names.Caller:
    return names.Caller(
        name=name,
        sender=str(meta.get("REMOTE_ADDR", "")),
        by_listener=names.LISTENER_MARK in meta,
        forwarded_proto=str(meta.get("HTTP_X_FORWARDED_PROTO", "")),
    )


def _forget_unlisted_proxy(meta: dict[str, Any], listed: tuple[str, ...]) -> None:
    """Nobody but a listed proxy says how a request came, and nobody at all over the program's own HTTPS."""
    if names.LISTENER_MARK in meta or meta.get("REMOTE_ADDR") not in listed:
        for header in names.FORWARDED:
            meta.pop(header, None)


def _name_the_sender(meta: dict[str, Any], listed: tuple[str, ...]) -> None:
    """Behind a listed proxy the sender is who it says was before it; only the last name is the proxy's own word."""
    before = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    if before and meta.get("REMOTE_ADDR") in listed:
        meta["REMOTE_ADDR"] = before


def _not_this_way(request: HttpRequest, why: str) -> HttpResponse:
    """A short word in plain text; it names only the sender, who knows that already."""
    language = translation.get_language_from_request(request)
    trouble = library.connection_trouble(why, language)
    text = f"{trouble.text} {trouble.helps}".format(sender=request.META.get("REMOTE_ADDR", ""))
    return HttpResponse(f"{text}\n", status=421, content_type="text/plain; charset=utf-8")


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
