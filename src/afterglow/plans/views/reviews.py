"""Reviews that were kept."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.plans import queries
from afterglow.plans.documents import Review
from afterglow.plans.queries.reviews import before_and_now
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def reviews(request: VaultRequest) -> HttpResponse:
    """Newest first, and where to begin one."""
    kept = request.vault.whole(queries.reviews(request.vault)[:60])
    return render(
        request,
        "plans/reviews.html",
        {"reviews": kept, "changes": bool(before_and_now(request.vault))},
    )


def before_and_after(request: VaultRequest) -> HttpResponse:
    """Before and now side by side, month by month, and what was realised on the way."""
    return render(request, "plans/before_and_now.html", {"months": before_and_now(request.vault)})


def review(request: VaultRequest, record: UUID) -> HttpResponse:
    """One of them; its one change can become a small goal."""
    try:
        kept = request.vault.get(Review, record).document
    except NotHere as error:
        raise Http404 from error
    became = [
        (queries.words_behind(request.vault, each.insight), each.words) for each in kept.became
    ]
    return render(
        request, "plans/review.html", {"record": record, "review": kept, "became": became}
    )
