"""One insight: what it means, how it is practised, and what can grow from it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.core.plan.weeks import weeks_until
from afterglow.plans import queries
from afterglow.plans.documents import Insight
from afterglow.plans.queries.reviews import became_of
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def insight(request: VaultRequest, record: UUID) -> HttpResponse:
    try:
        kept = request.vault.get(Insight, record).document
    except NotHere as error:
        raise Http404 from error
    today = clock.today(request)
    context = {
        "record": record,
        "insight": kept,
        "practised_today": today in kept.practised_on,
        "weeks": weeks_until(today, kept.practised_on, since=None, own=()),
        "became": became_of(request.vault, record),
        "goals": queries.goals_from(request.vault, record),
    }
    return render(request, "plans/insight.html", context)
