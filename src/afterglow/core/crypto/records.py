"""Seals one revision of one record under its own fresh key, and marks rows so that a missing, old or
planted one is noticed. It neither stores rows nor adds the marks up.
"""

import hmac
import os
import struct
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afterglow.core.crypto.binding import SUITE, bind, type_and_length
from afterglow.core.crypto.envelope import (
    KEY_BYTES,
    Random,
    exactly,
    expand,
    open_sealed,
    open_with,
    pad,
    seal,
    seal_with,
    unpad,
)
from afterglow.core.crypto.errors import NotOpened

MARK_BYTES: Final = 32
manifest_layout = struct.Struct(f">QQ{MARK_BYTES}s")

# The constant stretches of bind("record", SUITE, owner, record, part, rev, epoch): building that
# from parts takes longer than the decryption it guards, and a list opens thousands of heads.
_UUID_NEXT = bind(UUID(int=0))[:5]
_NUMBER_NEXT = bind(0)[:5]
_BEFORE_OWNER = bind("record", SUITE) + _UUID_NEXT
_AFTER_RECORD = {part: bind(part) + _NUMBER_NEXT for part in ("dek", "head", "body")}
_revision_and_epoch = struct.Struct(">q5sq")
_BEFORE_OWNER_OF_ROW = bind("row", SUITE) + _UUID_NEXT
_bytes_next = type_and_length.pack


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed part belongs. A part opens nowhere else."""

    owner: UUID
    record: UUID
    rev: int
    epoch: int


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One revision: its data key under the wrap key (60 bytes), and its head and body under that."""

    dek_wrap: bytes
    head: bytes
    body: bytes


class RecordKeys:
    """Seals and opens records under one wrap key; keeps its key schedule for long lists."""

    __slots__ = ("_cipher",)

    def __init__(self, wrap_key: bytes) -> None:
        self._cipher = cipher_of(wrap_key)

    def seal_record(
        self, place: Place, *, head: bytes, body: bytes, random: Random = os.urandom
    ) -> SealedRecord:
        """Seal head and body under a fresh data key. Sealing again always makes a new one."""
        dek = random(KEY_BYTES)
        return SealedRecord(
            dek_wrap=seal_with(self._cipher, dek, record_aad(place, "dek"), random=random),
            head=_seal_part(dek, place, "head", head, random),
            body=_seal_part(dek, place, "body", body, random),
        )

    def open_head(self, place: Place, dek_wrap: bytes, head: bytes) -> bytes:
        """The head's plaintext, or NotOpened."""
        return open_part(self.data_key(place, dek_wrap), place, "head", head)

    def open_body(self, place: Place, dek_wrap: bytes, body: bytes) -> bytes:
        """The body's plaintext, or NotOpened."""
        return open_part(self.data_key(place, dek_wrap), place, "body", body)

    def media_key(self, place: Place, dek_wrap: bytes) -> bytes:
        """The key of the media stream that belongs to this revision, or NotOpened."""
        context = bind(SUITE, place.owner, place.record)
        return expand(self.data_key(place, dek_wrap), "record/media", context=context)

    def data_key(self, place: Place, dek_wrap: bytes) -> bytes:
        """The data key of this revision, to be wrapped for a grant, or NotOpened."""
        dek = open_with(self._cipher, dek_wrap, record_aad(place, "dek"))
        if len(dek) != KEY_BYTES:
            raise NotOpened
        return dek

    def wrap_data_key(self, place: Place, dek: bytes, *, random: Random = os.urandom) -> bytes:
        """The data key of a sealed revision under this wrap key instead: always 60 bytes.

        The place keeps the epoch in which the revision was sealed, since head and body are bound to it.
        """
        aad = record_aad(place, "dek")
        return seal_with(self._cipher, exactly(dek, KEY_BYTES), aad, random=random)


def cipher_of(key: bytes) -> AESGCM:
    """A cipher that is kept because it seals or opens many small things under one key."""
    return AESGCM(exactly(key, KEY_BYTES))


def seal_record(
    wrap_key: bytes, place: Place, *, head: bytes, body: bytes, random: Random = os.urandom
) -> SealedRecord:
    """Seal one revision. For many records keep a `RecordKeys` instead."""
    return RecordKeys(wrap_key).seal_record(place, head=head, body=body, random=random)


def open_head(wrap_key: bytes, place: Place, dek_wrap: bytes, head: bytes) -> bytes:
    """The head's plaintext, or NotOpened."""
    return RecordKeys(wrap_key).open_head(place, dek_wrap, head)


def open_body(wrap_key: bytes, place: Place, dek_wrap: bytes, body: bytes) -> bytes:
    """The body's plaintext, or NotOpened."""
    return RecordKeys(wrap_key).open_body(place, dek_wrap, body)


