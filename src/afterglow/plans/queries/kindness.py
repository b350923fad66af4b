"""A quiet line after something was done."""

from datetime import date

from afterglow.core import content
from afterglow.measures import queries as measures
from afterglow.vault.open_vault import OpenVault


def kind_word(vault: OpenVault, today: date, language: str) -> str:
    """The same all day; on a hard day only one that fits it."""
    hard = measures.is_hard_today(vault, today)
    words = [
        word.text
        for word in content.kind_words(language)
        if word.after == "win" and (word.hard_days or not hard)
    ]
    return words[today.toordinal() % len(words)] if words else ""
