"""Today: the page, what is said on it, and its pace."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.accounts.queries import preferences
from afterglow.accounts.services import keep_preferences
from afterglow.companion import services
from afterglow.companion.queries import today as queries
from afterglow.plans import queries as plans
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest, before_recovery_code

LEVELS = (1, 3, 5, 7, 9)


def today(request: VaultRequest) -> HttpResponse:
    page = queries.today(request.vault, clock.today(request), request.LANGUAGE_CODE)
    context = {
        "page": page,
        "levels": LEVELS,
        "people": plans.people(request.vault) if page.hard else [],
    }
    return render(request, "companion/today.html", context)


@require_POST
def say(request: VaultRequest) -> HttpResponse:
    """Hard, enough, or not now; any of them can be taken back by coming tomorrow."""
    day = clock.today(request)
    match request.POST.get("word", ""):
        case "hard":
            services.say_hard(vault=request.vault, day=day)
        case "not-hard":
            services.say_hard(vault=request.vault, day=day, hard=False)
        case "enough":
            services.say_enough(vault=request.vault, day=day)
        case "not-now":
            services.put_off(vault=request.vault, day=day, thing=request.POST.get("thing", ""))
    return redirect("companion:today")


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
