"""Pages of themes: what returns, people, images, what was put away, and one theme with its quotes."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.insights.forms.themes import MeaningForm, NameForm
from afterglow.insights.queries import course, feelings, finding, sources, topics
from afterglow.insights.queries import themes as queries
from afterglow.insights.queries.vectors import is_stopped
from afterglow.insights.services import finding as reading
from afterglow.insights.services import themes as services
from afterglow.insights.views.finding import theme_or_404
from afterglow.insights.views.reading import once_read
from afterglow.ui.clock import today
from afterglow.vault.http import VaultRequest

MOST_QUOTES = 40


@once_read
def themes(request: VaultRequest) -> HttpResponse:
    """All that returns, by kind."""
    context = {
        "too_few": not finding.enough_entries(request.vault),
        "groups": queries.groups(request.vault),
        "by_words": finding.by_words(request.vault),
        "stopped": reading.progress(request.vault) if is_stopped(request.vault) else None,
        "any_put_away": bool(queries.put_away(request.vault)),
        "any_sittings": bool(sources.sitting_days(request.vault)),
    }
    return render(request, "insights/themes.html", context)


@once_read
def people(request: VaultRequest) -> HttpResponse:
    groups = queries.groups(request.vault, kinds=("person",))
    return render(request, "insights/people.html", {"groups": groups})


@once_read
def images(request: VaultRequest) -> HttpResponse:
    groups = queries.groups(request.vault, kinds=("symbol",))
    return render(request, "insights/images.html", {"groups": groups})


@once_read
def about(request: VaultRequest) -> HttpResponse:
    """Every entry in one rough group: an overview beside what returns."""
    context = {"groups": topics.groups(request.vault), "by_words": finding.by_words(request.vault)}
    return render(request, "insights/about.html", context)


@once_read
def put_away(request: VaultRequest) -> HttpResponse:
    """Labels only: what was put away does not come back by itself."""
    return render(request, "insights/put_away.html", {"themes": queries.put_away(request.vault)})


@once_read
def theme(request: VaultRequest, name: str) -> HttpResponse:
    """Quotes side by side in order; what they mean is for the person to write."""
    found = queries.whole(request.vault, name, today(request))
    if found is None:
        return _elsewhere(request, name)
    form = MeaningForm(request.POST or None, initial={"meaning": found.decision.meaning})
    if request.method == "POST" and form.is_valid():
        services.decide(
            vault=request.vault,
            theme=theme_or_404(request.vault, name),
            meaning=form.cleaned_data["meaning"],
        )
        return redirect("insights:theme", name=name)
    context = {
        "found": found,
        "one": found.theme,
        "course": course.course(request.vault, found.theme),
        "feelings": feelings.near(request.vault, found.theme),
        "made": queries.made_of(request.vault, found.theme),
        "shown": found.quotes if "all" in request.GET else found.quotes[-MOST_QUOTES:],
        "form": form,
        "name_form": NameForm(initial={"name": found.theme.label}),
    }
    return render(request, "insights/theme.html", context)


def _elsewhere(request: VaultRequest, name: str) -> HttpResponse:
    """Parts of the plan may name a theme by its label, or by the id of one that was merged."""
    known = queries.theme_named(request.vault, name)
    if known is None:
        raise Http404
    return redirect("insights:theme", name=known.id)
