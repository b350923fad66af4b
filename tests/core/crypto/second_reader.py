"""Reads format v1 from docs/reference/vault-format.md alone: PyNaCl, hashlib and hmac, and a GCM written
out here over single AES blocks. It imports nothing of ours, so that a slip cannot agree with itself."""

import hashlib
import hmac
import struct
import unicodedata
from uuid import UUID

import nacl.bindings
import nacl.pwhash.argon2id
import nacl.signing
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SUITE = "afterglow/1/aes-256-gcm/hkdf-sha256"


def tuple_bytes(*parts):
    out = b""
    for part in parts:
        if isinstance(part, bytes):
            out += b"b" + struct.pack(">I", len(part)) + part
        elif isinstance(part, str):
            raw = part.encode("utf-8")
            out += b"s" + struct.pack(">I", len(raw)) + raw
        elif isinstance(part, UUID):
            out += b"u" + struct.pack(">I", 16) + part.bytes
        else:
            out += b"i" + struct.pack(">I", 8) + struct.pack(">q", part)
    return out


def sha256_mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf_expand(key, info, length=32):
    out = block = b""
    counter = 1
    while len(out) < length:
        block = sha256_mac(key, block + info + bytes([counter]))
        out += block
        counter += 1
    return out[:length]


def subkey(key, label, context=b"", length=32):
    return hkdf_expand(key, b"afterglow/v1/" + label.encode() + b"\0" + context, length)


def several(secrets, label, context):
    return subkey(sha256_mac(b"\0" * 32, tuple_bytes(*secrets)), label, context)


def aes_blocks(key, blocks):
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return cipher.update(blocks) + cipher.finalize()


def ghash_tables(factor):
    """For each of 16 byte places of a block: the product of every byte value there with the factor."""
    powers = []
    value = factor
    for _ in range(128):
        powers.append(value)
        value = (value >> 1) ^ (0xE1 << 120 if value & 1 else 0)
    tables = []
    for place in range(16):
        table = [0] * 256
        for byte in range(1, 256):
            low = byte & -byte
            bit = 8 * place + 7 - (low.bit_length() - 1)
            table[byte] = table[byte ^ low] ^ powers[bit]
        tables.append(table)
    return tables


def ghash(factor, text):
    tables = ghash_tables(int.from_bytes(factor, "big"))
    total = 0
    for start in range(0, len(text), 16):
        total ^= int.from_bytes(text[start : start + 16], "big")
        block = total.to_bytes(16, "big")
        total = 0
        for place in range(16):
            total ^= tables[place][block[place]]
    return total.to_bytes(16, "big")


def xor(left, right):
    size = len(left)
    joined = int.from_bytes(left, "big") ^ int.from_bytes(right[:size], "big")
    return joined.to_bytes(size, "big")


def whole_blocks(text):
    return text + b"\0" * (-len(text) % 16)


