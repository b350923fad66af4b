"""A reader written from the format's description, on other libraries, reads the frozen vectors."""

import hashlib
from uuid import UUID

import pytest
from tests.core.crypto import second_reader
from tests.core.crypto.frozen import STREAM_TEXT, VECTORS, parts_of, raw


@pytest.mark.parametrize("case", VECTORS["bind"])
def test_it_binds_the_same_bytes(case):
    assert second_reader.tuple_bytes(*parts_of(case)).hex() == case["output"]


@pytest.mark.parametrize("case", VECTORS["expand"], ids=lambda case: case["label"])
def test_it_derives_the_same_subkeys(case):
    key, context = raw(case, "key", "context")
    found = second_reader.subkey(key, case["label"], context, case["length"])
    assert found.hex() == case["output"]


@pytest.mark.parametrize("case", VECTORS["pad"])
def test_it_takes_the_padding_off(case):
    assert second_reader.without_padding(raw(case, "padded")) == raw(case, "plain")


@pytest.mark.parametrize(("length", "padded"), VECTORS["padded_length"])
def test_it_computes_the_same_padded_lengths(length, padded):
    assert second_reader.padme(length) == padded


def test_it_stretches_a_passphrase_to_the_same_key():
    case = VECTORS["unlockers"][0]
    secret, shred_key = raw(case, "secret", "shred_key")
    cost = case["parameters"]
    stretched = second_reader.argon2id(
        secret, raw(cost, "salt"), cost["iterations"], cost["memory_kib"]
    )
    assert second_reader.passphrase_bytes(case["typed"]) == secret
    assert second_reader.kek(stretched, shred_key, "passphrase").hex() == case["kek"]


@pytest.mark.parametrize("case", VECTORS["unlockers"][1:], ids=lambda case: case["kind"])
def test_it_derives_the_same_key_from_a_uniform_secret(case):
    secret, shred_key = raw(case, "secret", "shred_key")
    assert second_reader.kek(secret, shred_key, case["kind"]).hex() == case["kek"]


def test_it_reads_a_recovery_code():
    case = VECTORS["unlockers"][1]
    assert second_reader.recovery_bytes(case["code"]).hex() == case["secret"]


def context_of(case):
    cost = case["parameters"]
    bound = b""
    if cost:
        numbers = (cost["memory_kib"], cost["iterations"], cost["lanes"])
        bound = second_reader.tuple_bytes("argon2id", *numbers, raw(cost, "salt"))
    names = (UUID(case["owner"]), UUID(case["unlocker"]), case["kind"], case["epoch"])
    return second_reader.tuple_bytes("unlocker", second_reader.SUITE, *names, bound)


@pytest.mark.parametrize("case", VECTORS["unlockers"], ids=lambda case: case["kind"])
def test_it_opens_the_wrap_of_every_unlocker(case):
    kek, sealed, commitment = raw(case, "kek", "sealed", "commitment")
    context = context_of(case)
    assert context.hex() == case["context"]
    assert second_reader.unwrap(kek, context, sealed, commitment).hex() == case["key"]


@pytest.mark.parametrize("name", ["wrap", "manifest", "tag", "identity", "index"])
def test_it_derives_the_same_working_keys(name):
    case = VECTORS["vault_keys"]
    assert second_reader.subkey(raw(case, "vault_key"), f"vault/{name}").hex() == case[name]


def place_of(case):
    return UUID(case["owner"]), UUID(case["record"]), case["rev"], case["epoch"]


def test_it_opens_a_record():
    case = VECTORS["record"]
    sealed = raw(case, "dek_wrap", "sealed_head", "sealed_body")
    opened = second_reader.record_parts(raw(case, "wrap_key"), place_of(case), *sealed)
    assert opened == tuple(raw(case, "head", "body", "media_key"))


def test_it_computes_the_same_row_mark():
    case = VECTORS["record"]
    sealed = raw(case, "dek_wrap", "sealed_head", "sealed_body")
    mark = second_reader.row_mark(raw(case, "manifest_key"), place_of(case), *sealed)
    assert mark.hex() == case["row_mark"]


def test_it_opens_a_manifest():
    case = VECTORS["manifest"]
    key, blob, mark = raw(case, "manifest_key", "blob", "mark")
    expected = (case["counter"], case["rows"], mark)
    assert second_reader.manifest(key, UUID(case["owner"]), blob) == expected


def test_it_opens_a_session():
    case = VECTORS["session"]
    cookie_half, memory_half, session_id = raw(case, "cookie_half", "memory_half", "session_id")
    context = second_reader.tuple_bytes(second_reader.SUITE, session_id)
    key = second_reader.several([cookie_half, memory_half], "session", context)
    whose = (second_reader.SUITE, UUID(case["owner"]), case["epoch"])
    aad = second_reader.tuple_bytes("session", *whose)
    assert key.hex() == case["session_key"]
    assert second_reader.open_blob(key, raw(case, "box"), aad).hex() == case["vault_key"]


def test_it_opens_an_identity_and_makes_the_same_public_keys():
    case = VECTORS["identity"]
    aad = second_reader.tuple_bytes("identity/private", second_reader.SUITE, UUID(case["owner"]))
    private = second_reader.open_blob(raw(case, "identity_key"), raw(case, "sealed"), aad)
    assert private.hex() == case["kem_private"] + case["sign_private"] + case["inbox_private"]
    sign, inbox, curve = second_reader.public_keys(private[96:128], private[128:], private[64:96])
    assert (sign, inbox) == tuple(raw(case, "sign_public", "inbox_public"))
    assert curve == raw(case, "kem_public")[-32:]


def test_it_signs_an_identity_alike():
    case = VECTORS["identity"]
    keys = raw(case, "kem_public", "sign_public", "inbox_public")
    found = second_reader.identity_signature(raw(case, "sign_private"), UUID(case["owner"]), *keys)
    assert found.hex() == case["signature"]


def test_it_opens_an_inbox_item():
    case = VECTORS["inbox"]
    where = (UUID(case["owner"]), UUID(case["item"]))
    found = second_reader.inbox(*raw(case, "inbox_private", "blob"), *where)
    assert found == raw(case, "plaintext")


@pytest.mark.parametrize("case", VECTORS["streams"], ids=lambda case: str(case["length"]))
def test_it_seals_a_stream_alike(case):
    text = hashlib.shake_256(STREAM_TEXT).digest(case["length"])
    pieces = [text[start : start + 65_536] for start in range(0, len(text), 65_536)] or [b""]
    key, random = raw(case, "key", "random")
    for index, piece in enumerate(pieces):
        prefix = random[7 * index : 7 * index + 7]
        last = index == len(pieces) - 1
        chunk = second_reader.chunk(key, prefix, index, piece, last=last)
        assert hashlib.sha256(chunk).hexdigest() == case["chunk_sha256"][index]
