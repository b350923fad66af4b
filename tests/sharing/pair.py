"""Two people who share, without the pages of inviting: each knows the keys of the other, and may have been given something."""

from datetime import timedelta

from django.utils import timezone

from afterglow.core.days import moment
from afterglow.sharing.documents import CarePartner, HelpedPerson, Terms
from afterglow.sharing.services import give as give_terms
from afterglow.vault.grants import people

ALL = ("mood", "measures", "sittings", "effects", "plan", "appointments", "themes", "quotes")


def meet(owner, partner, *, owner_name="Alice", partner_name="Bea"):
    """The owner invited the partner; the eight words were compared."""
    today = timezone.now().date()
    people.meet(owner, partner.owner, today=today)
    people.meet(partner, owner.owner, today=today)
    people.say_they_are_the_same(owner, partner.owner, today=today)
    owner.put(CarePartner(name=partner_name, person=partner.owner, since=today))
    partner.put(HelpedPerson(person=owner.owner, name=owner_name, since=today))


def give(owner, partner, *scopes, days=30, **fields):
    """A grant over these scopes, for so many days; gives its id."""
    now = moment(timezone.now(), "UTC")
    return give_terms(
        vault=owner,
        partner=partner.owner,
        terms=Terms(scopes=scopes, **fields),
        now=now,
        ends=now.at + timedelta(days=days),
    )
