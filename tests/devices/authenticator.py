"""A passkey in a few lines, for tests: keys and signatures are real, and everything it says may be bent."""

import hashlib
import hmac
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """Holds one credential. `has_prf` as some have it and some have not."""

    def __init__(self, origin, *, has_prf=True, flags=PRESENT | VERIFIED, site=None):
        self.origin = origin
        self.has_prf = has_prf
        self.flags = flags
        self.site = site
        self.count = 0
        self.secret = secrets.token_bytes(32)
        self.id = secrets.token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options):
        """Makes the credential; gives what the page would post."""
        credential = AttestedCredentialData.create(
            bytes(16), self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        authenticator = self._data(options["rp"]["id"], ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": authenticator})
        return self._posted(options, "create", {"attestationObject": websafe_encode(attestation)})

    def get(self, options):
        data = self._data(options["rpId"], 0)
        client = self._client(options, "get")
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        fields = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signed)}
        return self._posted(options, "get", fields)

    def _data(self, site, more):
        self.count += 1
        site_hash = hashlib.sha256((self.site or site).encode()).digest()
        return site_hash + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _client(self, options, what):
        said = {"type": f"webauthn.{what}", "challenge": options["challenge"]}
        return json.dumps(said | {"origin": self.origin, "crossOrigin": False}).encode()

    def _posted(self, options, what, fields):
        client = websafe_encode(self._client(options, what))
        name = websafe_encode(self.id)
        answer = {"id": name, "rawId": name, "type": "public-key"}
        answer["response"] = fields | {"clientDataJSON": client}
        return {"answer": answer, "secret": self._secret(options) if self.has_prf else ""}

    def _secret(self, options):
        prf = options["extensions"]["prf"]
        salts = prf.get("evalByCredential", {}).get(websafe_encode(self.id), prf["eval"])
        salt = hashlib.sha256(b"WebAuthn PRF\x00" + websafe_decode(salts["first"])).digest()
        return websafe_encode(hmac.digest(self.secret, salt, "sha256"))
