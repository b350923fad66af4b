"""The browser seals exactly as the program does: byte by byte with known keys, and openable with fresh ones."""

import base64
import json
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from afterglow.core.crypto import v1

VECTORS = json.loads(
    (Path(__file__).parents[1] / "core/crypto/vectors/browser_inbox.json").read_text("utf-8")
)
MODULE = f"{settings.STATIC_URL}ui/hpke.js"
SEAL = """async ([module, inbox, owner, item, text, own]) => {
  const { seal, bytes, utf8 } = await import(module);
  let ephemeral;
  if (own) {
    const jwk = { kty: "OKP", crv: "X25519", x: own.x };
    ephemeral = {
      privateKey: await crypto.subtle.importKey("jwk", { ...jwk, d: own.d }, { name: "X25519" }, true, ["deriveBits"]),
      publicKey: await crypto.subtle.importKey("jwk", jwk, { name: "X25519" }, true, []),
    };
  }
  const blob = await seal({ key: bytes(inbox), owner, item, plaintext: utf8(text), ephemeral });
  return [...blob].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""
pytestmark = pytest.mark.django_db(transaction=True)


def letters(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def own_key(private):
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return {"d": letters(private), "x": letters(public)}


def sealed(page, case, own):
    return page.evaluate(
        SEAL, [MODULE, VECTORS["inbox_public"], case["owner"], case["item"], case["text"], own]
    )


@pytest.fixture
def page(new_page):
    page = new_page()
    page.goto("/help/")
    return page


def test_with_the_keys_of_the_frozen_vectors_the_browser_gives_their_bytes(page):
    for case in VECTORS["cases"]:
        assert sealed(page, case, own_key(bytes.fromhex(case["ephemeral"]))) == case["blob"]


def test_with_fresh_keys_the_vault_opens_what_the_browser_sealed(page):
    for case in VECTORS["cases"]:
        first, second = (bytes.fromhex(sealed(page, case, None)) for _ in range(2))
        assert first != second
        private = bytes.fromhex(VECTORS["inbox_private"])
        place = {"owner": UUID(case["owner"]), "item": UUID(case["item"])}
        assert v1.open_inbox(private, first, **place) == case["text"].encode()


def test_padded_lengths_are_those_of_the_program(page):
    lengths = [0, 1, 63, 64, 65, 100, 999, 4096, 4097, 65_537, 1_048_580, 8_000_001]
    found = page.evaluate(
        "async ([module, lengths]) => lengths.map((await import(module)).paddedLength)",
        [MODULE, lengths],
    )
    assert found == [v1.padded_length(length) for length in lengths]
