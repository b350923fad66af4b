"""A person's key pairs: they belong to their owner, and a locked vault can still receive."""

import dataclasses
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from afterglow.core.crypto import v1

ALICE, CHARLIE, ITEM, OTHER_ITEM = (UUID(int=n) for n in range(4))
KEY = bytes([5]) * 32
IDENTITY = v1.new_identity(ALICE)
PUBLIC = {
    name: getattr(IDENTITY, name)
    for name in ("kem_public", "sign_public", "inbox_public", "signature")
}


def test_the_owner_of_an_identity_can_be_checked():
    v1.check_identity(ALICE, **PUBLIC)


def test_an_identity_does_not_pass_for_somebody_elses():
    with pytest.raises(v1.NotOpened):
        v1.check_identity(CHARLIE, **PUBLIC)


@pytest.mark.parametrize("name", list(PUBLIC))
def test_an_identity_with_one_exchanged_key_is_refused(name):
    stranger = getattr(v1.new_identity(ALICE), name)
    with pytest.raises(v1.NotOpened):
        v1.check_identity(ALICE, **{**PUBLIC, name: stranger})


def test_the_sealed_private_keys_bring_back_the_whole_identity():
    blob = v1.seal_private_identity(KEY, ALICE, IDENTITY)
    assert v1.open_private_identity(KEY, ALICE, blob) == IDENTITY


def test_the_private_keys_of_another_person_stay_closed():
    blob = v1.seal_private_identity(KEY, ALICE, IDENTITY)
    with pytest.raises(v1.NotOpened):
        v1.open_private_identity(KEY, CHARLIE, blob)


def test_the_receiving_keys_work_as_a_hybrid_pair():
    private = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(IDENTITY.kem_private[:64]),
        X25519PrivateKey.from_private_bytes(IDENTITY.kem_private[64:]),
    )
    public = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(IDENTITY.kem_public[:1184]),
        X25519PublicKey.from_public_bytes(IDENTITY.kem_public[1184:]),
    )
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    blob = suite.encrypt(KEY, public, info=b"grant")
    assert len(blob) == 1168
    assert suite.decrypt(blob, private, info=b"grant") == KEY


def test_what_waits_in_the_inbox_opens_for_its_owner():
    blob = v1.seal_to_inbox(IDENTITY.inbox_public, b"typed", owner=ALICE, item=ITEM)
    assert v1.open_inbox(IDENTITY.inbox_private, blob, owner=ALICE, item=ITEM) == b"typed"


@pytest.mark.parametrize("change", [{"owner": CHARLIE}, {"item": OTHER_ITEM}])
def test_an_inbox_item_stays_closed_elsewhere(change):
    where = {"owner": ALICE, "item": ITEM}
    blob = v1.seal_to_inbox(IDENTITY.inbox_public, b"typed", **where)
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(IDENTITY.inbox_private, blob, **{**where, **change})


def test_an_inbox_item_stays_closed_for_another_person():
    where = {"owner": ALICE, "item": ITEM}
    blob = v1.seal_to_inbox(IDENTITY.inbox_public, b"typed", **where)
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(v1.new_identity(CHARLIE).inbox_private, blob, **where)


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_a_changed_inbox_item_stays_closed(place):
    where = {"owner": ALICE, "item": ITEM}
    blob = bytearray(v1.seal_to_inbox(IDENTITY.inbox_public, b"typed", **where))
    blob[place] ^= 1
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(IDENTITY.inbox_private, bytes(blob), **where)


@pytest.mark.parametrize("size", [0, 31, 32, 47, 48])
def test_a_cut_inbox_item_stays_closed(size):
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(IDENTITY.inbox_private, bytes(size), owner=ALICE, item=ITEM)


def test_short_inbox_items_all_have_one_size():
    sizes = {
        len(v1.seal_to_inbox(IDENTITY.inbox_public, text, owner=ALICE, item=ITEM))
        for text in (b"", b"yes", b"a longer line of sixty bytes or less")
    }
    assert sizes == {112}


def test_two_new_identities_share_no_key():
    other = v1.new_identity(ALICE)
    for field in dataclasses.fields(other):
        assert getattr(other, field.name) != getattr(IDENTITY, field.name)
