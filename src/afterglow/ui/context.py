"""What every page knows: its theme, its language, and where to go when leaving."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark", "night")


def page(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(f"{settings.COOKIE_PREFIX}-theme", "auto")
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
