"""Guided programmes: the list, one of them, and joining, pausing, leaving, finishing."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.companion.queries import programmes as queries
from afterglow.companion.queries.choice import place_on
from afterglow.core.content import library
from afterglow.core.content.kinds import Programme
from afterglow.core.plan.programme import first_day
from afterglow.plans.services import rhythm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest


def programmes(request: VaultRequest) -> HttpResponse:
    language = request.LANGUAGE_CODE
    place = place_on(request.vault, clock.today(request))
    context = {
        "programmes": library.programmes(language),
        "standing": queries.standing(request.vault, place, language),
    }
    return render(request, "companion/programmes.html", context)


def programme(request: VaultRequest, name: str) -> HttpResponse:
    """Its days; where the person is in it, or where they would join."""
    known, language = _known(request, name), request.LANGUAGE_CODE
    place = place_on(request.vault, clock.today(request))
    standing = queries.standing(request.vault, place, language)
    context = {
        "programme": known,
        "days": queries.days_of(known, language),
        "standing": standing if standing and standing.programme.id == known.id else None,
        "other": standing if standing and standing.programme.id != known.id else None,
        "first": first_day(known, place),
    }
    return render(request, "companion/programme.html", context)


@require_POST
def join(request: VaultRequest, name: str) -> HttpResponse:
    """At the day that fits, or at one that was picked."""
    known, day = _known(request, name), clock.today(request)
    asked = request.POST.get("day", "")
    days = {str(part.day): part.day for part in known.days}
    at_day = days.get(asked, first_day(known, place_on(request.vault, day)))
    standing = queries.standing(request.vault, place_on(request.vault, day), request.LANGUAGE_CODE)
    if standing and standing.programme.id == known.id:
        rhythm.stand_at(vault=request.vault, joined=standing.record, at_day=at_day, on=day)
    else:
        rhythm.join_programme(vault=request.vault, programme=known.id, at_day=at_day, on=day)
    return redirect("companion:programme", name=known.id)


@require_POST
def pace(request: VaultRequest, name: str) -> HttpResponse:
    """Pause, go on from the same day, leave, or finish."""
    known, day = _known(request, name), clock.today(request)
    standing = queries.standing(request.vault, place_on(request.vault, day), request.LANGUAGE_CODE)
    if standing is None or standing.programme.id != known.id:
        return redirect("companion:programme", name=known.id)
    record = standing.record
    match request.POST.get("word", ""):
        case "pause":
            rhythm.pause_programme(vault=request.vault, joined=record, on=day)
        case "go-on":
            rhythm.stand_at(vault=request.vault, joined=record, at_day=standing.day, on=day)
        case "leave":
            rhythm.end_programme(vault=request.vault, joined=record, on=day, how="left")
        case "finish":
            rhythm.end_programme(vault=request.vault, joined=record, on=day, how="finished")
    return redirect("companion:programme", name=known.id)


def _known(request: VaultRequest, name: str) -> Programme:
    known = queries.programme(name, request.LANGUAGE_CODE)
    if known is None:
        raise Http404
    return known
