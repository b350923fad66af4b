"""The one living page."""

from django.http import HttpResponse
from django.shortcuts import render

from afterglow.plans import queries
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest


def plan(request: VaultRequest) -> HttpResponse:
    """The one living page."""
    vault, today = request.vault, clock.today(request)
    context = {
        "whys": queries.whys(vault),
        "insights": queries.insights(vault),
        "obstacles": queries.obstacles(vault),
        "purposes": queries.purposes(vault),
        "goals": queries.open_goals(vault),
        "self_care": queries.self_care(vault),
        "people": queries.people(vault),
        "coming": queries.coming_appointments(vault, today),
        "past": queries.past_appointments(vault, today),
        "letters": queries.letters(vault),
        "today": today,
    }
    return render(request, "plans/plan.html", context)
