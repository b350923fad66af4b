"""Pages for when something is not as hoped: kind, plain, and never quoting what was typed."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render

from afterglow.ui.secret_fields import SECRET_FIELDS

# What is as short as this is a choice, or quickly typed again.
LONGEST_CHOICE = 20


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/trouble.html", {"trouble": "not_understood"}, status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/trouble.html", {"trouble": "not_allowed"}, status=403)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/trouble.html", {"trouble": "not_here"}, status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/trouble.html", {"trouble": "went_wrong"}, status=500)


def too_soon(request: HttpRequest, seconds: int) -> HttpResponse:
    """Several guesses at a passphrase: the next one waits."""
    context = {"trouble": "too_soon", "wait_seconds": seconds}
    return render(request, "ui/trouble.html", context, status=429)


def form_not_accepted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's own key did not come back: usually a browser that refuses cookies, or a very old page.

    What was typed is shown again, so that it can be copied; it came from this very browser.
    """
    refused = reason == REASON_NO_CSRF_COOKIE
    context = {"trouble": "cookies" if refused else "old_page", "typed": _typed(request)}
    return render(request, "ui/trouble.html", context, status=403)


def _typed(request: HttpRequest) -> list[str]:
    """Longer texts of the form; none of a page that keeps no words of a person."""
    view = request.resolver_match.func if request.resolver_match else None
    if not getattr(view, "kept_when_locked", True):
        return []
    return [
        value
        for name, values in request.POST.lists()
        if name not in SECRET_FIELDS and not name.startswith("_")
        for value in values
        if len(value) > LONGEST_CHOICE
    ]