def key_stream(key, nonce, size):
    counters = b"".join(nonce + struct.pack(">I", n + 2) for n in range(-(-size // 16)))
    return aes_blocks(key, counters)


def gcm_tag(key, nonce, ciphertext, aad):
    lengths = struct.pack(">QQ", 8 * len(aad), 8 * len(ciphertext))
    digest = ghash(
        aes_blocks(key, b"\0" * 16), whole_blocks(aad) + whole_blocks(ciphertext) + lengths
    )
    return xor(digest, aes_blocks(key, nonce + b"\0\0\0\1"))


def gcm_seal(key, nonce, plaintext, aad):
    ciphertext = xor(plaintext, key_stream(key, nonce, len(plaintext)))
    return ciphertext + gcm_tag(key, nonce, ciphertext, aad)


def gcm_open(key, nonce, sealed, aad):
    ciphertext, tag = sealed[:-16], sealed[-16:]
    assert gcm_tag(key, nonce, ciphertext, aad) == tag
    return xor(ciphertext, key_stream(key, nonce, len(ciphertext)))


def open_blob(key, blob, aad):
    return gcm_open(key, blob[:12], blob[12:], aad)


def without_padding(padded):
    (length,) = struct.unpack(">I", padded[:4])
    assert not any(padded[4 + length :])
    assert len(padded) == padme(4 + length)
    return padded[4 : 4 + length]


def padme(length):
    size = max(64, length)
    exponent = len(bin(size)) - 3
    kept = len(bin(exponent)) - 2
    step = 2 ** (exponent - kept)
    return -(-size // step) * step


def passphrase_bytes(typed):
    return " ".join(unicodedata.normalize("NFKC", typed).split()).encode("utf-8")


def argon2id(secret, salt, iterations, memory_kib):
    return nacl.pwhash.argon2id.kdf(
        32, secret, salt, opslimit=iterations, memlimit=memory_kib * 1024
    )


def kek(uniform, shred_key, kind):
    return several([uniform, shred_key], "kek", tuple_bytes(SUITE, kind))


def unwrap(key, context, sealed, commitment):
    expected = sha256_mac(subkey(key, "wrap/commit"), tuple_bytes("commit", SUITE, context, sealed))
    assert commitment == expected
    return open_blob(subkey(key, "wrap/seal"), sealed, tuple_bytes("wrap", SUITE, context))


def record_parts(wrap_key, place, dek_wrap, head, body):
    """Head, body and media key of one sealed record; place is owner, record, rev, epoch."""
    owner, record, rev, epoch = place

    def aad(part):
        return tuple_bytes("record", SUITE, owner, record, part, rev, epoch)

    dek = open_blob(wrap_key, dek_wrap, aad("dek"))
    media = subkey(dek, "record/media", tuple_bytes(SUITE, owner, record))
    return (
        without_padding(open_blob(subkey(dek, "record/head"), head, aad("head"))),
        without_padding(open_blob(subkey(dek, "record/body"), body, aad("body"))),
        media,
    )


def row_mark(manifest_key, place, dek_wrap, head, body):
    message = tuple_bytes("row", SUITE, *place, dek_wrap, head[-16:], body[-16:])
    return sha256_mac(subkey(manifest_key, "manifest/row"), message)


def manifest(manifest_key, owner, blob):
    plain = open_blob(
        subkey(manifest_key, "manifest/seal"), blob, tuple_bytes("manifest", SUITE, owner)
    )
    counter, rows = struct.unpack(">QQ", plain[:16])
    return counter, rows, plain[16:]


def chunk(key, prefix, index, plaintext, *, last):
    nonce = prefix + struct.pack(">I", index) + bytes([1 if last else 0])
    return prefix + gcm_seal(key, nonce, plaintext, tuple_bytes("stream", SUITE))


def inbox(private, blob, owner, item):
    """HPKE base mode of RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""
    sender, sealed = blob[:32], blob[32:]
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    public = nacl.bindings.crypto_scalarmult_base(private)
    shared = nacl.bindings.crypto_scalarmult(private, sender)
    secret = _labelled_expand(
        _labelled_extract(b"", kem, b"eae_prk", shared), kem, b"shared_secret", sender + public, 32
    )
    schedule = b"\x00" + _labelled_extract(b"", suite, b"psk_id_hash", b"")
    schedule += _labelled_extract(
        b"", suite, b"info_hash", tuple_bytes("inbox", SUITE, owner, item)
    )
    root = _labelled_extract(secret, suite, b"secret", b"")
    key = _labelled_expand(root, suite, b"key", schedule, 32)
    nonce = _labelled_expand(root, suite, b"base_nonce", schedule, 12)
    return without_padding(gcm_open(key, nonce, sealed, b""))


def _labelled_extract(salt, suite, label, material):
    return sha256_mac(salt or b"\0" * 32, b"HPKE-v1" + suite + label + material)


def _labelled_expand(key, suite, label, info, length):
    return hkdf_expand(key, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def public_keys(sign_private, inbox_private, kem_curve_private):
    """Public signing, inbox and curve keys as libsodium computes them."""
    return (
        bytes(nacl.signing.SigningKey(sign_private).verify_key),
        nacl.bindings.crypto_scalarmult_base(inbox_private),
        nacl.bindings.crypto_scalarmult_base(kem_curve_private),
    )


def identity_signature(sign_private, owner, kem_public, sign_public, inbox_public):
    statement = tuple_bytes("identity/public", SUITE, owner, kem_public, sign_public, inbox_public)
    return nacl.signing.SigningKey(sign_private).sign(statement).signature


def recovery_bytes(code):
    number = 0
    for sign in code.replace("-", ""):
        number = number * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(sign)
    return number.to_bytes(20, "big")
