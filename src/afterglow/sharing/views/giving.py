"""Pages of giving: choose, look at it as they will, give, look at who opened it, stop."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.medicine.queries import held_until
from afterglow.sharing import services
from afterglow.sharing.forms import ScopeForm
from afterglow.sharing.partner.queries.shared import shared_page
from afterglow.sharing.queries import people as queries
from afterglow.sharing.views.choices import entries_of, feeling_names, goals_of
from afterglow.ui import clock
from afterglow.vault.grants import people
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def choose(request: VaultRequest, record: UUID) -> HttpResponse:
    """What and until when; then exactly what they will see; then it is given."""
    helper = _ready(request, record)
    until = held_until(request.vault, clock.now(request))
    if until is not None:
        return render(request, "sharing/held.html", {"helper": helper, "until": until})
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        terms = form.terms(name=helper.partner.shown_name)
        if request.POST.get("word") == "give":
            return _give(request, helper, form)
        if request.POST.get("word") != "change":
            view = services.preview(vault=request.vault, terms=terms)
            context = {
                "helper": helper,
                "form": form,
                "page": shared_page(view, clock.today(request)),
                "feelings": feeling_names(request),
                "terms": terms,
                "until": form.cleaned_data["until"],
                "fields": _fields(request),
            }
            return render(request, "sharing/preview.html", context)
    return render(request, "sharing/choose.html", {"helper": helper, "form": form})


def _ready(request: VaultRequest, record: UUID) -> queries.Helper:
    try:
        helper = queries.helper(request.vault, record)
    except NotHere:
        raise Http404 from None
    if helper.stands != "ready":
        raise Http404
    return helper


def _form(request: VaultRequest) -> ScopeForm:
    return ScopeForm(
        request.POST if request.method == "POST" else None,
        today=clock.today(request),
        goals=goals_of(request.vault),
        entries=entries_of(request.vault),
    )


def _fields(request: VaultRequest) -> list[tuple[str, str]]:
    """What was chosen, to be sent again with the last tap."""
    hidden = {"csrfmiddlewaretoken", "word"}
    return [
        (name, value)
        for name in request.POST
        if name not in hidden
        for value in request.POST.getlist(name)
    ]


def _give(request: VaultRequest, helper: queries.Helper, form: ScopeForm) -> HttpResponse:
    person = helper.partner.person
    if person is None:
        raise Http404
    try:
        grant = services.give(
            vault=request.vault,
            partner=person,
            terms=form.terms(name=helper.partner.shown_name),
            now=clock.now(request),
            ends=form.ends(clock.zone_of(request)),
        )
    except (services.HeldUntil, people.NotMet, people.KeyChanged):
        return redirect("sharing:helper", helper.id)
    return redirect("sharing:given", grant)


def given(request: VaultRequest, grant: UUID) -> HttpResponse:
    """One grant: what it covers, until when, who looked and when, and how it looks there."""
    services.receive(request.vault)
    try:
        found = queries.given_grant(request.vault, grant, zone=clock.zone_of(request))
    except NotHere:
        raise Http404 from None
    view = services.preview(vault=request.vault, terms=found.terms)
    partner = next(
        (h for h in queries.helpers(request.vault) if grant in {g.id for g in h.grants}), None
    )
    context = {
        "given": found,
        "helper": partner,
        "page": shared_page(view, clock.today(request)),
        "feelings": feeling_names(request),
    }
    return render(request, "sharing/given.html", context)


@require_POST
def stop(request: VaultRequest, grant: UUID) -> HttpResponse:
    """One tap, at once, and nothing is sent to anybody."""
    try:
        services.stop(vault=request.vault, grant=grant, today=clock.today(request))
    except NotHere:
        raise Http404 from None
    return redirect("sharing:stopped")


def stopped(request: VaultRequest) -> HttpResponse:
    """It is stopped. What was shared gets new keys, a step with every look at this page: that was decided before."""
    progress = services.new_keys(vault=request.vault)
    context = {
        "left": progress.left,
        "done": progress.done,
        "total": progress.left + progress.done,
    }
    return render(request, "sharing/stopped.html", context)
