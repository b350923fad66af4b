"""The care partner's own notes and looks: in their vault, and told to nobody."""

from datetime import date, datetime
from uuid import UUID

from afterglow.sharing.partner.documents import LastLook, PrivateNote
from afterglow.sharing.partner.queries.shared import (
    last_look,
    last_look_id,
    newest_change,
    opened_parts,
)
from afterglow.sharing.services.arrivals import note_opening
from afterglow.vault.documents import Stored
from afterglow.vault.grants.granted import GrantedVault
from afterglow.vault.open_vault import OpenVault


def note(
    *, vault: OpenVault, person: UUID, text: str, on: date, draft: str | None = None
) -> Stored[PrivateNote]:
    return vault.put(PrivateNote(about_person=person, on=on, text=text), draft=draft)


def remove_note(*, vault: OpenVault, record: UUID) -> None:
    """Raises NotHere."""
    vault.head(PrivateNote, record)
    vault.delete(record)


def remember_look(*, vault: OpenVault, given: GrantedVault, on: date) -> None:
    """What is there now was seen."""
    newest, before = newest_change(given), last_look(vault, given.owner)
    if before is None or (before.change, before.on) != (newest, on):
        look = LastLook(person=given.owner, change=newest, on=on)
        vault.put(look, record=last_look_id(vault, given.owner))


def say_it_was_opened(*, vault: OpenVault, person: UUID, now: datetime) -> None:
    """Whoever gave something sees when it was looked at, grant by grant."""
    for each in opened_parts(vault, person, now=now):
        note_opening(vault=vault, owner=person, grant=each.grant, parts=each.parts, now=now)
