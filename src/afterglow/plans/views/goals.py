"""Pages of one small goal: done, another day, let it go; and steps that come from an appointment."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.plans import queries, services
from afterglow.plans.documents import Appointment, Goal
from afterglow.plans.forms import AgreedForm, MoveForm
from afterglow.plans.queries.calendar import SameDay
from afterglow.plans.queries.kindness import kind_word
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def goal(request: VaultRequest, record: UUID) -> HttpResponse:
    return _show(request, record, MoveForm())


def _show(request: VaultRequest, record: UUID, form: MoveForm) -> HttpResponse:
    try:
        document = request.vault.get(Goal, record).document
    except NotHere as error:
        raise Http404 from error
    context = {
        "record": record,
        "goal": document,
        "form": form,
        "behind": queries.words_behind(request.vault, document.comes_from),
        "done_today": clock.today(request) in document.done_on,
        "same_day": _same_day(request, record, document),
        "later": _later(request),
        "kind_word": kind_word(request.vault, clock.today(request), request.LANGUAGE_CODE),
    }
    return render(request, "plans/goal.html", context)


def _later(request: VaultRequest) -> list[date]:
    """Days that are one tap away: tomorrow, the day after, and in a week."""
    return [clock.today(request) + timedelta(days=days) for days in (1, 2, 7)]


def _same_day(request: VaultRequest, record: UUID, kept: Goal) -> SameDay | None:
    """What else is on its day, while it can still be moved."""
    if kept.day is None or kept.repeats or kept.state in {"done", "let_go"}:
        return None
    if kept.day < clock.today(request):
        return None
    return queries.same_day(request.vault, kept.day, but=record)


@require_POST
def done(request: VaultRequest, record: UUID) -> HttpResponse:
    try:
        services.do_goal(vault=request.vault, goal=record, on=clock.today(request))
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:goal", record=record)


@require_POST
def undo(request: VaultRequest, record: UUID) -> HttpResponse:
    """A tap too many: today's *done* is taken back, with its win."""
    try:
        services.undo_goal(vault=request.vault, goal=record, on=clock.today(request))
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:goal", record=record)


@require_POST
def move(request: VaultRequest, record: UUID) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, record, form)
    try:
        services.move_goal(vault=request.vault, goal=record, day=form.cleaned_data["day"])
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:goal", record=record)


@require_POST
def let_go(request: VaultRequest, record: UUID) -> HttpResponse:
    try:
        services.let_go_goal(vault=request.vault, goal=record)
    except NotHere as error:
        raise Http404 from error
    return redirect("plans:plan")


@require_POST
def step_done(request: VaultRequest, record: UUID, step: int) -> HttpResponse:
    try:
        services.do_step(vault=request.vault, purpose=record, step=step, on=clock.today(request))
    except (NotHere, LookupError) as error:
        raise Http404 from error
    return redirect("plans:plan")


def agreed(request: VaultRequest, record: UUID) -> HttpResponse:
    """After an appointment: what was agreed becomes small goals."""
    try:
        appointment = request.vault.get(Appointment, record).document
    except NotHere as error:
        raise Http404 from error
    key = f"plan.agreed.{record}"
    form = AgreedForm(request.POST or None, initial=request.vault.draft(key))
    if request.method == "POST" and form.is_valid():
        services.agree(
            vault=request.vault,
            appointment=record,
            lines=form.cleaned_data["lines"],
            on=clock.today(request),
            draft=key,
        )
        return redirect("plans:plan")
    context = {"record": record, "appointment": appointment, "form": form, "draft_key": key}
    return render(request, "plans/agreed.html", context)
