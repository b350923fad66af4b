"""Giving someone something to read, and stopping it. New grants wait for a day after a sitting; stopping never waits."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.medicine.queries import held_until
from afterglow.sharing.documents import Share, Terms
from afterglow.sharing.queries.scopes import Covered, covered
from afterglow.sharing.services import projecting
from afterglow.vault.documents import Document, Stored
from afterglow.vault.grants import giving, rekeying
from afterglow.vault.grants.granted import GrantedVault
from afterglow.vault.open_vault import NotHere, OpenVault


class HeldUntil(Exception):
    """A sitting was less than a day ago: a new grant waits until then."""

    def __init__(self, until: Moment) -> None:
        super().__init__(until)
        self.until = until


def preview(*, vault: OpenVault, terms: Terms) -> GrantedVault:
    """Exactly what these terms would show now, made in memory: nobody is given anything."""
    projecting.refresh_themes(vault, terms)
    found = covered(vault, terms)
    whole = {
        stored.id: stored
        for stored in vault.whole([each.shown for each in found if not each.shown.whole])
    }
    return GrantedVault.preview(vault.owner, [_seen(each, whole) for each in found])


def _seen(each: Covered, whole: dict[UUID, Stored[Document]]) -> Stored[Document]:
    return whole.get(each.of, each.shown)


def give(*, vault: OpenVault, partner: UUID, terms: Terms, now: Moment, ends: datetime) -> UUID:
    """Give what these terms cover, until `ends`. Raises HeldUntil, and as vault.grants.giving.give."""
    until = held_until(vault, now)
    if until is not None:
        raise HeldUntil(until)
    projecting.refresh_themes(vault, terms)
    with vault.together():
        records = projecting.project(vault, covered(vault, terms))
        grant = giving.give(
            vault,
            partner,
            terms=msgspec.json.encode(terms),
            starts=now.at,
            ends=ends,
            records=records,
        )
        share = Share(partner=partner, terms=terms, starts=now.at, ends=ends, on=now.day)
        vault.put(share, record=grant)
    return grant


def stop(*, vault: OpenVault, grant: UUID, today: date | None) -> rekeying.Left:
    """Stop it at once and quietly; the first records get new keys right away. Raises NotHere."""
    giving.end(vault, grant)
    try:
        share = vault.get(Share, grant).document
    except NotHere:
        return rekeying.rekey_some(vault)
    if share.ended_on is None:
        vault.put(msgspec.structs.replace(share, ended_on=today), record=grant)
    return rekeying.rekey_some(vault)
