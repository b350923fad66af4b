"""Help for everybody, hard days, and the pages of safety."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from afterglow.accounts.queries import plan_parts_shown, preferences, shown_without_unlocking
from afterglow.core.content import library
from afterglow.core.content.help import choices, country, help_lines
from afterglow.core.content.kinds import Grounding
from afterglow.plans import queries as plans
from afterglow.plans.queries.safety import has_safety_plan
from afterglow.sharing.partner.queries.today import help_line
from afterglow.vault.http import VaultRequest, open_to_all, vault_of

COUNTRY_BY_LANGUAGE = {"de": "DE"}
BREATHING = "slow-breathing"
NOT_FOR_THIS_HOUR = frozenset({"others-at-this-device"})
COUNTRY_COOKIE = f"{settings.COOKIE_PREFIX}-country"


@open_to_all
def help_now(request: HttpRequest) -> HttpResponse:
    """Lines, the emergency number and slow breathing, for everybody; own people once unlocked."""
    vault = vault_of(request)
    language: str = request.LANGUAGE_CODE
    code = _country_code(request, language)
    context = lines_for_everybody(request, language) | {
        "own_people": plans.people(vault) if vault else [],
        "shown": [] if vault else shown_without_unlocking(),
        "has_plan": vault is not None and has_safety_plan(vault),
        "help_line": help_line(vault) if vault else None,
        "shown_plans": [] if vault else _shown_plans(language),
    }
    response = render(request, "companion/help.html", context)
    if request.method == "POST":
        response.set_cookie(COUNTRY_COOKIE, code, secure=True, httponly=True, samesite="Strict")
    return response


def _shown_plans(language: str) -> list[list[tuple[str, str]]]:
    """Parts of safety plans that people chose to show at the door, each under its heading."""
    parts = library.safety_parts(language)
    return [
        [(part.title, words[part.id]) for part in parts if part.id in words]
        for words in plan_parts_shown()
    ]


def lines_for_everybody(request: HttpRequest, language: str) -> dict[str, Any]:
    """What the page of help holds for everybody, without a word of anybody here."""
    code = _country_code(request, language)
    return {
        "country": country(code, language),
        "lines": help_lines(code, language),
        "countries": choices(language),
        "grounding": library.grounding(language),
    }


def _country_code(request: HttpRequest, language: str) -> str:
    """Chosen here, chosen in the vault, the region that the browser names, or the language's own."""
    known = {known.code for known in choices(language)}
    vault = vault_of(request)
    kept = preferences(vault).country if vault else ""
    chosen = (request.POST.get("country"), request.COOKIES.get(COUNTRY_COOKIE), kept)
    for code in (*chosen, _region(request), COUNTRY_BY_LANGUAGE.get(language)):
        if code in known:
            return str(code)
    return "US"


def _region(request: HttpRequest) -> str:
    """The country of the browser's first language: GB of en-GB."""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
    return first.partition("-")[2].strip().upper()


def hard(request: VaultRequest) -> HttpResponse:
    """After a hard sitting or on a hard evening: ground, whom to tell, something was done to me."""
    language = request.LANGUAGE_CODE
    context = {
        "grounding": _ways_back(request, language),
        "pages": [
            page for page in library.safety_pages(language) if page.id not in NOT_FOR_THIS_HOUR
        ],
        "own_people": plans.people(request.vault),
    }
    return render(request, "companion/hard.html", context)


def _ways_back(request: VaultRequest, language: str) -> list[Grounding]:
    """Breathing comes first, unless the person said that it can be too much: then it comes last."""
    too_much = "trauma-breath" in preferences(request.vault).unsuitable
    return sorted(library.grounding(language), key=lambda way: too_much and way.id == BREATHING)


@open_to_all
def safety_page(request: HttpRequest, name: str) -> HttpResponse:
    try:
        page = library.safety_page(name, request.LANGUAGE_CODE)
    except LookupError as error:
        raise Http404 from error
    return render(request, "companion/safety_page.html", {"page": page})
