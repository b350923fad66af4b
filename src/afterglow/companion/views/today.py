"""Today: the page, and its pace."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from afterglow.accounts.queries import preferences
from afterglow.accounts.services import keep_preferences
from afterglow.companion.queries.today import today as todays_page
from afterglow.insights.queries.experiments import on_today
from afterglow.journal.services import carry_out_due_deletions
from afterglow.measures.documents import LEVELS
from afterglow.plans import queries as plans
from afterglow.plans.queries.rhythm import rhythm
from afterglow.plans.services.rhythm import remember
from afterglow.sharing.partner.queries.today import others_today
from afterglow.sharing.services.arrivals import receive
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest, before_recovery_code


def today(request: VaultRequest) -> HttpResponse:
    now = clock.now(request)
    carry_out_due_deletions(request.vault, now)
    receive(request.vault)
    page = todays_page(request.vault, now, request.LANGUAGE_CODE)
    if "why" in page.quiet_lines and rhythm(request.vault).why_offered_on != now.day:
        remember(vault=request.vault, why_offered_on=now.day)
    experiment = on_today(request.vault, now.day)
    others = others_today(request.vault, now.day, request.LANGUAGE_CODE)
    context = {"page": page, "levels": LEVELS, "experiment": experiment, "others": others}
    return render(request, "companion/today.html", context)


def why(request: VaultRequest) -> HttpResponse:
    """Why I began, in my own words, when asked for."""
    return render(request, "companion/why.html", {"why": plans.my_why(request.vault)})


@before_recovery_code
def pace(request: VaultRequest) -> HttpResponse:
    """Pause, finish, take up again; nothing is counted meanwhile."""
    if request.method == "POST":
        day = clock.today(request).isoformat()
        word = request.POST.get("word", "")
        keep_preferences(
            vault=request.vault,
            paused_on=day if word == "pause" else "",
            finished_on=day if word == "finish" else "",
        )
        return redirect("companion:today")
    return render(request, "companion/pace.html", {"kept": preferences(request.vault)})
