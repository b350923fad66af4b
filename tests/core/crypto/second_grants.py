"""Reads a grant from docs/reference/vault-format.md alone: hashlib, PyNaCl, and the GCM written out beside it.

Only the lattice half of the key encapsulation is the library's; all that is built on it is done again here.
"""

import hashlib
import struct

import nacl.bindings
import nacl.signing
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from tests.core.crypto import second_reader as reader

SUITE = "afterglow/1/grant/mlkem768-x25519/hkdf-sha256/aes-256-gcm/ed25519"
XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")
HPKE = b"HPKE" + struct.pack(">HHH", 0x647A, 1, 2)


def mark(person, kem_public, sign_public, inbox_public):
    keys = (kem_public, sign_public, inbox_public)
    text = reader.tuple_bytes("identity/mark", reader.SUITE, person, *keys)
    return hashlib.sha256(text).digest()


def words(one, other, listed):
    text = reader.tuple_bytes("words to compare", reader.SUITE, *sorted((one, other)))
    number = int.from_bytes(reader.argon2id(text, b"afterglow words1", 3, 65536), "big")
    found = []
    for _ in range(8):
        number, place = divmod(number, len(listed))
        found.append(listed[place])
    return found


def facts(grant, owner, partner, owner_mark, partner_mark, version, starts, ends):
    people = (owner, partner, owner_mark, partner_mark)
    return reader.tuple_bytes(SUITE, grant, *people, version, starts, ends)


def signed_by(sign_public, bound, sealed):
    hashes = [hashlib.sha256(sealed[name]).digest() for name in ("terms", "to_partner")]
    text = reader.tuple_bytes("grant", "statement", bound, sealed["commitment"], *hashes)
    nacl.signing.VerifyKey(sign_public).verify(text, sealed["signature"])


def grant_key(kem_private, kem_public, bound, sealed):
    info = reader.tuple_bytes("grant", "key", bound, hashlib.sha256(sealed["terms"]).digest())
    return hybrid(kem_private, kem_public, sealed["to_partner"], info)


def hybrid(kem_private, kem_public, blob, info):
    """X-Wing over ML-KEM-768 and X25519, then HPKE base mode as RFC 9180 has it."""
    lattice, curve, text = blob[:1088], blob[1088:1120], blob[1120:]
    one = MLKEM768PrivateKey.from_seed_bytes(kem_private[:64]).decapsulate(lattice)
    two = nacl.bindings.crypto_scalarmult(kem_private[64:], curve)
    secret = hashlib.sha3_256(one + two + curve + kem_public[1184:] + XWING_LABEL).digest()
    schedule = b"\x00" + reader._labelled_extract(b"", HPKE, b"psk_id_hash", b"")
    schedule += reader._labelled_extract(b"", HPKE, b"info_hash", info)
    root = reader._labelled_extract(secret, HPKE, b"secret", b"")
    key = reader._labelled_expand(root, HPKE, b"key", schedule, 32)
    nonce = reader._labelled_expand(root, HPKE, b"base_nonce", schedule, 12)
    return reader.gcm_open(key, nonce, text, b"")


def owner_copy(wrap_key, bound, sealed):
    context = reader.tuple_bytes("grant", "owner copy", bound)
    kek = reader.subkey(wrap_key, "grant/owner-copy")
    return reader.unwrap(kek, context, sealed["owner_sealed"], sealed["owner_commitment"])


def commitment(key, bound):
    text = reader.tuple_bytes("grant", "commitment", bound)
    return reader.sha256_mac(reader.subkey(key, "grant/commit"), text)


def terms(key, bound, sealed):
    text = reader.open_blob(
        reader.subkey(key, "grant/terms"),
        sealed["terms"],
        reader.tuple_bytes("grant", "terms", bound),
    )
    return reader.without_padding(text)


def data_key(key, grant, partner, place, item):
    owner, record, rev, epoch = place
    about = reader.tuple_bytes("grant/item", SUITE, grant, owner, partner)
    about += reader.tuple_bytes(owner, record, rev, epoch)
    return reader.open_blob(reader.subkey(key, "grant/wrap"), item, about)


INBOX2 = "afterglow/2/inbox/mlkem768-x25519/hkdf-sha256/aes-256-gcm/ed25519"


def inbox2(blob, owner, kem_private, kem_public, item):
    assert blob[0] == 2
    info = reader.tuple_bytes("inbox", INBOX2, owner, item)
    return reader.without_padding(hybrid(kem_private, kem_public, blob[1:], info))


def parcel2(blob, sender, sender_sign_public, owner, keys, kem_private, item):
    """`keys` are the receiver's three public ones."""
    opened = inbox2(blob, owner, kem_private, keys[0], item)
    signature, text = opened[:64], opened[64:]
    about = (sender, owner, mark(owner, *keys), item)
    statement = reader.tuple_bytes("parcel", INBOX2, *about, text)
    nacl.signing.VerifyKey(sender_sign_public).verify(statement, signature)
    return text


def parcel(blob, sender, sender_sign_public, owner, inbox_private, item):
    opened = reader.inbox(inbox_private, blob, owner, item)
    signature, text = opened[:64], opened[64:]
    inbox = nacl.bindings.crypto_scalarmult_base(inbox_private)
    statement = reader.tuple_bytes("parcel", reader.SUITE, sender, owner, inbox, item, text)
    nacl.signing.VerifyKey(sender_sign_public).verify(statement, signature)
    return text
