"""Help lines by country, with a fallback that holds anywhere. Nothing is fetched and nobody is called."""

from functools import cache

from afterglow.core.content.files import ENGLISH, load_one
from afterglow.core.content.folder import data_folder
from afterglow.core.content.help_kinds import Country, HelpLine

FOLDER = "safety/help_lines"
ANYWHERE = "anywhere"


@cache
def countries(language: str = ENGLISH) -> tuple[Country, ...]:
    """All countries that we have numbers for, by name; without the fallback."""
    codes = sorted(file.stem for file in (data_folder() / FOLDER).glob("*.toml"))
    known = [_read(code, language) for code in codes if code != ANYWHERE]
    return tuple(sorted(known, key=lambda country: country.name))


def choices(language: str = ENGLISH) -> tuple[Country, ...]:
    """All countries, and *somewhere else* at the end."""
    return (*countries(language), _read(ANYWHERE, language))


@cache
def country(code: str, language: str = ENGLISH) -> Country:
    """The country with this ISO code in any case, or the fallback for one that we have no numbers for."""
    for known in countries(language):
        if known.code == code.strip().upper():
            return known
    return _read(ANYWHERE, language)


def help_lines(country_code: str, language: str = ENGLISH) -> tuple[HelpLine, ...]:
    """The lines of a country, then the ones that hold anywhere."""
    anywhere = _read(ANYWHERE, language)
    found = country(country_code, language)
    return anywhere.lines if found.code == anywhere.code else (*found.lines, *anywhere.lines)


@cache
def _read(code: str, language: str) -> Country:
    return load_one(f"{FOLDER}/{code}.toml", Country, language)
