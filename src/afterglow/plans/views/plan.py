"""The one living page."""

from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from afterglow.core import content
from afterglow.medicine import queries as medicine
from afterglow.plans import queries
from afterglow.plans.queries.rhythm import lived_practices
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest

WEEK = timedelta(days=6)
MOST_PRACTICES = 8
MOST_LET_GO = 20


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
        "let_go": queries.goals_let_go(vault)[:MOST_LET_GO],
        "habits": queries.habits(vault),
        "practices": _practices(request),
        "people": queries.people(vault),
        "coming": queries.coming_appointments(vault, today),
        "past": queries.past_appointments(vault, today),
        "week": queries.wins_since(vault, today - WEEK),
        "since_sitting": queries.wins_since(vault, last.document.day) if last else [],
        "last": last,
        "today": today,
    }
    return render(request, "plans/plan.html", context)


class Lived(NamedTuple):
    """A practice that was done, by its title."""

    id: str
    title: str
    last: date
    helped: bool


def _practices(request: VaultRequest) -> list[Lived]:
    titles = {each.id: each.title for each in content.practices(request.LANGUAGE_CODE)}
    return [
        Lived(note.practice, titles[note.practice], max(note.done_on), bool(note.helped_on))
        for note in lived_practices(request.vault)
        if note.practice in titles
    ][:MOST_PRACTICES]
