"""Letters to oneself. Nothing here brings one up unasked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.core import content
from afterglow.plans import queries, services
from afterglow.plans.documents import Letter
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def letters(request: VaultRequest) -> HttpResponse:
    """Every letter by its day, without its text, and ideas for a new one."""
    context = {
        "letters": queries.letters(request.vault),
        "ideas": content.letter_ideas(request.LANGUAGE_CODE),
        "today": clock.today(request),
    }
    return render(request, "plans/letters.html", context)


def letter(request: VaultRequest, record: UUID) -> HttpResponse:
    """The letter from its day on, or once it was opened early; before that, only when it opens."""
    try:
        kept = request.vault.head(Letter, record).document
        if request.method == "POST":
            services.open_letter(vault=request.vault, letter=record, on=clock.today(request))
            return redirect("plans:letter", record=record)
        if is_open := kept.opened_on is not None or kept.open_on <= clock.today(request):
            kept = request.vault.get(Letter, record).document
    except NotHere as error:
        raise Http404 from error
    return render(
        request, "plans/letter.html", {"record": record, "letter": kept, "is_open": is_open}
    )
