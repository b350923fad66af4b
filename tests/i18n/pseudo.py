"""A language that nobody speaks, made when a test runs: every letter changed, every text a third longer."""

import re

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from tools.messages.extract import messages

ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğĥîĵķłɱñøþɋŕšţûṽŵẋýžÅƁÇĐÉƑĞĤÎĴĶŁṀÑØÞɊŔŠŢÛṼŴẊÝŽ",
)
RIGHT_TO_LEFT = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהוזחטיכלמנסעפצקרשתמבלנ" * 2,
)
KEPT = re.compile(r"(%\(\w+\)[sd]|&\w+;|<[^>]+>)")


def spoken(settings, folder, language, letters):
    """Let the program speak this made-up language under the code of a real one, for one test."""
    home = folder / language / "LC_MESSAGES"
    home.mkdir(parents=True)
    catalogue = Catalog(locale=language, domain="django", fuzzy=False)
    for each in messages():
        one = changed(each.text, letters) if each.context != "date" else each.text
        forms = (one, *[changed(each.plural, letters)] * (catalogue.num_plurals - 1))
        catalogue.add(
            (each.text, each.plural) if each.plural else each.text,
            forms if each.plural else one,
            context=each.context or None,
        )
    with (home / "django.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    settings.LANGUAGES = [*settings.LANGUAGES, (language, "…")]
    settings.LOCALE_PATHS = [folder]


def changed(text, letters):
    """The text in other letters, with its placeholders, and longer by short words at its end."""
    parts = KEPT.split(text)
    other = "".join(p if KEPT.fullmatch(p) else p.translate(letters) for p in parts)
    more = " oxo" * max(1, len(KEPT.sub("", text)) // 12)
    return other + more.translate(letters)
