"""Looking for entries: newest, by words, by tag, on this day, and re-reading for someone who asks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from afterglow.journal import queries, services
from afterglow.journal.forms import SearchForm
from afterglow.medicine import queries as medicine
from afterglow.ui.clock import now, today
from afterglow.vault.http import VaultRequest


def entries(request: VaultRequest) -> HttpResponse:
    """The newest twenty, and on from there."""
    services.carry_out_due_deletions(request.vault, now(request))
    shown = queries.newest(request.vault, page=page_number(request.GET.get("page")))
    return render(request, "journal/entries.html", {"shown": shown})


def search(request: VaultRequest) -> HttpResponse:
    """Words are sent by POST, so that they stay out of addresses and of the browser's history."""
    form = SearchForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        page = page_number(request.POST.get("page"))
        context["search"] = queries.search(request.vault, form.cleaned_data["words"], page=page)
    return render(request, "journal/search.html", context)


def tag(request: VaultRequest) -> HttpResponse:
    """All tags; the entries of one, chosen by POST."""
    name = request.POST.get("name", "") if request.method == "POST" else ""
    context: dict[str, object] = {"name": name, "tags": queries.tags(request.vault)}
    if name:
        page = page_number(request.POST.get("page"))
        context["shown"] = queries.tagged(request.vault, name, page=page)
    return render(request, "journal/tag.html", context)


def on_this_day(request: VaultRequest) -> HttpResponse:
    """The same day in earlier months and years."""
    day = today(request)
    rows = queries.on_this_day(request.vault, day)
    return render(request, "journal/on_this_day.html", {"rows": rows, "today": day})


def reread(request: VaultRequest) -> HttpResponse:
    """Show me what I kept: some earlier entries, or those of one sitting."""
    sitting = _sitting_asked_for(request)
    if sitting is None and request.GET.get("sitting"):
        return redirect("journal:reread")
    rows = queries.reread(request.vault, before=today(request), sitting=sitting)
    return render(request, "journal/reread.html", {"rows": rows, "sitting": sitting})


def _sitting_asked_for(request: VaultRequest) -> UUID | None:
    for stored in medicine.sittings(request.vault):
        if str(stored.id) == request.GET.get("sitting"):
            return stored.id
    return None


def page_number(typed: str | None) -> int:
    """A page number from an address or a form; anything odd is the first page."""
    return int(typed) if typed and typed.isdecimal() and len(typed) < len("1000000") else 1
