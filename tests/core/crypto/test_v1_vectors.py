"""Format v1 stays what it was: every frozen vector is made again, byte for byte, and opened again."""

import hashlib
from uuid import UUID

import pytest
from tests.core.crypto.frozen import STREAM_TEXT, VECTORS, Replay, parts_of, raw

from afterglow.core.crypto import v1


def test_the_suite_has_its_frozen_name():
    assert VECTORS["format"] == v1.SUITE


@pytest.mark.parametrize("case", VECTORS["bind"])
def test_bound_tuples_keep_their_bytes(case):
    assert v1.bind(*parts_of(case)).hex() == case["output"]


@pytest.mark.parametrize("case", VECTORS["expand"], ids=lambda case: case["label"])
def test_subkeys_keep_their_bytes(case):
    key, context = raw(case, "key", "context")
    found = v1.expand(key, case["label"], length=case["length"], context=context)
    assert found.hex() == case["output"]


@pytest.mark.parametrize("case", VECTORS["pad"])
def test_padding_keeps_its_bytes(case):
    assert v1.pad(raw(case, "plain")).hex() == case["padded"]


@pytest.mark.parametrize(("length", "padded"), VECTORS["padded_length"])
def test_padded_lengths_stay(length, padded):
    assert v1.padded_length(length) == padded


def parameters_of(case):
    cost = case["parameters"]
    return cost and v1.KdfParameters(**{**cost, "salt": bytes.fromhex(cost["salt"])})


@pytest.mark.parametrize("case", VECTORS["unlockers"], ids=lambda case: case["kind"])
def test_an_unlocker_still_gives_its_key_and_wrap(case):
    secret, shred_key, kek, key = raw(case, "secret", "shred_key", "kek", "key")
    parameters = parameters_of(case)
    found = v1.derive_kek(secret, kind=case["kind"], parameters=parameters, shred_key=shred_key)
    assert found == kek
    context = v1.unlocker_context(
        owner=UUID(case["owner"]),
        unlocker=UUID(case["unlocker"]),
        kind=case["kind"],
        epoch=case["epoch"],
        parameters=parameters,
    )
    assert context.hex() == case["context"]
    wrap = v1.wrap_key(kek, key, context=context, random=Replay(case["random"]))
    assert (wrap.sealed.hex(), wrap.commitment.hex()) == (case["sealed"], case["commitment"])
    assert v1.unwrap_key(kek, wrap, context=context) == key


def test_a_typed_passphrase_keeps_its_bytes():
    case = VECTORS["unlockers"][0]
    assert v1.normalise_passphrase(case["typed"]).hex() == case["secret"]


def test_a_written_recovery_code_keeps_its_bytes():
    case = VECTORS["unlockers"][1]
    assert v1.read_recovery_code(case["code"]).hex() == case["secret"]
    assert v1.new_recovery_code(Replay(case["secret"])) == case["code"]


def test_a_vault_key_still_gives_its_five_keys():
    case = VECTORS["vault_keys"]
    keys = v1.vault_keys(raw(case, "vault_key"))
    for name in ("wrap", "manifest", "tag", "identity", "index"):
        assert getattr(keys, name).hex() == case[name]


def test_a_record_keeps_its_bytes():
    case = VECTORS["record"]
    wrap_key, head, body = raw(case, "wrap_key", "head", "body")
    place = v1.Place(UUID(case["owner"]), UUID(case["record"]), case["rev"], case["epoch"])
    random = Replay(case["random"])
    sealed = v1.seal_record(wrap_key, place, head=head, body=body, random=random)
    assert random.left == b""
    assert sealed.dek_wrap.hex() == case["dek_wrap"]
    assert (sealed.head.hex(), sealed.body.hex()) == (case["sealed_head"], case["sealed_body"])
    assert v1.open_head(wrap_key, place, sealed.dek_wrap, sealed.head) == head
    assert v1.open_body(wrap_key, place, sealed.dek_wrap, sealed.body) == body
    assert v1.media_key(wrap_key, place, sealed.dek_wrap).hex() == case["media_key"]
    tags = (sealed.head[-16:], sealed.body[-16:])
    mark = v1.row_mark(raw(case, "manifest_key"), place, sealed.dek_wrap, *tags)
    assert f"{mark:064x}" == case["row_mark"]


def test_a_manifest_keeps_its_bytes():
    case = VECTORS["manifest"]
    key, owner = raw(case, "manifest_key"), UUID(case["owner"])
    state = v1.ManifestState(case["counter"], case["rows"], int(case["mark"], 16))
    assert v1.seal_manifest(key, owner, state, random=Replay(case["random"])).hex() == case["blob"]
    assert v1.open_manifest(key, owner, raw(case, "blob")) == state


def test_a_session_keeps_its_bytes():
    case = VECTORS["session"]
    key = v1.session_key(*raw(case, "cookie_half", "memory_half", "session_id"))
    assert key.hex() == case["session_key"]
    whose = {"owner": UUID(case["owner"]), "epoch": case["epoch"]}
    vault_key, random = raw(case, "vault_key"), Replay(case["random"])
    assert v1.seal_session(key, vault_key, **whose, random=random).hex() == case["box"]
    assert v1.open_session(key, raw(case, "box"), **whose) == vault_key


def test_an_identity_keeps_its_bytes():
    case = VECTORS["identity"]
    owner, key = UUID(case["owner"]), raw(case, "identity_key")
    identity = v1.new_identity(owner, random=Replay(case["random"]))
    for name in v1.Identity.__dataclass_fields__:
        assert getattr(identity, name).hex() == case[name]
    sealed = v1.seal_private_identity(key, owner, identity, random=Replay(case["seal_random"]))
    assert sealed.hex() == case["sealed"]
    assert v1.open_private_identity(key, owner, sealed) == identity


def test_an_old_inbox_item_still_opens():
    case = VECTORS["inbox"]
    where = {"owner": UUID(case["owner"]), "item": UUID(case["item"])}
    private, blob, plaintext = raw(case, "inbox_private", "blob", "plaintext")
    assert v1.open_inbox(private, blob, **where) == plaintext


@pytest.mark.parametrize("case", VECTORS["streams"], ids=lambda case: str(case["length"]))
def test_a_stream_keeps_its_bytes(case):
    plaintext = hashlib.shake_256(STREAM_TEXT).digest(case["length"])
    key = raw(case, "key")
    chunks = list(v1.seal_stream(key, [plaintext], random=Replay(case["random"])))
    assert [hashlib.sha256(chunk).hexdigest() for chunk in chunks] == case["chunk_sha256"]
    assert b"".join(v1.open_stream(key, chunks)) == plaintext
