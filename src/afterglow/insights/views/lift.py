"""Pages of how the days went: the lift, the days after one sitting, looking ahead, what goes with better days."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.accounts.queries import preferences
from afterglow.accounts.services import keep_preferences
from afterglow.insights import charts
from afterglow.insights.queries import lift as queries
from afterglow.insights.queries import practised
from afterglow.medicine import queries as medicine
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

SHOW = "show"


def lift(request: VaultRequest) -> HttpResponse:
    """One sentence, the days after the latest sitting over the earlier ones, the whole course."""
    today = clock.today(request)
    why = queries.waits(request.vault, today)
    if why and SHOW not in request.GET:
        return render(request, "insights/lift_waits.html", {"why": why})
    page = queries.page(request.vault, today)
    latest = page.after[-1] if page.after else None
    context = {
        "page": page,
        "latest": latest,
        "picture": _window(page.after, latest),
        "whole": charts.course_picture(page.course),
        "rows": queries.rows_of(page.course),
    }
    return render(request, "insights/lift.html", context)


def sitting(request: VaultRequest, record: UUID) -> HttpResponse:
    """The days after one sitting over those after the person's earlier ones."""
    today = clock.today(request)
    why = queries.waits(request.vault, today)
    if why and SHOW not in request.GET:
        return render(request, "insights/lift_waits.html", {"why": why})
    try:
        after = queries.after_of(request.vault, today, record)
    except NotHere as error:
        raise Http404 from error
    page = queries.page(request.vault, today)
    context = {"page": page, "after": after, "picture": _window(page.after, after)}
    return render(request, "insights/lift_sitting.html", context)


def _window(rows: tuple[queries.After, ...], after: queries.After | None) -> charts.Picture | None:
    if after is None:
        return None
    earlier = [row.window for row in rows if row.number < after.number]
    return charts.window_picture(after.window, earlier)


def ahead(request: VaultRequest) -> HttpResponse:
    """Off until switched on; ranges only, and nothing where there is too little."""
    if request.method == "POST":
        on = request.POST.get("word", "") == "on"
        keep_preferences(vault=request.vault, looking_ahead=on)
        return redirect("insights:ahead")
    if not preferences(request.vault).looking_ahead:
        return render(request, "insights/lift_ahead_off.html")
    today = clock.today(request)
    why = queries.waits(request.vault, today)
    if why and SHOW not in request.GET:
        return render(request, "insights/lift_waits.html", {"why": why})
    page = queries.page(request.vault, today)
    following = medicine.next_sitting(request.vault, today)
    context = {
        "page": page,
        "said": queries.said_ahead(page.course),
        "tried": queries.tried(request.vault, today) if page.course.ahead else None,
        "picture": charts.ahead_picture(page.course, page.course.ahead)
        if page.course.ahead
        else None,
        "following": following
        if following and (following.document.day - today).days <= queries.DAYS_AHEAD
        else None,
    }
    return render(request, "insights/lift_ahead.html", context)


def better_days(request: VaultRequest) -> HttpResponse:
    """As the days came, with the warning first; too few days is an answer."""
    today = clock.today(request)
    why = queries.waits(request.vault, today)
    if why and SHOW not in request.GET:
        return render(request, "insights/lift_waits.html", {"why": why})
    rows = practised.compared(request.vault, today, request.LANGUAGE_CODE)
    context = {
        "rows": rows,
        "shown": sum(row.found is not None for row in rows),
        "need": practised.LEAST_DAYS_EACH,
    }
    return render(request, "insights/lift_better_days.html", context)
