"""Ciphers that hide nothing, for the positive control of a canary scan: whatever looks for words must find them here.

They stand in for the two primitives below `core.crypto`, so every line of the program runs as it always does, and what
it authenticates it authenticates still. The program itself has no way to leave its sealing out.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag

from afterglow.core.crypto import envelope, hybrid, records, stream

TAG_BYTES = 16
ENCAPSULATED_BYTES = 1120


def tag_of(key, *parts):
    return hmac.digest(key, b"".join(parts), hashlib.sha256)[:TAG_BYTES]


class ReadableGCM:
    """As AESGCM: the same lengths, the same refusals, and the plaintext in clear."""

    def __init__(self, key):
        self.key = bytes(key)

    def encrypt(self, nonce, plaintext, aad):
        plaintext = bytes(plaintext)
        return plaintext + tag_of(self.key, nonce, plaintext, aad or b"")

    def decrypt(self, nonce, sealed, aad):
        plaintext, tag = bytes(sealed[:-TAG_BYTES]), bytes(sealed[-TAG_BYTES:])
        if tag != tag_of(self.key, nonce, plaintext, aad or b""):
            raise InvalidTag
        return plaintext


class ReadableSuite:
    """As the suite of HPKE by which something is sealed to a person's public key."""

    def encrypt(self, plaintext, receiver, *, info):
        return bytes(ENCAPSULATED_BYTES) + bytes(plaintext) + tag_of(info, bytes(plaintext))

    def decrypt(self, sealed, receiver, *, info):
        plaintext = bytes(sealed[ENCAPSULATED_BYTES:-TAG_BYTES])
        if bytes(sealed[-TAG_BYTES:]) != tag_of(info, plaintext):
            raise InvalidTag
        return plaintext


def hide_nothing(monkeypatch):
    """Before anything is sealed that is to be opened again."""
    for module in (envelope, records, stream):
        monkeypatch.setattr(module, "AESGCM", ReadableGCM)
    monkeypatch.setattr(hybrid, "_suite", ReadableSuite())
