"""Which check-ins were agreed, which one is open, what was answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from afterglow.core.content import OwnCheck, library
from afterglow.core.plan.check_ins import CheckInDay, check_in_days, gone_by, next_due, open_on
from afterglow.medicine import queries as medicine
from afterglow.sharing.partner.documents import CheckInAnswer, CheckIns
from afterglow.sharing.partner.queries.names import people_known
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

ONE_AGREEMENT = UUID("6d7c6f0a-2c6e-4c8f-9c57-1b8f0d7e9a34")
GONE_IS_NAMED_FOR_DAYS = 3


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """One check-in that can be answered now."""

    other: UUID
    day: CheckInDay
    questions: tuple[str, ...]


def check_ins_id(vault: OpenVault, other: UUID, *, asking: bool) -> UUID:
    """One agreement for each pair and direction, so that a friend may ask and be asked."""
    side = "asking" if asking else "answering"
    return uuid5(ONE_AGREEMENT, f"{vault.owner.hex} {other.hex} {side}")


def check_ins_with(vault: OpenVault, other: UUID, *, asking: bool) -> CheckIns | None:
    """What was proposed or agreed with one person, if anything was."""
    try:
        return vault.get(CheckIns, check_ins_id(vault, other, asking=asking)).document
    except NotHere:
        return None


def agreements(vault: OpenVault) -> list[CheckIns]:
    """Those in which this person answers, without those that ended."""
    found = [each.document for each in vault.heads(CheckIns)]
    return [each for each in found if not each.asking and each.state != "ended"]


def days_of(vault: OpenVault, agreed: CheckIns) -> list[CheckInDay]:
    """The days as they follow from the person's own sittings."""
    sittings = [stored.document.day for stored in medicine.done_sittings(vault)]
    if agreed.since is None or agreed.state != "agreed":
        return []
    return check_in_days(
        points=agreed.points, sittings=sittings, own_days=agreed.own_days, since=agreed.since
    )


def answers(vault: OpenVault, other: UUID, *, asking: bool) -> list[Stored[CheckInAnswer]]:
    """Every check-in that was answered or left out, newest first, without words."""
    found = [
        each
        for each in vault.heads(CheckInAnswer)
        if each.document.other == other and each.document.asking == asking
    ]
    return sorted(found, key=lambda each: (each.document.on, each.change), reverse=True)


def _answered(vault: OpenVault, other: UUID, *, asking: bool) -> set[str]:
    return {each.document.day for each in answers(vault, other, asking=asking)}


def open_check_in(vault: OpenVault, other: UUID, today: date, language: str) -> OpenCheckIn | None:
    """The one with this person that can be answered today."""
    agreed = check_ins_with(vault, other, asking=False)
    if agreed is None:
        return None
    answered = _answered(vault, other, asking=False)
    day = open_on(days_of(vault, agreed), today, answered=answered)
    if day is None:
        return None
    return OpenCheckIn(other, day, agreed.questions or questions_of(day.point, language))


def open_check_ins(vault: OpenVault, today: date, language: str) -> list[OpenCheckIn]:
    """All that can be answered today."""
    found = [open_check_in(vault, each.other, today, language) for each in agreements(vault)]
    return [each for each in found if each is not None]


def days_to_answer(vault: OpenVault) -> set[date]:
    """The first days of all check-ins without an answer, with people who are still there. For reminders."""
    agreed = agreements(vault)
    known = people_known(vault) if agreed else set()
    return {day.opens for each in agreed if each.other in known for day in _unanswered(vault, each)}


def _unanswered(vault: OpenVault, agreed: CheckIns) -> list[CheckInDay]:
    answered = _answered(vault, agreed.other, asking=False)
    return [day for day in days_of(vault, agreed) if day.id not in answered]


def questions_of(point: str, language: str) -> tuple[str, ...]:
    """The same as in a check-in with oneself; a day of one's own choosing asks what two weeks later does."""
    return _point(point, language).questions


def kind_word_of(point: str, language: str) -> str:
    return _point(point, language).kind_word


def title_of(point: str, language: str) -> str:
    """*A week later*; empty for a day of one's own choosing."""
    known = {each.id: each.title for each in library.own_checks(language)}
    return known.get(point, "")


def _point(point: str, language: str) -> OwnCheck:
    known = {each.id: each for each in library.own_checks(language)}
    return known.get(point) or known["2w"]


def went_by(vault: OpenVault, other: UUID, today: date) -> CheckInDay | None:
    """The newest one that closed in the last days without an answer, for the person who was asked."""
    agreed = check_ins_with(vault, other, asking=False)
    if agreed is None:
        return None
    gone = gone_by(days_of(vault, agreed), today, answered=_answered(vault, other, asking=False))
    near = [day for day in gone if (today - day.closes).days <= GONE_IS_NAMED_FOR_DAYS]
    return near[0] if near else None


@dataclass(frozen=True, slots=True)
class Asked:
    """How check-ins stand on the side of the care partner. `missed` is empty unless the person chose to tell."""

    state: str
    next: CheckInDay | None
    missed: tuple[CheckInDay, ...]


def asked(vault: OpenVault, other: UUID, today: date) -> Asked | None:
    """How check-ins with one person stand; None where none were ever spoken of."""
    agreed = check_ins_with(vault, other, asking=True)
    if agreed is None:
        return None
    if agreed.state != "agreed":
        return Asked(agreed.state, None, ())
    heard = _answered(vault, other, asking=True)
    missed = gone_by(agreed.days, today, answered=heard) if agreed.tell_missed else []
    return Asked("agreed", next_due(agreed.days, today, answered=heard), tuple(missed[:2]))
