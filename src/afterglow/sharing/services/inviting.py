"""Inviting someone, taking an invitation up, comparing the eight words, and ending it with a person."""

import secrets
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.utils import timezone

from afterglow.sharing.documents import CarePartner, HelpedPerson
from afterglow.sharing.models import Invitation
from afterglow.sharing.queries.people import invitation_of, token_hash
from afterglow.sharing.services.giving import stop
from afterglow.vault import parcels
from afterglow.vault.grants import giving, people
from afterglow.vault.open_vault import NotHere, OpenVault

VALID_FOR = timedelta(days=7)


class NotInvited(Exception):
    """The link was used, has run out, was called off, or is the person's own."""


def invite(*, vault: OpenVault, name: str, shown_name: str, today: date) -> tuple[UUID, str]:
    """A new helper and the one link for them; the link is not kept. Gives the helper's id and the token."""
    token = secrets.token_urlsafe(32)
    row = Invitation(
        owner=vault.owner, token_hash=token_hash(token), expires=timezone.now() + VALID_FOR
    )
    partner = CarePartner(name=name, shown_name=shown_name, invitation=row.id, since=today)
    with vault.together():
        row.save(force_insert=True)
        kept = vault.put(partner)
    return kept.id, token


def call_off(*, vault: OpenVault, record: UUID) -> None:
    """The invitation is void and the helper forgotten. Raises NotHere."""
    partner = vault.get(CarePartner, record).document
    with vault.together():
        _drop_invitation(vault, partner)
        vault.delete(record)


def _drop_invitation(vault: OpenVault, partner: CarePartner) -> None:
    if partner.invitation is not None:
        Invitation.objects.filter(owner=vault.owner, id=partner.invitation).delete()


def accept(*, vault: OpenVault, token: str, name: str, today: date) -> UUID:
    """Take up an invitation with one's own vault; gives the id of the helped person. Raises NotInvited."""
    row = invitation_of(token)
    if row is None or row.owner == vault.owner:
        raise NotInvited
    with vault.together():
        taken = Invitation.objects.filter(id=row.id, used=None)
        if not taken.update(used=timezone.now(), partner=vault.owner):
            raise NotInvited
        try:
            people.meet(vault, row.owner, today=today)
        except NotHere:
            raise NotInvited from None
        known = [s for s in vault.heads(HelpedPerson) if s.document.person == row.owner]
        person = HelpedPerson(person=row.owner, name=name, since=today)
        kept = vault.put(person, record=known[0].id if known else None)
    return kept.id


def take_up(*, vault: OpenVault, today: date) -> int:
    """See which invitations were taken up, and remember the keys of those people; gives how many."""
    waiting = [s for s in vault.heads(CarePartner) if s.document.person is None]
    if not waiting:
        return 0
    rows = Invitation.objects.filter(owner=vault.owner, partner__isnull=False)
    taken = {row.id: row.partner for row in rows}
    found = 0
    for stored in waiting:
        person = taken.get(stored.document.invitation) if stored.document.invitation else None
        if person is None:
            continue
        with vault.together():
            people.meet(vault, person, today=today)
            changed = msgspec.structs.replace(
                vault.get(CarePartner, stored.id).document, person=person
            )
            vault.put(changed, record=stored.id)
            Invitation.objects.filter(owner=vault.owner, partner=person).delete()
        found += 1
    return found


def say_the_words_match(*, vault: OpenVault, person: UUID, today: date) -> None:
    """The eight words were compared and are the same. Raises people.NotMet, people.KeyChanged."""
    people.say_they_are_the_same(vault, person, today=today)


def say_the_words_differ(*, vault: OpenVault, record: UUID) -> None:
    """Somebody else may stand between: nothing is shared, and these keys are forgotten. Raises NotHere."""
    partner = vault.get(CarePartner, record).document
    with vault.together():
        if partner.person is not None:
            _stop_all(vault, partner.person, None)
            people.forget(vault, partner.person)
        vault.delete(record)


def end_with(*, vault: OpenVault, record: UUID, today: date) -> None:
    """Stop everything with this helper, quietly: nothing is sent to them. Raises NotHere."""
    stored = vault.get(CarePartner, record)
    person = stored.document.person
    with vault.together():
        _drop_invitation(vault, stored.document)
        if person is not None:
            _stop_all(vault, person, today)
            parcels.let_go_all_of(vault, person)
            people.forget(vault, person)
        vault.put(msgspec.structs.replace(stored.document, ended_on=today), record=record)


def _stop_all(vault: OpenVault, person: UUID, today: date | None) -> None:
    for row in giving.given(vault):
        if row.partner == person:
            stop(vault=vault, grant=row.id, today=today)


def forget_person(*, vault: OpenVault, record: UUID, today: date) -> None:
    """The helper's own leaving: what was granted to them is put down. Raises NotHere."""
    stored = vault.get(HelpedPerson, record)
    with vault.together():
        giving.put_down(vault, stored.document.person)
        people.forget(vault, stored.document.person)
        vault.put(msgspec.structs.replace(stored.document, ended_on=today), record=record)
