"""What a sitting brought beside the one before it, and all sittings at a glance."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.insights.queries import sittings as queries
from afterglow.insights.queries import sources
from afterglow.insights.views.reading import once_read
from afterglow.vault.http import VaultRequest


@once_read
def of_sitting(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """New, here again, back, and not there this time; quotes stay closed until they are opened."""
    found = queries.of_sitting(request.vault, sitting_id)
    if found is None:
        raise Http404
    has_words = sitting_id in sources.sources(request.vault)
    context = {"found": found, "sitting_id": sitting_id, "has_words": has_words}
    return render(request, "insights/sitting.html", context)


@once_read
def across(request: VaultRequest) -> HttpResponse:
    """Themes beside sittings: one row of marks for each theme, with words and a table."""
    rows, sittings = queries.across(request.vault)
    context = {"rows": rows, "sittings": range(1, sittings + 1), "count": sittings}
    return render(request, "insights/across.html", context)
