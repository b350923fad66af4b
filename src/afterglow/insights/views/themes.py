"""Pages of themes: what returns, one theme with its quotes, and the taps by which the person shapes it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.themes.themes import Theme
from afterglow.insights.forms.themes import MarkForm, MeaningForm, NameForm
from afterglow.insights.queries import themes as queries
from afterglow.insights.services import themes as services
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

DECISIONS = {"dismiss": {"dismissed": True}, "pin": {"pinned": True}, "unpin": {"pinned": False}}


def themes(request: VaultRequest) -> HttpResponse:
    if not queries.enough_entries(request.vault):
        return render(request, "insights/themes.html", {"too_few": True})
    found = queries.analysis(request.vault)
    context = {"groups": queries.by_kind(found), "by_words": found.model is None}
    return render(request, "insights/themes.html", context)


def theme(request: VaultRequest, name: str) -> HttpResponse:
    """Quotes side by side in order; what they mean is for the person to write."""
    found = _theme(request, name)
    decision = queries.decision(request.vault, name)
    form = MeaningForm(request.POST or None, initial={"meaning": decision.meaning})
    if request.method == "POST" and form.is_valid():
        services.decide(
            vault=request.vault,
            theme=name,
            found_as=decision.found_as or found.label,
            meaning=form.cleaned_data["meaning"],
        )
        return redirect("insights:theme", name=name)
    context = {
        "theme": found,
        "quotes": queries.quotes(request.vault, found),
        "decision": decision,
        "form": form,
        "name_form": NameForm(initial={"name": found.label}),
        "asked": _asked(request, name),
    }
    return render(request, "insights/theme.html", context)


def _theme(request: VaultRequest, name: str) -> Theme:
    found = queries.analysis(request.vault).theme(name)
    if found is None:
        raise Http404
    return found


def _asked(request: VaultRequest, name: str) -> object:
    from afterglow.core.themes.taught import next_uncertain  # heavy: numpy, not before it is needed

    return next_uncertain(queries.analysis(request.vault), name)


@require_POST
def rename(request: VaultRequest, name: str) -> HttpResponse:
    found = _theme(request, name)
    form = NameForm(request.POST)
    if form.is_valid():
        services.decide(
            vault=request.vault,
            theme=name,
            found_as=queries.decision(request.vault, name).found_as or found.label,
            renamed=form.cleaned_data["name"],
        )
    return redirect("insights:theme", name=name)


@require_POST
def decide(request: VaultRequest, name: str) -> HttpResponse:
    _theme(request, name)
    changes = DECISIONS.get(request.POST.get("word", ""), {})
    if changes:
        services.decide(vault=request.vault, theme=name, **changes)
    if changes.get("dismissed"):
        return redirect("insights:themes")
    return redirect("insights:theme", name=name)


@require_POST
def mark(request: VaultRequest, name: str) -> HttpResponse:
    """One tap teaches: part of this, or not this."""
    found = _theme(request, name)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return redirect("insights:theme", name=name)
    try:
        services.mark(vault=request.vault, label=found.label, **form.cleaned_data)
    except NotHere as error:
        raise Http404 from error
    same = [known for known in queries.analysis(request.vault).themes if known.label == found.label]
    return redirect("insights:theme", name=same[0].id) if same else redirect("insights:themes")
