"""How strong a side effect was, in a word: asked, shown and read back in the same ones."""

from django.utils.translation import gettext_lazy as _

SEVERITY_WORDS = {1: _("a little"), 2: _("quite"), 3: _("a lot"), 0: _("gone again")}


def severity_word(severity: int) -> str:
    """In the language of the page; anything else counts as gone."""
    return str(SEVERITY_WORDS.get(severity, SEVERITY_WORDS[0]))
