"""The pages of practices."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.core.content import library
from afterglow.vault.http import VaultRequest


def practice(request: VaultRequest, name: str) -> HttpResponse:
    for known in library.practices(request.LANGUAGE_CODE):
        if known.id == name:
            return render(request, "companion/practice.html", {"practice": known})
    raise Http404
