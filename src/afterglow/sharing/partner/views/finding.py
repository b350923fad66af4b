"""Find the other person or answer 404, and say kindly why something could not be sent."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from afterglow.sharing.partner.queries.names import people_known
from afterglow.sharing.partner.queries.shared import shared_with_me
from afterglow.vault import parcels
from afterglow.vault.grants import people
from afterglow.vault.grants.granted import GrantedVault, Refused
from afterglow.vault.http import VaultRequest


def known_or_404(request: VaultRequest, other: UUID) -> UUID:
    """Only somebody with whom keys were exchanged."""
    if other not in people_known(request.vault):
        raise Http404
    return other


def given_or_404(request: VaultRequest, person: UUID) -> GrantedVault:
    """What this person shares now."""
    try:
        given = shared_with_me(request.vault, person, now=timezone.now())
    except (people.NotMet, people.KeyChanged, Refused) as error:
        raise Http404 from error
    if given is None:
        raise Http404
    return given


def tried(act: Callable[[], object]) -> str:
    """Do it; where it cannot be sent, the reason as one word for the page, and nothing was kept."""
    try:
        act()
    except people.KeyChanged:
        return "key"
    except people.NotMet:
        return "gone"
    except parcels.TooMany:
        return "full"
    return ""
