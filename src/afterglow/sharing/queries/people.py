"""Who helps, and whom one helps, with how each stands."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from afterglow.core.days import Moment, moment
from afterglow.sharing.documents import CarePartner, HelpedPerson, Opening, Share, Terms
from afterglow.sharing.models import Invitation
from afterglow.vault.documents import Stored
from afterglow.vault.grants import giving, granted, people
from afterglow.vault.models import GrantRow
from afterglow.vault.open_vault import NotHere, OpenVault


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone who helps. `stands` is invited, expired, to_compare, ready, changed, gone or ended."""

    id: UUID
    partner: CarePartner
    stands: str
    grants: tuple["GivenGrant", ...] = ()


@dataclass(frozen=True, slots=True)
class GivenGrant:
    """A grant that holds, with its terms and when it was looked at, newest first, in the zone that was asked for."""

    id: UUID
    terms: Terms
    starts: datetime
    ends: datetime
    covers: int
    openings: tuple[Moment, ...]

    @property
    def last_day(self) -> date | datetime:
        return self.terms.until or self.ends


@dataclass(frozen=True, slots=True)
class Helped:
    """Someone whom the holder of this vault helps, and what may be read of theirs now."""

    id: UUID
    person: HelpedPerson
    name: str
    grants: tuple[GrantRow, ...]
    changed: bool


def token_hash(token: str) -> bytes:
    """Links are found without being kept."""
    return _hashed(settings.SERVER_KEY, token)


def _hashed(key: bytes, token: str) -> bytes:
    return hmac.digest(key, b"invitation " + token.encode(), hashlib.sha256)


def invitation_of(token: str) -> Invitation | None:
    """An invitation that can still be taken up."""
    hashes = [_hashed(key, token) for key in settings.SERVER_KEYS]
    row = Invitation.objects.filter(token_hash__in=hashes, used=None).first()
    return row if row is not None and row.expires > timezone.now() else None


def helpers(vault: OpenVault) -> list[Helper]:
    """Everyone who helps or was invited to, newest last; those with whom it ended are left out."""
    found = [s for s in vault.heads(CarePartner) if s.document.ended_on is None]
    given = _given(vault)
    return [_helper(vault, each, given) for each in found]


def helper(vault: OpenVault, record: UUID, *, zone: str = "UTC") -> Helper:
    """Raises NotHere."""
    return _helper(vault, vault.get(CarePartner, record), _given(vault, zone))


def partner_of(vault: OpenVault, person: UUID) -> Stored[CarePartner] | None:
    """The helper who is this person."""
    found = (s for s in vault.heads(CarePartner) if s.document.person == person)
    return next(found, None)


def _helper(
    vault: OpenVault, stored: Stored[CarePartner], given: dict[UUID, list[GivenGrant]]
) -> Helper:
    partner = stored.document
    grants = tuple(given.get(partner.person, ())) if partner.person else ()
    return Helper(stored.id, partner, _stands(vault, partner), grants)


def _stands(vault: OpenVault, partner: CarePartner) -> str:
    if partner.ended_on is not None:
        return "ended"
    if partner.person is None:
        row = Invitation.objects.filter(id__in=_ids(partner.invitation), used=None).first()
        return "invited" if row and row.expires > timezone.now() else "expired"
    try:
        known = people.standing(vault, partner.person)
    except people.NotMet:
        return "expired"
    if known.gone:
        return "gone"
    if known.changed:
        return "changed"
    return "ready" if known.compared_on else "to_compare"


def _ids(one: UUID | None) -> list[UUID]:
    return [one] if one else []


def _given(vault: OpenVault, zone: str = "UTC") -> dict[UUID, list[GivenGrant]]:
    now = timezone.now()
    found: dict[UUID, list[GivenGrant]] = {}
    for row in giving.given(vault):
        if row.holds(now):
            found.setdefault(row.partner, []).append(_with_openings(vault, row, zone))
    return found


def given_grant(vault: OpenVault, grant: UUID, *, zone: str = "UTC") -> GivenGrant:
    """One grant that holds. Raises NotHere."""
    row = giving.given_one(vault, grant)
    if not row.holds(timezone.now()):
        raise NotHere
    return _with_openings(vault, row, zone)


def _with_openings(vault: OpenVault, row: giving.Given, zone: str) -> GivenGrant:
    looked = tuple(moment(each.document.at.at, zone) for each in openings(vault, row.id))
    return GivenGrant(row.id, read_terms(row.terms), row.starts, row.ends, row.covers, looked)


def openings(vault: OpenVault, grant: UUID) -> tuple[Stored[Opening], ...]:
    """When what this grant shows was looked at, newest first."""
    found = [s for s in vault.heads(Opening) if s.document.grant == grant]
    return tuple(sorted(found, key=lambda s: s.document.at.at, reverse=True))


def past_shares(vault: OpenVault) -> list[Stored[Share]]:
    """What was given once and is over, newest first."""
    holding = {row.id for row in giving.given(vault) if row.holds(timezone.now())}
    over = [s for s in vault.heads(Share) if s.id not in holding]
    return sorted(over, key=lambda s: s.document.starts, reverse=True)


def read_terms(text: bytes) -> Terms:
    return msgspec.json.decode(text, type=Terms) if text else Terms()


def helped(vault: OpenVault, *, only: UUID | None = None) -> list[Helped]:
    """Everyone whom the holder of this vault helps, in the order they came; or one of them alone."""
    rows: dict[UUID, list[GrantRow]] = {}
    for row in granted.granted_to(vault, now=timezone.now()):
        rows.setdefault(row.owner, []).append(row)
    found = [s for s in vault.heads(HelpedPerson) if s.document.ended_on is None]
    if only is not None:
        found = [stored for stored in found if stored.document.person == only]
    return [_helped(vault, each, rows.get(each.document.person, [])) for each in found]


def _helped(vault: OpenVault, stored: Stored[HelpedPerson], rows: list[GrantRow]) -> Helped:
    person = stored.document
    try:
        changed = people.standing(vault, person.person).changed
    except people.NotMet:
        changed = True
    name = person.name or ("" if changed else _own_name(vault, rows))
    return Helped(stored.id, person, name, tuple(rows), changed)


def _own_name(vault: OpenVault, rows: list[GrantRow]) -> str:
    """What they call themselves in the terms of a grant."""
    for row in rows:
        try:
            view = granted.open_granted(vault, row.id, now=timezone.now())
        except (granted.NotGranted, granted.Refused):
            continue
        if name := read_terms(view.terms).name:
            return name
    return ""


def is_invitation(path: str) -> bool:
    """Whether this page is one to which somebody here sent a link that still holds."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    token = match.kwargs.get("token", "")
    return match.view_name == "sharing:invited" and invitation_of(token) is not None