def media_key(wrap_key: bytes, place: Place, dek_wrap: bytes) -> bytes:
    """The key of the media stream that belongs to this revision, or NotOpened."""
    return RecordKeys(wrap_key).media_key(place, dek_wrap)


def reseal_record(
    old_keys: RecordKeys,
    new_keys: RecordKeys,
    place: Place,
    sealed: SealedRecord,
    *,
    new_epoch: int,
    random: Random = os.urandom,
) -> SealedRecord:
    """The same revision in a new epoch and with a new data key, which shuts out who had the old one.

    The epoch is bound into head and body, so both are sealed again. Media must follow, too.
    """
    return new_keys.seal_record(
        Place(owner=place.owner, record=place.record, rev=place.rev, epoch=new_epoch),
        head=old_keys.open_head(place, sealed.dek_wrap, sealed.head),
        body=old_keys.open_body(place, sealed.dek_wrap, sealed.body),
        random=random,
    )


def record_aad(place: Place, part: str) -> bytes:
    """Equal to bind("record", SUITE, owner, record, part, rev, epoch); part is dek, head or body."""
    return (
        _BEFORE_OWNER
        + place.owner.bytes
        + _UUID_NEXT
        + place.record.bytes
        + _AFTER_RECORD[part]
        + _revision_and_epoch.pack(place.rev, _NUMBER_NEXT, place.epoch)
    )


def _seal_part(dek: bytes, place: Place, part: str, plaintext: bytes, random: Random) -> bytes:
    key = expand(dek, f"record/{part}")
    return seal(key, pad(plaintext), record_aad(place, part), random=random)


def open_part(dek: bytes, place: Place, part: str, blob: bytes) -> bytes:
    """Head or body of one revision by its data key alone, or NotOpened."""
    return unpad(open_sealed(expand(dek, f"record/{part}"), blob, record_aad(place, part)))


@dataclass(frozen=True, slots=True)
class ManifestState:
    """What a whole vault should look like: writes so far, rows, and the XOR of all row marks."""

    counter: int
    rows: int
    mark: int


def row_mark(
    manifest_key: bytes, place: Place, dek_wrap: bytes, head_tag16: bytes, body_tag16: bytes
) -> int:
    """A 256-bit number for one stored row; the tags are the last 16 bytes of head and body.

    XOR of marks finds any change of a set of distinct rows; together with the count it also finds a
    row that was planted twice. Nobody without the key can compute a mark.
    """
    return RowMarks(manifest_key).mark(place, dek_wrap, head_tag16, body_tag16)


class RowMarks:
    """Marks rows under one manifest key; keeps what is derived from it for long lists."""

    __slots__ = ("_key",)

    def __init__(self, manifest_key: bytes) -> None:
        self._key = expand(manifest_key, "manifest/row")

    def mark(self, place: Place, dek_wrap: bytes, head_tag16: bytes, body_tag16: bytes) -> int:
        """As `row_mark`: over bind("row", SUITE, owner, record, rev, epoch, dek_wrap, head_tag16, body_tag16)."""
        message = (
            _BEFORE_OWNER_OF_ROW
            + place.owner.bytes
            + _UUID_NEXT
            + place.record.bytes
            + _NUMBER_NEXT
            + _revision_and_epoch.pack(place.rev, _NUMBER_NEXT, place.epoch)
            + _bytes_next(b"b", len(dek_wrap))
            + dek_wrap
            + _bytes_next(b"b", len(head_tag16))
            + head_tag16
            + _bytes_next(b"b", len(body_tag16))
            + body_tag16
        )
        return int.from_bytes(hmac.digest(self._key, message, "sha256"), "big")


def seal_manifest(
    manifest_key: bytes, owner: UUID, state: ManifestState, *, random: Random = os.urandom
) -> bytes:
    """Seal the state: always 76 bytes."""
    plain = manifest_layout.pack(state.counter, state.rows, state.mark.to_bytes(MARK_BYTES, "big"))
    key = expand(manifest_key, "manifest/seal")
    return seal(key, plain, bind("manifest", SUITE, owner), random=random)


def open_manifest(manifest_key: bytes, owner: UUID, blob: bytes) -> ManifestState:
    """The sealed state, or NotOpened."""
    key = expand(manifest_key, "manifest/seal")
    plain = open_sealed(key, blob, bind("manifest", SUITE, owner))
    if len(plain) != manifest_layout.size:
        raise NotOpened
    counter, rows, mark = manifest_layout.unpack(plain)
    return ManifestState(counter=counter, rows=rows, mark=int.from_bytes(mark, "big"))
