"""What else is like this: from one sentence of an entry, or by the meaning of some words."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.themes.decided import Place
from afterglow.insights.forms.themes import LookForm, StartForm
from afterglow.insights.queries import decided, finding, sources
from afterglow.insights.queries import looking as queries
from afterglow.insights.services import themes as services
from afterglow.insights.views.reading import once_read
from afterglow.journal.queries import entry_or_none
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


@once_read
def sentences(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """The sentences of an entry or a sitting, each a way to ask what else is like it."""
    source = sources.sources(request.vault).get(entry_id)
    if source is None and entry_or_none(request.vault, entry_id) is None:
        raise Http404
    context = {
        "source": source,
        "entry_id": entry_id,
        "passages": queries.sentences_of(request.vault, entry_id),
        "themes": queries.themes_of_entry(request.vault, entry_id),
    }
    return render(request, "insights/sentences.html", context)


@once_read
def like(request: VaultRequest, entry_id: UUID, start: int, end: int) -> HttpResponse:
    """What may belong with one sentence; nothing is kept by looking."""
    place = Place(str(entry_id), start, end)
    return _show_like(request, place, StartForm(initial=_initial(place)))


def _initial(place: Place) -> dict[str, object]:
    return {"entry": place.entry, "start": place.start, "end": place.end}


def _show_like(request: VaultRequest, place: Place, form: StartForm) -> HttpResponse:
    try:
        passage = decided.passage_at(request.vault, place)
    except NotHere as gone:
        raise Http404 from gone
    context = {
        "passage": passage,
        "found": queries.like(request.vault, place),
        "form": form,
        "by_words": finding.by_words(request.vault),
    }
    return render(request, "insights/like.html", context)


@require_POST
@once_read
def start(request: VaultRequest) -> HttpResponse:
    """Keep a theme that begins with one sentence."""
    form = StartForm(request.POST)
    if not form.is_valid():
        if {"entry", "start", "end"} & set(form.errors):
            raise Http404
        return _show_like(request, form.place(), form)
    try:
        passage = decided.passage_at(request.vault, form.place())
    except NotHere as gone:
        raise Http404 from gone
    new = services.start_theme(
        vault=request.vault, name=form.cleaned_data["name"], passages=[passage]
    )
    return redirect("insights:theme", name=new)


@once_read
def search(request: VaultRequest) -> HttpResponse:
    """By meaning, sent by POST like every search; the answers are quotes."""
    form = LookForm(request.POST or None)
    context: dict[str, object] = {"form": form, "by_words": not queries.can_look(request.vault)}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        context["found"] = queries.by_meaning(request.vault, words)
        context["asked"] = True
    return render(request, "insights/search.html", context)
