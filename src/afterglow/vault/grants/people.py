"""The keys of people who share: one's own, and those of others as they were first met.

A changed key never replaces a known one by itself: it is a refusal that carries its reason.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

import msgspec

from afterglow.core.crypto import v1
from afterglow.vault.documents import Stored
from afterglow.vault.grants.documents import PINS, Pinned
from afterglow.vault.models import IdentityRow
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.records import Keys


class KeyChanged(Exception):
    """The keys of this person are not those that were met; nothing is shared with them or read from them."""


class NotMet(Exception):
    """This person is not known to the vault, or the eight words were not compared yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a known person stands: whether the words were compared, and whether the keys are still the same."""

    person: UUID
    compared_on: date | None
    changed: bool
    gone: bool


def own_identity(keys: Keys) -> v1.Identity:
    """The private halves, opened for the moment of use."""
    row = IdentityRow.objects.get(owner=keys.owner)
    return v1.open_private_identity(keys.identity, keys.owner, bytes(row.sealed_private))


def own_public(vault: OpenVault) -> v1.PublicIdentity:
    """Made from the private halves, so that nobody can exchange them in the table."""
    identity = own_identity(vault.keys)
    return v1.PublicIdentity(
        person=vault.owner,
        kem_public=identity.kem_public,
        sign_public=identity.sign_public,
        inbox_public=identity.inbox_public,
        signature=identity.signature,
    )


def public_of(person: UUID) -> v1.PublicIdentity | None:
    """The public keys in the table, if they belong together."""
    row = IdentityRow.objects.filter(owner=person).first()
    if row is None:
        return None
    found = v1.PublicIdentity(
        person=person,
        kem_public=bytes(row.kem_public),
        sign_public=bytes(row.sign_public),
        inbox_public=bytes(row.inbox_public),
        signature=bytes(row.signature),
    )
    try:
        found.check()
    except v1.NotOpened:
        return None
    return found


def pin_id(vault: OpenVault, person: UUID) -> UUID:
    return uuid5(PINS, f"{vault.owner.hex} {person.hex}")


def meet(vault: OpenVault, person: UUID, *, today: date) -> Stored[Pinned]:
    """Remember the keys of a person at first sight; known ones stay as they are. Raises NotHere."""
    try:
        return vault.get(Pinned, pin_id(vault, person))
    except NotHere:
        found = public_of(person)
    if found is None or person == vault.owner:
        raise NotHere
    return vault.put(
        Pinned(
            person=person,
            kem_public=found.kem_public,
            sign_public=found.sign_public,
            inbox_public=found.inbox_public,
            signature=found.signature,
            met_on=today,
        ),
        record=pin_id(vault, person),
    )


def forget(vault: OpenVault, person: UUID) -> None:
    """After this the person is a stranger again, with the words still to be compared."""
    if pin_id(vault, person) in {stored.id for stored in vault.heads(Pinned)}:
        vault.delete(pin_id(vault, person))


def words(vault: OpenVault, person: UUID) -> tuple[str, ...]:
    """The eight words of these two people, from the keys as this vault knows them. Raises NotMet, KeyChanged."""
    theirs = known(vault, person, compared=False)
    own, other = v1.identity_mark(own_public(vault)), v1.identity_mark(theirs)
    return v1.words_to_compare(own, other, v1.passphrase_words())


def say_they_are_the_same(vault: OpenVault, person: UUID, *, today: date) -> None:
    """The eight words were compared and are the same. Raises NotMet, KeyChanged."""
    known(vault, person, compared=False)
    pinned = vault.get(Pinned, pin_id(vault, person)).document
    vault.put(
        msgspec.structs.replace(pinned, compared_on=today),
        record=pin_id(vault, person),
    )


def pinned_public(vault: OpenVault, person: UUID) -> v1.PublicIdentity:
    """The keys of a person as they were met, whatever the table has now. Raises NotMet."""
    try:
        return _public(vault.get(Pinned, pin_id(vault, person)).document)
    except NotHere:
        raise NotMet from None


def known(vault: OpenVault, person: UUID, *, compared: bool = True) -> v1.PublicIdentity:
    """The known keys of a person, if the table still has the same. Raises NotMet, KeyChanged."""
    try:
        pinned = vault.get(Pinned, pin_id(vault, person)).document
    except NotHere:
        raise NotMet from None
    if public_of(person) != _public(pinned):
        raise KeyChanged
    if compared and pinned.compared_on is None:
        raise NotMet
    return _public(pinned)


def standing(vault: OpenVault, person: UUID) -> Standing:
    """How a person stands, without a refusal. Raises NotMet for a stranger."""
    try:
        pinned = vault.get(Pinned, pin_id(vault, person)).document
    except NotHere:
        raise NotMet from None
    now = public_of(person)
    gone = not IdentityRow.objects.filter(owner=person).exists()
    return Standing(person, pinned.compared_on, now != _public(pinned), gone)


def _public(pinned: Pinned) -> v1.PublicIdentity:
    return v1.PublicIdentity(
        person=pinned.person,
        kem_public=pinned.kem_public,
        sign_public=pinned.sign_public,
        inbox_public=pinned.inbox_public,
        signature=pinned.signature,
    )
