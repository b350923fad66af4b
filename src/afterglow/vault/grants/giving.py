"""The owner's side of a grant: give it, keep what it covers in step with the vault, end it.

Which records a grant covers is given from outside, as ids. Renewing a grant makes a new version of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from afterglow.core.crypto import v1
from afterglow.vault.grants import people, rows
from afterglow.vault.models import GrantItem, GrantRow, Record
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.records import MOST_BY_NAME

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A grant as its owner sees it; the terms of one that ended are gone with its keys."""

    id: UUID
    partner: UUID
    version: int
    starts: datetime
    ends: datetime
    ended: datetime | None
    terms: bytes
    covers: int

    def holds(self, now: datetime) -> bool:
        return self.ended is None and self.starts <= now < self.ends


def give(
    vault: OpenVault,
    partner: UUID,
    *,
    terms: bytes,
    starts: datetime,
    ends: datetime,
    records: Collection[UUID],
) -> UUID:
    """A new grant over these records. Raises people.NotMet and people.KeyChanged; gives its id."""
    row = GrantRow(
        id=uuid4(),
        owner=vault.owner,
        partner=partner,
        version=1,
        starts=rows.whole_second(starts),
        ends=rows.whole_second(ends),
        epoch=vault.keys.epoch,
    )
    key = v1.new_grant_key()
    with transaction.atomic():
        _make(vault, row, key, terms).save(force_insert=True)
        _wrap(vault, row, key, set(records))
    return row.id


def renew(
    vault: OpenVault, grant: UUID, *, terms: bytes, ends: datetime, records: Collection[UUID]
) -> None:
    """The same grant with other terms or another end, as its next version. Raises NotHere and as `give`."""
    row = _own(vault, grant)
    key = _key(vault, row)
    row.version += 1
    row.ends = rows.whole_second(ends)
    with transaction.atomic():
        _make(vault, row, key, terms).save()
        cover(vault, grant, set(records))


def _make(vault: OpenVault, row: GrantRow, key: bytes, terms: bytes) -> GrantRow:
    partner = people.known(vault, row.partner)
    identity = people.own_identity(vault.keys)
    made = v1.make_grant(
        rows.facts(row, owner=people.own_public(vault), partner=partner),
        grant_key=key,
        terms=terms,
        owner_wrap_key=vault.keys.wrap,
        owner_sign_private=identity.sign_private,
        partner_kem_public=partner.kem_public,
    )
    return rows.fill(row, made)


def given(vault: OpenVault, *, ended: bool = False) -> list[Given]:
    """The grants of this person, oldest first; those that ended only where asked for."""
    found = GrantRow.objects.filter(owner=vault.owner).order_by("starts", "id")
    return [_as_given(vault, row) for row in found if ended or row.ended is None]


def given_one(vault: OpenVault, grant: UUID) -> Given:
    """Raises NotHere."""
    row = GrantRow.objects.filter(owner=vault.owner, id=grant).first()
    if row is None:
        raise NotHere
    return _as_given(vault, row)


def _as_given(vault: OpenVault, row: GrantRow) -> Given:
    covers = GrantItem.objects.filter(grant=row.id).exclude(sealed=b"").count()
    terms = _terms(vault, row)
    return Given(row.id, row.partner, row.version, row.starts, row.ends, row.ended, terms, covers)


def _terms(vault: OpenVault, row: GrantRow) -> bytes:
    """Nothing of one that ended; nothing, too, of one that was tampered with, so that it can still be stopped."""
    if row.ended:
        return b""
    try:
        return _opened(vault, row).terms
    except (v1.NotOpened, people.NotMet):
        return b""


def cover(vault: OpenVault, grant: UUID, wanted: set[UUID]) -> None:
    """Bring a grant in line with these records: their newest revisions, and no others. Raises NotHere."""
    row = _own(vault, grant)
    there = GrantItem.objects.filter(grant=grant).exclude(sealed=b"")
    has = {
        record: (rev, epoch) for record, rev, epoch in there.values_list("record", "rev", "epoch")
    }
    now = _revisions(vault.owner, wanted)
    take_out(vault, grant, set(has) - set(now))
    changed = {record for record, place in now.items() if has.get(record) != place}
    if changed:
        _wrap(vault, row, _key(vault, row), changed)


def cover_also(vault: OpenVault, grant: UUID, records: set[UUID]) -> None:
    """Wrap the newest revisions of these records, whether they were covered before or not."""
    row = _own(vault, grant)
    _wrap(vault, row, _key(vault, row), records)


def take_out(vault: OpenVault, grant: UUID, records: Collection[UUID]) -> int:
    """These records leave the grant; what is left of them waits for new keys. Gives how many left."""
    if not records:
        return 0
    with transaction.atomic():
        serial = _next_serial(grant) or 0
        left = 0
        for chunk in _chunks(records):
            there = GrantItem.objects.filter(grant=grant, record__in=chunk).exclude(sealed=b"")
            left += there.update(sealed=b"", serial=serial)
    return left


def end(vault: OpenVault, grant: UUID) -> None:
    """Stop a grant at once: from here on its keys are gone. Ending an ended one is nothing. Raises NotHere."""
    if not GrantRow.objects.filter(owner=vault.owner, id=grant).exists():
        raise NotHere
    close([grant], timezone.now())


