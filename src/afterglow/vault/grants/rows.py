"""A grant as a row and as the format knows it. Leaves out who may ask for it."""

from datetime import UTC, datetime
from uuid import UUID

from afterglow.core.crypto import v1
from afterglow.vault.models import GrantRow


def facts(row: GrantRow, *, owner: v1.PublicIdentity, partner: v1.PublicIdentity) -> v1.GrantFacts:
    """What the row says, bound to the keys of both people as the asking vault knows them."""
    return v1.GrantFacts(
        grant=row.id,
        owner=row.owner,
        partner=row.partner,
        version=row.version,
        starts=seconds(row.starts),
        ends=seconds(row.ends),
        owner_mark=v1.identity_mark(owner),
        partner_mark=v1.identity_mark(partner),
    )


def sealed(row: GrantRow) -> v1.SealedGrant:
    return v1.SealedGrant(
        terms=bytes(row.terms),
        to_partner=bytes(row.to_partner),
        owner_copy=v1.Wrap(sealed=bytes(row.owner_sealed), commitment=bytes(row.owner_commitment)),
        commitment=bytes(row.commitment),
        signature=bytes(row.signature),
    )


def fill(row: GrantRow, made: v1.SealedGrant) -> GrantRow:
    row.terms, row.to_partner = made.terms, made.to_partner
    row.owner_sealed, row.owner_commitment = made.owner_copy.sealed, made.owner_copy.commitment
    row.commitment, row.signature = made.commitment, made.signature
    return row


def items(key: bytes, row: GrantRow) -> v1.GrantItems:
    return v1.GrantItems(key, grant=row.id, owner=row.owner, partner=row.partner)


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def whole_second(at: datetime) -> datetime:
    """Times of a grant are signed as whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0)


def open_rows(owner: UUID) -> list[GrantRow]:
    """The grants of this person that were not stopped, oldest first."""
    return list(GrantRow.objects.filter(owner=owner, ended=None).order_by("starts", "id"))
