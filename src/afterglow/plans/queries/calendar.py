"""What else a day holds, so that a goal can find a better one."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from afterglow.medicine import queries as medicine
from afterglow.plans.documents import Appointment, Goal
from afterglow.plans.queries.doing import open_goals
from afterglow.plans.queries.others import coming_appointments
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

BUSY_GOALS = 3
DAYS_TO_LOOK = 14


@dataclass(frozen=True, slots=True)
class SameDay:
    """What stands on one day. `sitting` is 0 on the day of a sitting, 1 on the day after, else None."""

    sitting: int | None
    appointments: list[Stored[Appointment]]
    goals: list[Stored[Goal]]
    freer: date | None

    @property
    def is_full(self) -> bool:
        return self.sitting is not None or len(self.goals) >= BUSY_GOALS


def same_day(vault: OpenVault, day: date, *, but: UUID | None = None) -> SameDay:
    """What a day holds beside one goal, and the next freer day where it holds much."""
    found = _held(vault, day, but)
    if not found.is_full:
        return found
    days = (day + timedelta(days=n) for n in range(1, DAYS_TO_LOOK))
    freer = next((each for each in days if not _held(vault, each, but).is_full), None)
    return SameDay(found.sitting, found.appointments, found.goals, freer)


def _held(vault: OpenVault, day: date, but: UUID | None) -> SameDay:
    meetings = [each for each in coming_appointments(vault, day) if each.document.day == day]
    goals = [
        each
        for each in open_goals(vault)
        if each.document.day == day and not each.document.repeats and each.id != but
    ]
    return SameDay(_sitting(vault, day), meetings, goals, None)


def _sitting(vault: OpenVault, day: date) -> int | None:
    """Only the day itself and the next: these are for rest."""
    ago = [(day - stored.document.day).days for stored in medicine.kept_sittings(vault)]
    return min((days for days in ago if days in {0, 1}), default=None)
