"""Alice shares, Bob helps: the way there, so that a test begins where it is interesting."""

from datetime import timedelta

from django.utils import timezone

from afterglow.core.days import day_of, moment
from afterglow.sharing import services
from afterglow.sharing.documents import Terms
from afterglow.vault.grants import granted, people

TODAY = day_of(timezone.now(), "UTC")


def befriend(one, other, *, name="Sam", shown_name="A."):
    """An invitation made, taken up and compared; gives the helper's id."""
    record, token = services.invite(vault=one, name=name, shown_name=shown_name, today=TODAY)
    services.accept(vault=other, token=token, name="", today=TODAY)
    services.take_up(vault=one, today=TODAY)
    people.say_they_are_the_same(one, other.owner, today=TODAY)
    return record


def give(one, other, *, days=30, **terms):
    return services.give(
        vault=one,
        partner=other.owner,
        terms=Terms(**terms),
        now=moment(timezone.now().replace(microsecond=0) - timedelta(seconds=2), "UTC"),
        ends=timezone.now() + timedelta(days=days),
    )


def look(other, grant):
    return granted.open_granted(other, grant, now=timezone.now())
