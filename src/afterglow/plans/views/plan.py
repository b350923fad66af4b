"""The one living page."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from afterglow.medicine import queries as medicine
from afterglow.plans import queries
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest

WEEK = timedelta(days=6)


def plan(request: VaultRequest) -> HttpResponse:
    """Everything that is planned, in the order in which it grew: why, what came up, what to do."""
    vault, today = request.vault, clock.today(request)
    last = medicine.last_sitting(vault, today)
    context = {
        "whys": queries.whys(vault),
        "insights": queries.insights(vault),
        "obstacles": queries.obstacles(vault),
        "strengthen": queries.to_strengthen(vault),
        "values": queries.my_values(vault).cards,
        "purposes": queries.purposes(vault),
        "self_care": queries.self_care(vault),
        "goals": queries.open_goals(vault),
        "habits": queries.habits(vault),
        "people": queries.people(vault),
        "coming": queries.coming_appointments(vault, today),
        "past": queries.past_appointments(vault, today),
        "letters": queries.letters(vault),
        "week": queries.wins_since(vault, today - WEEK),
        "since_sitting": queries.wins_since(vault, last.document.day) if last else [],
        "last": last,
        "today": today,
    }
    return render(request, "plans/plan.html", context)
