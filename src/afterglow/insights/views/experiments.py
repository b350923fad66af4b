"""Pages of self-experiments: set one up, see this block and the next, note a day, stop, read, remove."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.insights import charts
from afterglow.insights.documents import Experiment
from afterglow.insights.forms.experiments import ExperimentForm
from afterglow.insights.queries import experiments as queries
from afterglow.insights.queries.lift import waits
from afterglow.insights.queries.practised import days_practised
from afterglow.insights.services import experiments as services
from afterglow.medicine import queries as medicine
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest, page_of_ours
from afterglow.vault.open_vault import NotHere

DRAFT = "experiment"
BEGIN = "begin"
CHANGE = "change"
SHOW = "show"


def experiments(request: VaultRequest) -> HttpResponse:
    """What it is, the one that is open, and earlier ones."""
    today = clock.today(request)
    rows = [
        queries.standing(request.vault, stored, today)
        for stored in queries.experiments(request.vault)
    ]
    context = {
        "open": next((row for row in rows if row.state in queries.OPEN), None),
        "earlier": [row for row in rows if row.state not in queries.OPEN],
    }
    return render(request, "insights/experiments.html", context)


def new(request: VaultRequest) -> HttpResponse:
    """First the form, then what such an experiment can find, and only then the draw."""
    today = clock.today(request)
    running = queries.open_experiment(request.vault, today)
    if running is not None:
        return redirect("insights:experiment", record=running.id)
    form = _form(request, today)
    sent = request.POST.get("word", "")
    if request.method == "POST" and sent != CHANGE and form.is_valid():
        if sent == BEGIN:
            return _begin(request, form, today)
        return render(request, "insights/experiment_begin.html", _before(form))
    context = {"form": form, "draft_key": DRAFT, "sizes": queries.sizes()}
    return render(request, "insights/experiment_new.html", context)


def _form(request: VaultRequest, today: date) -> ExperimentForm:
    initial: dict[str, object] = {"first_day": _next_monday(today)}
    return ExperimentForm(
        request.POST or None,
        initial=initial | request.vault.draft(DRAFT),
        practised=days_practised(request.vault, request.LANGUAGE_CODE),
        start=today + timedelta(days=1),
    )


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _before(form: ExperimentForm) -> dict[str, object]:
    chosen = form.cleaned_data
    size = queries.size_of(chosen["block_days"], chosen["weeks"])
    last_day = chosen["first_day"] + timedelta(weeks=size.weeks, days=-1)
    return {"form": form, "words": form.words(), "size": size, "last_day": last_day}


def _begin(request: VaultRequest, form: ExperimentForm, today: date) -> HttpResponse:
    chosen = form.cleaned_data
    kept = services.begin_experiment(
        vault=request.vault,
        name=form.words(),
        practice=form.source(),
        first_day=chosen["first_day"],
        block_days=chosen["block_days"],
        weeks=chosen["weeks"],
        today=today,
        draft=DRAFT,
    )
    return redirect("insights:experiment", record=kept.id)


def experiment(request: VaultRequest, record: UUID) -> HttpResponse:
    """This block and the next while it runs; the reading once it has ended."""
    today = clock.today(request)
    stored = _stored(request, record)
    standing = queries.standing(request.vault, stored, today)
    context: dict[str, object] = {"standing": standing, "experiment": stored.document}
    if standing.state != "finished":
        return render(request, "insights/experiment.html", context)
    why = waits(request.vault, today)
    if why and SHOW not in request.GET:
        return render(request, "insights/lift_waits.html", {"why": why})
    read = queries.reading(request.vault, stored)
    context |= {
        "read": read,
        "strip": charts.strip_picture(standing.blocks),
        "bar": charts.effect_bar(read.found.by_lot) if read.found else None,
        "numbers": queries.numbers_of(read),
        "edges": queries.edges_of(read),
    }
    return render(request, "insights/experiment_read.html", context)


@require_POST
def day(request: VaultRequest, record: UUID) -> HttpResponse:
    """Done today, or taken back."""
    done = request.POST.get("done", "yes") != "no"
    try:
        services.note_day(
            vault=request.vault, experiment=record, day=clock.today(request), done=done
        )
    except NotHere as error:
        raise Http404 from error
    back = page_of_ours(request.POST.get("next", ""))
    return redirect(back or reverse("insights:experiment", args=[record]))


def stop(request: VaultRequest, record: UUID) -> HttpResponse:
    """At any time, and no reason is asked."""
    stored = _stored(request, record)
    if request.method == "POST":
        services.stop_experiment(vault=request.vault, experiment=record, on=clock.today(request))
        return redirect("insights:experiment", record=record)
    return render(request, "insights/experiment_stop.html", {"stored": stored})


def remove(request: VaultRequest, record: UUID) -> HttpResponse:
    """Ask first; near a sitting it waits until the next day."""
    stored = _stored(request, record)
    until = medicine.held_until(request.vault, clock.now(request))
    if request.method == "POST" and until is None:
        services.remove_experiment(vault=request.vault, experiment=record, now=clock.now(request))
        return redirect("insights:experiments")
    context = {"stored": stored, "until": until}
    return render(request, "insights/experiment_remove.html", context)


def _stored(request: VaultRequest, record: UUID) -> Stored[Experiment]:
    try:
        return request.vault.get(Experiment, record)
    except NotHere as error:
        raise Http404 from error