def put_down(vault: OpenVault, owner: UUID) -> int:
    """For a partner: all that this person granted is given back. Gives how many grants."""
    held = GrantRow.objects.filter(owner=owner, partner=vault.owner, ended=None)
    grants = list(held.values_list("id", flat=True))
    close(grants, timezone.now())
    return len(grants)


def end_those_due(now: datetime) -> int:
    """Shut every grant whose last day has passed; needs no key. Gives how many."""
    due = list(GrantRow.objects.filter(ended=None, ends__lte=now).values_list("id", flat=True))
    close(due, now)
    return len(due)


def close(grants: Iterable[UUID], now: datetime) -> None:
    """Every key of these grants goes; the emptied items say which records still need new keys."""
    for grant in grants:
        with transaction.atomic():
            GrantRow.objects.filter(id=grant, ended=None).update(
                ended=now,
                to_partner=b"",
                owner_sealed=b"",
                owner_commitment=b"",
                terms=b"",
                serial=F("serial") + 1,
            )
            GrantItem.objects.filter(grant=grant).update(sealed=b"")


def carry_over(vault: OpenVault, old_wrap_key: bytes) -> None:
    """After new vault keys: the owner's copies under the new wrap key, and all that is covered wrapped again."""
    with transaction.atomic():
        for row in rows.open_rows(vault.owner):
            facts = _facts(vault, row)
            opened = v1.open_owner_copy(facts, rows.sealed(row), owner_wrap_key=old_wrap_key)
            copy = v1.owner_copy(facts, opened.key, vault.keys.wrap)
            row.epoch = vault.keys.epoch
            # By name, since a grant may be stopped meanwhile: what it had lost must not come back.
            GrantRow.objects.filter(id=row.id, ended=None).update(
                owner_sealed=copy.sealed, owner_commitment=copy.commitment, epoch=vault.keys.epoch
            )
            there = GrantItem.objects.filter(grant=row.id).exclude(sealed=b"")
            _wrap(vault, row, opened.key, set(there.values_list("record", flat=True)))


def _own(vault: OpenVault, grant: UUID) -> GrantRow:
    row = GrantRow.objects.filter(owner=vault.owner, id=grant, ended=None).first()
    if row is None:
        raise NotHere
    return row


def _facts(vault: OpenVault, row: GrantRow) -> v1.GrantFacts:
    """Bound to the partner's keys as they were met: those in the table now may be others."""
    partner = people.pinned_public(vault, row.partner)
    return rows.facts(row, owner=people.own_public(vault), partner=partner)


def _opened(vault: OpenVault, row: GrantRow) -> v1.OpenedGrant:
    return v1.open_owner_copy(_facts(vault, row), rows.sealed(row), owner_wrap_key=vault.keys.wrap)


def _key(vault: OpenVault, row: GrantRow) -> bytes:
    return _opened(vault, row).key


def _wrap(vault: OpenVault, row: GrantRow, key: bytes, records: set[UUID]) -> None:
    """Their newest data keys under the grant key, in place of what was there."""
    items, own = rows.items(key, row), v1.RecordKeys(vault.keys.wrap)
    with transaction.atomic():
        serial = _next_serial(row.id)
        if serial is None:
            return
        for chunk in _chunks(records):
            made = [
                GrantItem(
                    grant=row.id,
                    record=found.record,
                    rev=found.rev,
                    epoch=found.epoch,
                    sealed=_sealed_item(items, own, vault, found),
                    serial=serial,
                )
                for found in Record.objects.filter(
                    owner=vault.owner, record__in=chunk, current=True
                ).only("record", "rev", "epoch", "dek_wrap", "tags")
                if found.tags
            ]
            there = [item.record for item in made]
            GrantItem.objects.filter(grant=row.id, record__in=there).delete()
            GrantItem.objects.bulk_create(made)


def _sealed_item(
    items: v1.GrantItems, own: v1.RecordKeys, vault: OpenVault, found: Record
) -> bytes:
    place = vault.keys.place(found.record, found.rev, found.epoch)
    return items.wrap(place, own.data_key(place, bytes(found.dek_wrap)))


def _next_serial(grant: UUID) -> int | None:
    """None where the grant has ended meanwhile: nothing is wrapped for it any more."""
    if not GrantRow.objects.filter(id=grant, ended=None).update(serial=F("serial") + 1):
        return None
    return GrantRow.objects.values_list("serial", flat=True).get(id=grant)


def _revisions(owner: UUID, wanted: set[UUID]) -> dict[UUID, tuple[int, int]]:
    found = Record.objects.filter(owner=owner, current=True).exclude(tags=b"")
    if len(wanted) <= MOST_BY_NAME:
        found = found.filter(record__in=wanted)
    columns = found.values_list("record", "rev", "epoch")
    return {record: (rev, epoch) for record, rev, epoch in columns if record in wanted}


def _chunks(records: Collection[UUID]) -> Iterable[list[UUID]]:
    listed = sorted(records)
    for start in range(0, len(listed), ROWS_AT_ONCE):
        yield listed[start : start + ROWS_AT_ONCE]
