"""Today, Know first, the four doors, Help, hard days, and where to find everything else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.accounts.queries import how_many_people, preferences, shown_without_unlocking
from afterglow.accounts.services import keep_preferences
from afterglow.companion import queries, services
from afterglow.core.content import library
from afterglow.core.content.help import countries, country
from afterglow.measures import queries as measures
from afterglow.measures.charts import chart
from afterglow.medicine import queries as medicine
from afterglow.plans import queries as plans
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest, before_recovery_code, open_to_all, vault_of

DOORS = ("tomorrow", "home", "series", "while-ago")
COUNTRY_BY_LANGUAGE = {"de": "DE"}
LEVELS = (1, 3, 5, 7, 9)
COUNTRY_COOKIE = f"{settings.COOKIE_PREFIX}-country"


@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    """The front door: Today for whoever is in, Know first for a new person, else the lock."""
    if vault_of(request) is not None:
        return redirect("companion:today")
    return redirect("accounts:unlock" if how_many_people() else "companion:know")


@open_to_all
def know(request: HttpRequest) -> HttpResponse:
    pages = [page for page in library.know_first(request.LANGUAGE_CODE) if not page.door]
    return render(request, "companion/know.html", {"pages": pages})


def doors(request: VaultRequest) -> HttpResponse:
    """Four ways in; each leads to something useful within two minutes."""
    return render(request, "companion/doors.html")


def door(request: VaultRequest, name: str) -> HttpResponse:
    if name not in DOORS:
        raise Http404
    guide = library.door_guide(name, request.LANGUAGE_CODE)  # type: ignore[arg-type]
    return render(request, "companion/door.html", {"guide": guide, "name": name})


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


@open_to_all
def help_now(request: HttpRequest) -> HttpResponse:
    """Lines, the emergency number and slow breathing, for everybody; own people once unlocked."""
    vault = vault_of(request)
    language: str = request.LANGUAGE_CODE
    code = _country_code(request, language)
    context = {
        "country": country(code, language),
        "countries": countries(language),
        "grounding": library.grounding(language),
        "own_people": plans.people(vault) if vault else [],
        "shown": [] if vault else shown_without_unlocking(),
    }
    response = render(request, "companion/help.html", context)
    if request.method == "POST":
        response.set_cookie(COUNTRY_COOKIE, code, secure=True, httponly=True, samesite="Strict")
    return response


def _country_code(request: HttpRequest, language: str) -> str:
    known = {known.code for known in countries(language)}
    vault = vault_of(request)
    kept = preferences(vault).country if vault else ""
    for code in (request.POST.get("country"), request.COOKIES.get(COUNTRY_COOKIE), kept):
        if code in known:
            return str(code)
    return COUNTRY_BY_LANGUAGE.get(language, "US")


def hard(request: VaultRequest) -> HttpResponse:
    """After a hard sitting or on a hard evening: ground, whom to tell, something was done to me."""
    language = request.LANGUAGE_CODE
    context = {
        "grounding": library.grounding(language),
        "pages": library.safety_pages(language),
        "own_people": plans.people(request.vault),
    }
    return render(request, "companion/hard.html", context)


@open_to_all
def safety_page(request: HttpRequest, name: str) -> HttpResponse:
    try:
        page = library.safety_page(name, request.LANGUAGE_CODE)
    except LookupError as error:
        raise Http404 from error
    return render(request, "companion/safety_page.html", {"page": page})


def practice(request: VaultRequest, name: str) -> HttpResponse:
    for known in library.practices(request.LANGUAGE_CODE):
        if known.id == name:
            return render(request, "companion/practice.html", {"practice": known})
    raise Http404


def more(request: VaultRequest) -> HttpResponse:
    return render(request, "companion/more.html")


def back(request: VaultRequest) -> HttpResponse:
    """Look back: where the things that were kept can be found."""
    return render(request, "companion/back.html")


def timeline(request: VaultRequest) -> HttpResponse:
    """Mood and PHQ-9 against sittings, as pictures, sentences and tables."""
    vault = request.vault
    taps = measures.check_ins(vault)
    taken = [a for a in measures.answers_of(vault, "phq-9") if a.document.total is not None]
    days = [stored.document.day for stored in medicine.done_sittings(vault)]
    mood = [(tap.document.at.day, float(tap.document.level)) for tap in taps]
    scores = [(a.document.at.day, float(a.document.total or 0)) for a in taken]
    context = {
        "mood": chart(mood, top=10, rulers=(1, 5, 9), sittings=days, gap_days=7),
        "phq9": chart(scores, top=27, rulers=(5, 10, 15, 20), sittings=days),
        "taps": taps[::-1][:60],
        "taken": taken[::-1],
        "sittings": len(days),
    }
    return render(request, "companion/timeline.html", context)


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
