"""What Today says of others: who wrote, who would like to check in, which check-in is open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from afterglow.sharing.partner.queries.check_ins import agreements, open_check_ins, went_by
from afterglow.sharing.partner.queries.names import name_of, people_known
from afterglow.sharing.partner.queries.thread import help_partner, new_things
from afterglow.vault.open_vault import OpenVault

Named = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Others:
    """People by id and name. `helped` are those for whom the holder of this vault is there."""

    check_ins: tuple[Named, ...] = ()
    asks: tuple[Named, ...] = ()
    wrote: tuple[Named, ...] = ()
    answered: tuple[Named, ...] = ()
    helps: tuple[Named, ...] = ()
    went_by: tuple[tuple[UUID, str, date], ...] = ()


def others_today(vault: OpenVault, today: date, language: str) -> Others:
    """Only of people with whom it has not ended."""
    known = people_known(vault)
    if not known:
        return Others()

    def named(people: list[UUID]) -> tuple[Named, ...]:
        return tuple((each, name_of(vault, each)) for each in people if each in known)

    new = new_things(vault)
    return Others(
        check_ins=named([each.other for each in open_check_ins(vault, today, language)]),
        asks=named([each.other for each in agreements(vault) if each.state == "proposed"]),
        wrote=named([each.person for each in new if each.messages > len(each.helps)]),
        answered=named([each.person for each in new if each.answers]),
        helps=named([each.person for each in new if each.helps]),
        went_by=_went_by(vault, known, today),
    )


def _went_by(vault: OpenVault, known: set[UUID], today: date) -> tuple[tuple[UUID, str, date], ...]:
    """Named on one day only, the one after it closed."""
    found = []
    for agreed in agreements(vault):
        day = went_by(vault, agreed.other, today)
        if agreed.other in known and day and (today - day.closes).days == 1:
            found.append((agreed.other, name_of(vault, agreed.other), day.opens))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What Help offers: the one person who may be let know, or that somebody could be chosen."""

    person: UUID | None
    name: str
    can_choose: bool


def help_line(vault: OpenVault) -> HelpLine:
    known, chosen = people_known(vault), help_partner(vault)
    if chosen is None or chosen not in known:
        return HelpLine(None, "", bool(known))
    return HelpLine(chosen, name_of(vault, chosen), can_choose=True)
