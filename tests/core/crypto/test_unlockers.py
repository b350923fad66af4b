"""What opens a vault key: cost of guessing, kinds kept apart, wraps that commit, halves of a session."""

import dataclasses
from uuid import UUID

import pytest

from afterglow.core.crypto import v1
from afterglow.core.crypto.envelope import open_sealed, seal

ALICE, CHARLIE = UUID(int=1), UUID(int=2)
KEK, KEY = bytes([7]) * 32, bytes([9]) * 32
COST = v1.KdfParameters(salt=bytes(16))


@pytest.mark.parametrize(
    "weaker",
    [{"memory_kib": 65_535}, {"iterations": 2}, {"lanes": 2}, {"lanes": 0}, {"salt": bytes(15)}],
)
def test_a_cheaper_derivation_is_refused(weaker):
    with pytest.raises(v1.TooWeak):
        v1.check_floor(dataclasses.replace(COST, **weaker))


@pytest.mark.parametrize("greedy", [{"memory_kib": 2**21}, {"iterations": 65}])
def test_a_derivation_that_would_stall_the_computer_is_refused(greedy):
    with pytest.raises(v1.TooWeak):
        v1.check_floor(dataclasses.replace(COST, **greedy))


def test_a_cheaper_derivation_is_refused_before_it_runs():
    weaker = dataclasses.replace(COST, memory_kib=64)
    with pytest.raises(v1.TooWeak):
        v1.derive_kek(b"passphrase", kind="passphrase", parameters=weaker)


def test_new_parameters_pass_the_floor_with_a_salt_of_their_own():
    first, second = v1.new_kdf_parameters(), v1.new_kdf_parameters()
    v1.check_floor(first)
    assert first.salt != second.salt


def test_a_passphrase_without_parameters_is_refused():
    with pytest.raises(ValueError, match="parameters"):
        v1.derive_kek(b"passphrase", kind="passphrase", parameters=None)


def test_a_recovery_code_takes_no_parameters():
    with pytest.raises(ValueError, match="parameters"):
        v1.derive_kek(bytes(20), kind="recovery", parameters=COST)


def test_a_short_secret_is_never_taken_for_uniform():
    with pytest.raises(ValueError, match="20 bytes"):
        v1.derive_kek(bytes(19), kind="recovery", parameters=None)


def test_the_same_secret_gives_another_key_for_another_kind():
    secret = bytes(range(32))
    recovery = v1.derive_kek(secret, kind="recovery", parameters=None)
    assert recovery != v1.derive_kek(secret, kind="passkey", parameters=None)


def test_without_the_shred_key_the_secret_gives_another_key():
    secret = bytes(range(20))
    bare = v1.derive_kek(secret, kind="recovery", parameters=None)
    mixed = v1.derive_kek(secret, kind="recovery", parameters=None, shred_key=bytes([1]) * 32)
    assert bare != mixed


def test_a_shred_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        v1.derive_kek(bytes(20), kind="recovery", parameters=None, shred_key=b"short")


@pytest.mark.parametrize(
    "change",
    [
        {"owner": CHARLIE},
        {"unlocker": CHARLIE},
        {"kind": "recovery"},
        {"epoch": 2},
        {"parameters": None},
        {"parameters": dataclasses.replace(COST, iterations=4)},
        {"parameters": dataclasses.replace(COST, salt=bytes([1]) * 16)},
    ],
)
def test_a_wrap_stays_closed_when_one_thing_about_its_unlocker_changes(change):
    belongs = {
        "owner": ALICE,
        "unlocker": ALICE,
        "kind": "passphrase",
        "epoch": 1,
        "parameters": COST,
    }
    wrap = v1.wrap_key(KEK, KEY, context=v1.unlocker_context(**belongs))
    with pytest.raises(v1.NotOpened):
        v1.unwrap_key(KEK, wrap, context=v1.unlocker_context(**{**belongs, **change}))


def test_a_sealed_part_that_opens_is_still_refused_without_its_commitment():
    aad = v1.bind("wrap", v1.SUITE, b"context")
    sealed = seal(v1.expand(KEK, "wrap/seal"), KEY, aad)
    assert open_sealed(v1.expand(KEK, "wrap/seal"), sealed, aad) == KEY
    with pytest.raises(v1.NotOpened):
        v1.unwrap_key(KEK, v1.Wrap(sealed, bytes(32)), context=b"context")


@pytest.mark.parametrize("blob", [b"", bytes(11), bytes(27), bytes(28)])
def test_a_blob_too_short_to_be_sealed_does_not_open(blob):
    with pytest.raises(v1.NotOpened):
        v1.open_sealed(KEY, blob, b"")


def test_padding_that_is_not_zero_does_not_come_off():
    with pytest.raises(v1.NotOpened):
        v1.unpad(v1.pad(b"text")[:-1] + b"\x01")


@pytest.mark.parametrize("padded", [b"", bytes(63), bytes(65), v1.pad(b"text") + bytes(64)])
def test_padding_of_another_length_does_not_come_off(padded):
    with pytest.raises(v1.NotOpened):
        v1.unpad(padded)


def test_a_length_beyond_the_padding_does_not_come_off():
    with pytest.raises(v1.NotOpened):
        v1.unpad((200).to_bytes(4, "big") + bytes(60))


def test_a_refusal_says_nothing_about_its_cause():
    assert str(v1.NotOpened()) == "This did not open."


def test_keys_never_appear_in_a_printed_value():
    keys = v1.vault_keys(KEY)
    identity = v1.new_identity(ALICE)
    assert repr(keys) == "VaultKeys()"
    for private in (identity.kem_private, identity.sign_private, identity.inbox_private):
        assert repr(private) not in repr(identity)


def test_the_five_working_keys_differ():
    keys = v1.vault_keys(KEY)
    assert len({keys.wrap, keys.manifest, keys.tag, keys.identity, keys.index, KEY}) == 6


@pytest.mark.parametrize("missing", [0, 1])
def test_a_session_stays_closed_without_either_half(missing):
    halves = [bytes([1]) * 32, bytes([2]) * 32]
    key = v1.session_key(*halves, b"session")
    box = v1.seal_session(key, KEY, owner=ALICE, epoch=1)
    halves[missing] = bytes(32)
    with pytest.raises(v1.NotOpened):
        v1.open_session(v1.session_key(*halves, b"session"), box, owner=ALICE, epoch=1)


@pytest.mark.parametrize("change", [{"owner": CHARLIE}, {"epoch": 2}])
def test_a_session_of_another_person_or_epoch_stays_closed(change):
    box = v1.seal_session(KEK, KEY, owner=ALICE, epoch=1)
    with pytest.raises(v1.NotOpened):
        v1.open_session(KEK, box, **{"owner": ALICE, "epoch": 1, **change})


def test_the_same_halves_in_another_session_give_another_key():
    halves = (bytes([1]) * 32, bytes([2]) * 32)
    assert v1.session_key(*halves, b"one") != v1.session_key(*halves, b"two")


def test_the_manifest_of_another_person_stays_closed():
    blob = v1.seal_manifest(KEY, ALICE, v1.ManifestState(counter=1, rows=1, mark=1))
    with pytest.raises(v1.NotOpened):
        v1.open_manifest(KEY, CHARLIE, blob)


def test_a_number_cannot_be_bound_as_a_truth_value():
    with pytest.raises(TypeError):
        v1.bind(True)
