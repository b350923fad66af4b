"""People, appointments and letters."""

from collections.abc import Callable
from datetime import date

from afterglow.core.folding import folded
from afterglow.plans.documents import Appointment, Letter, Person
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.readable import Readable


def people(vault: Readable) -> list[Stored[Person]]:
    """Everybody in the plan, by name."""
    return sorted(vault.heads(Person), key=lambda stored: folded(stored.document.name))


def coming_appointments(vault: Readable, today: date) -> list[Stored[Appointment]]:
    """From today on, the next one first."""
    return _appointments(vault, lambda each: not each.held and each.day >= today)


def past_appointments(vault: Readable, today: date) -> list[Stored[Appointment]]:
    """Held, or on a day before today; newest first."""
    return _appointments(vault, lambda each: each.held or each.day < today)[::-1]


def _appointments(
    vault: Readable, wanted: Callable[[Appointment], bool]
) -> list[Stored[Appointment]]:
    found = [stored for stored in vault.heads(Appointment) if wanted(stored.document)]
    return sorted(found, key=lambda stored: (stored.document.day, stored.document.clock))


def letters(vault: Readable) -> list[Stored[Letter]]:
    """The next to open first; texts are not opened."""
    return newest_first(vault, Letter)[::-1]
