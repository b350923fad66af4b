"""The doctor's part on serving: what keeps other devices from getting in, in words, without starting anything."""

from datetime import datetime

from afterglow.config import env
from afterglow.core.content import library
from afterglow.serving import look, reach


def troubles(now: datetime) -> list[str]:
    """One line for each trouble with what helps; nothing where no way is chosen or all is well."""
    surroundings = env.environment()
    fixed = surroundings.origin is not None
    chosen = env.reach_of(surroundings)() if fixed else reach.read(surroundings.home)
    found = look.at_files(surroundings.home, chosen, now)
    if chosen is not None:
        found += look.by_asking(surroundings.home, chosen)
    return [_in_words(each) for each in found]


def _in_words(found: look.Found) -> str:
    trouble = library.connection_trouble(found.id)
    return f"{trouble.text} {trouble.helps}".format(**found.facts)
