"""From what a person has (passphrase, recovery code, passkey) to the key that opens their vault key,
with a floor under the cost of guessing. It wraps nothing itself.
"""

import os
import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import UUID

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.envelope import (
    KEY_BYTES,
    SHRED_KEY_BYTES,
    Random,
    exactly,
    extract_and_expand,
)
from afterglow.core.crypto.errors import TooWeak

UnlockerKind = Literal["passphrase", "recovery", "passkey"]

SALT_BYTES: Final = 16
LEAST_MEMORY_KIB: Final = 65_536
LEAST_ITERATIONS: Final = 3
ONLY_LANES: Final = 1
# Above these a changed row could stall or exhaust the computer before anything is checked.
MOST_MEMORY_KIB: Final = 1_048_576
MOST_ITERATIONS: Final = 64
SHORTEST_UNIFORM_SECRET: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfParameters:
    """Cost and salt of Argon2id (RFC 9106), version 0x13, 32 bytes out."""

    memory_kib: int = LEAST_MEMORY_KIB
    iterations: int = LEAST_ITERATIONS
    lanes: int = ONLY_LANES
    salt: bytes = field(repr=False)

    def bound(self) -> bytes:
        """The parameters as one part of a context, so that a weaker copy never opens anything."""
        return bind("argon2id", self.memory_kib, self.iterations, self.lanes, self.salt)


def new_kdf_parameters(random: Random = os.urandom) -> KdfParameters:
    """The parameters of a new passphrase: the floor, with a fresh salt."""
    return KdfParameters(salt=random(SALT_BYTES))


def check_floor(parameters: KdfParameters) -> None:
    """Refuse, with TooWeak, parameters that would make guessing cheap or opening impossible."""
    accepted = (
        LEAST_MEMORY_KIB <= parameters.memory_kib <= MOST_MEMORY_KIB
        and LEAST_ITERATIONS <= parameters.iterations <= MOST_ITERATIONS
        and parameters.lanes == ONLY_LANES
        and len(parameters.salt) == SALT_BYTES
    )
    if not accepted:
        raise TooWeak("These key derivation parameters are outside the accepted range.")


def derive_kek(
    secret: bytes,
    *,
    kind: UnlockerKind,
    parameters: KdfParameters | None,
    shred_key: bytes = b"",
) -> bytes:
    """The 32-byte key-encryption key of one unlocker.

    A passphrase is stretched with Argon2id; recovery codes and passkey outputs are uniform already,
    take no parameters and must have 20 bytes or more. The shred key is empty or 32 bytes.
    """
    if shred_key:
        exactly(shred_key, SHRED_KEY_BYTES)
    root = _stretched(secret, parameters) if kind == "passphrase" else _uniform(secret, parameters)
    return extract_and_expand(root, shred_key, label="kek", context=bind(SUITE, kind))


def _stretched(secret: bytes, parameters: KdfParameters | None) -> bytes:
    if parameters is None:
        raise ValueError("a passphrase needs key derivation parameters")
    check_floor(parameters)
    return Argon2id(
        salt=parameters.salt,
        length=KEY_BYTES,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    ).derive(secret)


def _uniform(secret: bytes, parameters: KdfParameters | None) -> bytes:
    if parameters is not None:
        raise ValueError("only a passphrase takes key derivation parameters")
    if len(secret) < SHORTEST_UNIFORM_SECRET:
        raise ValueError("a uniform secret has 20 bytes or more")
    return secret


def normalise_passphrase(text: str) -> bytes:
    """The bytes a passphrase stands for: NFKC, one space between words, none around; case is kept."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).encode()


def unlocker_context(
    *,
    owner: UUID,
    unlocker: UUID,
    kind: UnlockerKind,
    epoch: int,
    parameters: KdfParameters | None,
) -> bytes:
    """Everything the wrap of a vault key belongs to; give it to `wrap_key` and `unwrap_key`."""
    cost = parameters.bound() if parameters else b""
    return bind("unlocker", SUITE, owner, unlocker, kind, epoch, cost)
