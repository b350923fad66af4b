"""Who is known to this person, by name, and the rows of the care partner's list."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from afterglow.core.folding import folded
from afterglow.core.plan.check_ins import CheckInDay
from afterglow.plans import queries as plans
from afterglow.plans.documents import Appointment
from afterglow.sharing.partner.documents import LastLook, Message
from afterglow.sharing.partner.queries.check_ins import asked
from afterglow.sharing.partner.queries.names import helped_people, name_of, people_known
from afterglow.sharing.partner.queries.shared import (
    changed_parts,
    last_look,
    shared_with_me,
)
from afterglow.sharing.partner.queries.thread import unseen, unseen_answers
from afterglow.vault.documents import Stored
from afterglow.vault.grants import people
from afterglow.vault.grants.granted import GrantedVault, Refused
from afterglow.vault.open_vault import OpenVault


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the list. `trouble` says that their keys changed or that what they gave cannot be trusted."""

    person: UUID
    name: str
    changed: tuple[str, ...] = ()
    since: LastLook | None = None
    next_check_in: CheckInDay | None = None
    missed: tuple[CheckInDay, ...] = ()
    appointment: Stored[Appointment] | None = None
    messages: bool = False
    answered: bool = False
    helps: tuple[Stored[Message], ...] = ()
    trouble: bool = False


def rows(vault: OpenVault, *, now: datetime, today: date) -> list[Row]:
    """Everybody whom the holder of this vault helps, by name and by nothing else."""
    whom = helped_people(vault)
    found = [row(vault, person, now=now, today=today) for person in whom]
    return sorted(found, key=lambda each: (folded(each.name), each.person))


def row(vault: OpenVault, person: UUID, *, now: datetime, today: date) -> Row:
    try:
        given = shared_with_me(vault, person, now=now)
    except (people.NotMet, people.KeyChanged, Refused):
        return Row(person, name_of(vault, person), trouble=True)
    stands, came, look = (
        asked(vault, person, today),
        unseen(vault, person),
        last_look(vault, person),
    )
    name = name_of(vault, person)
    return Row(
        person=person,
        name=name,
        changed=tuple(changed_parts(given, look)) if given else (),
        since=look,
        next_check_in=stands.next if stands else None,
        missed=stands.missed if stands else (),
        appointment=_next_appointment(vault, name, today) or _shared_appointment(given, today),
        messages=any(each.document.what != "help" for each in came),
        answered=bool(unseen_answers(vault, person)),
        helps=tuple(each for each in came if each.document.what == "help"),
    )


def _next_appointment(vault: OpenVault, name: str, today: date) -> Stored[Appointment] | None:
    """The next one in the own plan of whoever looks, with somebody of this name."""
    wanted = _plain(name)
    coming = plans.coming_appointments(vault, today) if name else []
    return next((each for each in coming if _plain(each.document.who) == wanted), None)


def _shared_appointment(given: GrantedVault | None, today: date) -> Stored[Appointment] | None:
    """The next one of those that the person shows."""
    coming = plans.coming_appointments(given, today) if given else []
    return coming[0] if coming else None


def _plain(name: str) -> str:
    return folded(" ".join(name.split()))


def correspondents(vault: OpenVault) -> list[tuple[UUID, str]]:
    """Everybody to whom something can be written, by name."""
    found = [(person, name_of(vault, person)) for person in people_known(vault)]
    return sorted(found, key=lambda each: (folded(each[1]), each[0]))


def past_correspondents(vault: OpenVault) -> list[tuple[UUID, str]]:
    """Those with whom it has ended and of whom something is still kept, by name."""
    known = people_known(vault)
    others = {each.document.other for each in vault.heads(Message)} - known
    found = [(person, name_of(vault, person)) for person in others]
    return sorted(found, key=lambda each: (folded(each[1]), each[0]))
