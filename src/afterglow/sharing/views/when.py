"""Pages for what may become of it: leaving, silence, a lost key, the end of a treatment, someone who controls."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.vault.http import VaultRequest

PAGES = ("leaving", "silence", "lost-key", "end", "control")


def index(request: VaultRequest) -> HttpResponse:
    return render(request, "sharing/when/index.html")


def when(request: VaultRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    return render(request, f"sharing/when/{page}.html")
