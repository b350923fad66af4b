"""Who is known to this vault, whichever of the two helps, and what they are called here."""

from uuid import UUID

from afterglow.sharing.documents import CarePartner, HelpedPerson
from afterglow.sharing.queries.people import helped, partner_of
from afterglow.vault.grants import people
from afterglow.vault.open_vault import OpenVault


def people_known(vault: OpenVault) -> set[UUID]:
    """Everybody who helps or is helped, with whom it has not ended and whose keys are known."""
    helping = {s.document.person for s in vault.heads(CarePartner) if not s.document.ended_on}
    helped_by = {s.document.person for s in vault.heads(HelpedPerson) if not s.document.ended_on}
    return {each for each in helping | helped_by if each and _is_there(vault, each)}


def _is_there(vault: OpenVault, person: UUID) -> bool:
    try:
        return not people.standing(vault, person).gone
    except people.NotMet:
        return False


def helped_people(vault: OpenVault) -> set[UUID]:
    """Everybody whom the holder of this vault helps."""
    known = people_known(vault)
    found = {s.document.person for s in vault.heads(HelpedPerson) if not s.document.ended_on}
    return found & known


def name_of(vault: OpenVault, person: UUID) -> str:
    """The name that the holder of this vault gave them, or what they call themselves; empty where there is none."""
    helper = partner_of(vault, person)
    if helper is not None and helper.document.name:
        return helper.document.name
    return next((each.name for each in helped(vault, only=person)), "")


def record_of(vault: OpenVault, person: UUID) -> UUID | None:
    """The id of the document on somebody whom the holder of this vault helps."""
    found = (s for s in vault.heads(HelpedPerson) if s.document.person == person)
    return next((s.id for s in found if not s.document.ended_on), None)
