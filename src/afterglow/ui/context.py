"""What every page knows: its theme, its language, and where to go when leaving."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from afterglow.ui import clock

THEMES = ("auto", "light", "dark", "night")
NIGHT = f"{settings.COOKIE_PREFIX}-night"
A_DAY_SECONDS = 24 * 3600


def page(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(f"{settings.COOKIE_PREFIX}-theme", "auto")
    if request.COOKIES.get(NIGHT) == clock.today(request).isoformat():
        theme = "night"
    language = getattr(request, "LANGUAGE_CODE", "en")
    return {
        "theme": theme if theme in THEMES else "auto",
        "language": language,
        "other_languages": [each for each in settings.LANGUAGES if each[0] != language],
        "country_chosen": request.COOKIES.get(f"{settings.COOKIE_PREFIX}-country", ""),
        "zone_cookie": f"{settings.COOKIE_PREFIX}-zone",
        "vault": getattr(request, "vault", None),
        "here": request.path,
    }


def stay_dark(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For the rest of this day every page wears the night, whatever was chosen before."""
    response.set_cookie(
        NIGHT,
        clock.today(request).isoformat(),
        max_age=A_DAY_SECONDS,
        secure=True,
        httponly=True,
        samesite="Strict",
    )
    return response


def wake(response: HttpResponse) -> HttpResponse:
    """The look that was chosen holds again; what takes a cookie away is as strict as what set it."""
    response.set_cookie(NIGHT, "", max_age=0, secure=True, httponly=True, samesite="Strict")
    return response
