"""The other side of a grant: what was granted, opened with the partner's own keys, with the reading interface of a vault.

Whoever has a GrantedVault can read exactly the records of one grant. It cannot change any.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID, uuid5

from afterglow.core.crypto import v1
from afterglow.vault.documents import D, Document, Stored
from afterglow.vault.grants import people, reading, rows
from afterglow.vault.grants.documents import HELD, HeldGrant
from afterglow.vault.media import files, keys
from afterglow.vault.media.documents import Media
from afterglow.vault.models import GrantRow
from afterglow.vault.open_vault import NotHere, OpenVault

T = TypeVar("T")
Bodies = Callable[[set[UUID]], dict[UUID, Stored[Document]]]


class NotGranted(Exception):
    """There is no such grant for this person, or it is over."""


class Refused(Exception):
    """A grant that its owner did not give in this form: forged, altered, or older than one already held."""


class GrantedVault:
    """The documents that one grant lets its holder read."""

    def __init__(
        self,
        owner: UUID,
        *,
        heads: dict[UUID, Stored[Document]],
        bodies: Bodies,
        seen: int = 0,
        memo: dict[str, object] | None = None,
        terms: bytes = b"",
        grant: UUID | None = None,
        ends: datetime | None = None,
        media_key: Callable[[UUID], bytes] | None = None,
    ) -> None:
        self._owner, self._heads, self._bodies, self._seen = owner, heads, bodies, seen
        self._memo = {} if memo is None else memo
        self.terms, self.grant, self.ends = terms, grant, ends
        self._media_key = media_key
        self._by_kind: dict[str, list[Stored[Document]]] = defaultdict(list)
        for stored in sorted(heads.values(), key=lambda each: each.change):
            self._by_kind[stored.document.kind].append(stored)

    @classmethod
    def preview(cls, owner: UUID, documents: Iterable[Stored[Document]]) -> "GrantedVault":
        """What a grant over these whole documents would show, made in memory only."""
        whole = {stored.id: stored for stored in documents}
        return cls(owner, heads=whole, bodies=lambda ids: {i: whole[i] for i in ids if i in whole})

    @property
    def owner(self) -> UUID:
        return self._owner

    @property
    def seen(self) -> int:
        return self._seen

    def head(self, kind: type[D], record: UUID) -> Stored[D]:
        """The document without its body. Raises NotHere."""
        stored = self._heads.get(record)
        if stored is None or not isinstance(stored.document, kind):
            raise NotHere
        return cast("Stored[D]", stored)

    def get(self, kind: type[D], record: UUID) -> Stored[D]:
        """The whole document. Raises NotHere."""
        found = self.whole([self.head(kind, record)])
        if not found:
            raise NotHere
        return found[0]

    def heads(self, kind: type[D]) -> list[Stored[D]]:
        return cast("list[Stored[D]]", list(self._by_kind[kind.kind]))

    def all(self, kind: type[D]) -> list[Stored[D]]:
        return self.whole(self.heads(kind))

    def whole(self, heads: list[Stored[D]]) -> list[Stored[D]]:
        closed = {head.id for head in heads if not head.whole}
        opened = self._bodies(closed) if closed else {}
        found = [head if head.whole else opened.get(head.id) for head in heads]
        return cast("list[Stored[D]]", [each for each in found if each is not None])

    def everything(self) -> list[Stored[Document]]:
        """All heads, oldest change first."""
        return sorted(self._heads.values(), key=lambda each: each.change)

    def media_range(self, media: UUID, start: int, end: int) -> Iterator[bytes]:
        """The bytes of a granted file from start up to end. Raises NotHere, and Damaged as media queries do."""
        length = self.head(Media, media).document.length
        if self._media_key is None:
            raise NotHere
        row = keys.row_of(self.owner, media)
        try:
            file_key = keys.file_key(self._media_key(media), row)
        except v1.NotOpened as error:
            raise files.Damaged(None) from error
        return files.read(file_key, row.file, length, start, min(end, length))

    def kinds(self) -> frozenset[str]:
        """Which kinds of documents there are."""
        return frozenset(kind for kind, found in self._by_kind.items() if found)

    def held(self, name: str) -> object | None:
        return self._memo.get(name)

    def hold(self, name: str, value: object) -> None:
        self._memo[name] = value

    def memo(self, name: str, make: Callable[[], T]) -> T:
        kept = self.held(name)
        if isinstance(kept, tuple) and kept[0] == self.seen:
            return cast("T", kept[1])
        value = make()
        self.hold(name, (self.seen, value))
        return value


def granted_to(vault: OpenVault, *, now: datetime) -> list[GrantRow]:
    """The grants that this person holds now, oldest first; nothing is opened."""
    found = GrantRow.objects.filter(partner=vault.owner, ended=None, starts__lte=now, ends__gt=now)
    return list(found.order_by("starts", "id"))


def open_granted(vault: OpenVault, grant: UUID, *, now: datetime) -> GrantedVault:
    """What this grant shows to this person.

    Raises NotGranted, Refused, people.NotMet (the owner is unknown to this vault), people.KeyChanged.
    """
    row = GrantRow.objects.filter(id=grant, partner=vault.owner).first()
    if row is None:
        raise NotGranted
    if row.ended or not row.starts <= now < row.ends:
        _remember(vault, row, over=bool(row.ended) or now >= row.ends)
        raise NotGranted
    opened = _opened(vault, row)
    state = _state(vault, row, opened)
    try:
        state.refresh(row.serial)
    except v1.NotOpened:
        raise Refused from None
    return GrantedVault(
        row.owner,
        heads=state.heads,
        bodies=state.bodies,
        seen=state.seen,
        memo=state.memo,
        terms=opened.terms,
        grant=row.id,
        ends=row.ends,
        media_key=state.media_key,
    )


def _opened(vault: OpenVault, row: GrantRow) -> v1.OpenedGrant:
    """Signature by the known key first, then the key, then the version against the last one held."""
    owner = people.known(vault, row.owner, compared=False)
    identity = people.own_identity(vault.keys)
    facts = rows.facts(row, owner=owner, partner=people.own_public(vault))
    try:
        opened = v1.open_grant(
            facts,
            rows.sealed(row),
            owner_sign_public=owner.sign_public,
            partner_kem_private=identity.kem_private,
        )
    except v1.NotOpened:
        raise Refused from None
    held = _held(vault, row.id)
    if held is not None and (held.over or row.version < held.version):
        raise Refused
    _remember(vault, row, over=False)
    return opened


def _held(vault: OpenVault, grant: UUID) -> HeldGrant | None:
    try:
        return vault.get(HeldGrant, uuid5(HELD, grant.hex)).document
    except NotHere:
        return None


def _remember(vault: OpenVault, row: GrantRow, *, over: bool) -> None:
    wanted = HeldGrant(grant=row.id, owner=row.owner, version=row.version, over=over)
    held = _held(vault, row.id)
    if held != wanted and not (held is None and over):
        vault.put(wanted, record=uuid5(HELD, row.id.hex))
    if over:
        vault.hold(_name(row.id), None)


def _state(vault: OpenVault, row: GrantRow, opened: v1.OpenedGrant) -> reading.State:
    """Opened heads stay in this person's memory until their lock, beside their own."""
    kept = vault.held(_name(row.id))
    if isinstance(kept, reading.State) and kept.key == opened.key:
        return kept
    state = reading.State(row, opened.key)
    vault.hold(_name(row.id), state)
    return state


def _name(grant: UUID) -> str:
    return f"granted {grant.hex}"
