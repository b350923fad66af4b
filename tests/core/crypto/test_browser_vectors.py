"""What a browser seals for a person: frozen vectors, made again from the standard's own steps, and opened by the vault's key."""

import hashlib
import hmac
import json
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afterglow.core.crypto import v1

FILE = Path(__file__).parent / "vectors" / "browser_inbox.json"
VECTORS = json.loads(FILE.read_text("utf-8"))
KEM, HPKE = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"


def extract(suite, salt, label, secret):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256)


def expand(suite, key, label, info, length):
    text = bytes([0, length]) + b"HPKE-v1" + suite + label + info + b"\x01"
    return hmac.digest(key, text, hashlib.sha256)[:length]


def sealed(*, ephemeral, inbox_public, owner, item, plaintext):
    """RFC 9180, sections 4.1 and 5.1, step by step, with a known ephemeral key."""
    private = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = private.public_key().public_bytes_raw()
    dh = private.exchange(X25519PublicKey.from_public_bytes(inbox_public))
    eae = extract(KEM, b"", b"eae_prk", dh)
    shared = expand(KEM, eae, b"shared_secret", enc + inbox_public, 32)
    info = v1.bind("inbox", v1.SUITE, owner, item)
    context = b"\x00" + extract(HPKE, b"", b"psk_id_hash", b"")
    context += extract(HPKE, b"", b"info_hash", info)
    secret = extract(HPKE, shared, b"secret", b"")
    key = expand(HPKE, secret, b"key", context, 32)
    nonce = expand(HPKE, secret, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, v1.pad(plaintext), b"")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_a_browser_sealed_opens_with_the_inbox_key(case):
    opened = v1.open_inbox(
        bytes.fromhex(VECTORS["inbox_private"]),
        bytes.fromhex(case["blob"]),
        owner=UUID(case["owner"]),
        item=UUID(case["item"]),
    )
    assert opened == case["text"].encode()


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_steps_of_the_standard_give_the_same_bytes(case):
    blob = sealed(
        ephemeral=bytes.fromhex(case["ephemeral"]),
        inbox_public=bytes.fromhex(VECTORS["inbox_public"]),
        owner=UUID(case["owner"]),
        item=UUID(case["item"]),
        plaintext=case["text"].encode(),
    )
    assert blob.hex() == case["blob"]
