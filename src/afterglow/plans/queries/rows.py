"""The order in which parts of the plan are listed."""

from datetime import date

from afterglow.vault.documents import D, Stored
from afterglow.vault.readable import Readable


def newest_first(vault: Readable, kind: type[D]) -> list[Stored[D]]:
    """By day, then by the order of writing."""
    return sorted(vault.heads(kind), key=lambda s: (s.document.when() or date.min, s.change))[::-1]
