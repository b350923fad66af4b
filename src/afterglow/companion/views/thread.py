"""The thread as a page that can be walked both ways."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.companion.queries.thread import thread as thread_of
from afterglow.vault.http import VaultRequest


def thread(request: VaultRequest, kind: str, record: str) -> HttpResponse:
    found = thread_of(request.vault, kind, record, request.LANGUAGE_CODE)
    if found is None:
        raise Http404
    return render(request, "companion/thread.html", {"thread": found, "here": found.here})
