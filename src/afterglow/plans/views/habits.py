"""Habits with a quiet picture of their weeks; insights that are practised."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core import content
from afterglow.core.plan.weeks import weeks_until
from afterglow.plans import queries, services
from afterglow.plans.documents import Habit
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def habits(request: VaultRequest) -> HttpResponse:
    """All habits, and for each thing they can be about a few first tiny versions."""
    context = {
        "habits": queries.habits(request.vault),
        "areas": content.habit_areas(request.LANGUAGE_CODE),
        "today": clock.today(request),
    }
    return render(request, "plans/habits.html", context)


def habit(request: VaultRequest, record: UUID) -> HttpResponse:
    """One habit: done today or not, and its weeks as picture, sentence and table."""
    try:
        kept = request.vault.get(Habit, record).document
    except NotHere as error:
        raise Http404 from error
    today = clock.today(request)
    areas = {area.id: area.name for area in content.habit_areas(request.LANGUAGE_CODE)}
    context = {
        "record": record,
        "habit": kept,
        "area": areas.get(kept.area, ""),
        "weeks": weeks_until(today, kept.done_on, since=kept.since, own=kept.weekdays),
        "done_today": today in kept.done_on,
        "behind": queries.words_behind(request.vault, kept.comes_from),
    }
    return render(request, "plans/habit.html", context)


@require_POST
def done(request: VaultRequest, record: UUID) -> HttpResponse:
    """Done today, or not after all."""
    try:
        services.do_habit(
            vault=request.vault,
            habit=record,
            on=clock.today(request),
            done=request.POST.get("word") != "not-after-all",
        )
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:habit", record=record)


@require_POST
def rest(request: VaultRequest, record: UUID) -> HttpResponse:
    """Put it aside, or take it up again."""
    resting = request.POST.get("word") != "take-up"
    try:
        services.rest_habit(vault=request.vault, habit=record, resting=resting)
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:habit", record=record)


@require_POST
def practised(request: VaultRequest, record: UUID) -> HttpResponse:
    """An insight was come back to today."""
    try:
        services.practise_insight(vault=request.vault, insight=record, on=clock.today(request))
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:insight", record=record)
