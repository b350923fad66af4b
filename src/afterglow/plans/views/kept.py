"""Wins, and letters to oneself."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.plans import queries
from afterglow.plans.documents import Letter
from afterglow.plans.forms import WinForm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

PAGE_SIZE = 20


def wins(request: VaultRequest) -> HttpResponse:
    """Newest first, and a place to add one."""
    shown = Paginator(queries.wins(request.vault), PAGE_SIZE).get_page(request.GET.get("page"))
    form = WinForm(initial=request.vault.draft("plan.win"))
    return render(
        request, "plans/wins.html", {"wins": shown, "form": form, "draft_key": "plan.win"}
    )


def letter(request: VaultRequest, record: UUID) -> HttpResponse:
    """The letter from its day on; before that, only when it opens."""
    try:
        stored = request.vault.head(Letter, record)
        if stored.document.open_on <= clock.today(request):
            stored = request.vault.get(Letter, record)
    except NotHere as error:
        raise Http404 from error
    return render(request, "plans/letter.html", {"record": record, "letter": stored.document})
