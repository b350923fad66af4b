"""Wins."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from afterglow.plans import queries
from afterglow.plans.forms import WinForm
from afterglow.vault.http import VaultRequest

PAGE_SIZE = 20


def wins(request: VaultRequest) -> HttpResponse:
    """Newest first, and a place to add one."""
    shown = Paginator(queries.wins(request.vault), PAGE_SIZE).get_page(request.GET.get("page"))
    form = WinForm(initial=request.vault.draft("plan.win"))
    return render(
        request, "plans/wins.html", {"wins": shown, "form": form, "draft_key": "plan.win"}
    )
