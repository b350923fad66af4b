"""The recovery code a person keeps on paper: 160 bits, written so that it survives handwriting. What
the code opens is not known here.
"""

import os
import unicodedata
from typing import Final

from afterglow.core.crypto.envelope import Random

CODE_BYTES: Final = 20
SIGNS: Final = 32
GROUPS: Final = 8
SIGNS_PER_GROUP: Final = 4
# Crockford's base 32: no I, L, O and U, because they look like other signs.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS_PER_SIGN: Final = 5
_LOOK_ALIKES = str.maketrans("OIL", "011")
_DASHES = str.maketrans("‐‑‒–—−_.,/", "-" * 10)


class CodeNotRead(ValueError):
    """What was typed is not a whole recovery code. `group` is 1 to 8, or 0 for the code as a whole."""

    def __init__(self, reason: str, *, group: int) -> None:
        super().__init__(reason)
        self.group = group


def new_recovery_code(random: Random = os.urandom) -> str:
    """A fresh code: 8 groups of 4 signs joined by dashes."""
    return write_recovery_code(random(CODE_BYTES))


def write_recovery_code(secret: bytes) -> str:
    """The 20 bytes as a person sees them."""
    if len(secret) != CODE_BYTES:
        raise ValueError("a recovery code has 20 bytes")
    number = int.from_bytes(secret, "big")
    places = range(BITS_PER_SIGN * (SIGNS - 1), -1, -BITS_PER_SIGN)
    signs = "".join(ALPHABET[(number >> place) % len(ALPHABET)] for place in places)
    return "-".join(signs[i : i + SIGNS_PER_GROUP] for i in range(0, SIGNS, SIGNS_PER_GROUP))


def read_recovery_code(text: str) -> bytes:
    """The 20 bytes of a typed code; case, spaces, dashes and look-alikes are forgiven.

    A code that cannot be whole is a CodeNotRead (a ValueError) which says where to look.
    """
    groups = _groups(text)
    _refuse_strange_signs(groups)
    _refuse_wrong_length(groups)
    number = 0
    for sign in "".join(groups):
        number = number << BITS_PER_SIGN | ALPHABET.index(sign)
    return number.to_bytes(CODE_BYTES, "big")


def _groups(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).upper().translate(_LOOK_ALIKES)
    groups = plain.replace("-", " ").split()
    if any(len(group) > SIGNS_PER_GROUP for group in groups):
        # Typed without breaks, or with breaks of one's own: count off groups as they are printed.
        joined = "".join(groups)
        groups = [joined[i : i + SIGNS_PER_GROUP] for i in range(0, len(joined), SIGNS_PER_GROUP)]
    return groups


def _refuse_strange_signs(groups: list[str]) -> None:
    for number, group in enumerate(groups, start=1):
        strange = next((sign for sign in group if sign not in ALPHABET), None)
        if strange is not None:
            reason = f"Group {number} has the sign “{strange}”, which this code never uses."
            raise CodeNotRead(reason, group=min(number, GROUPS))


def _refuse_wrong_length(groups: list[str]) -> None:
    if sum(map(len, groups)) == SIGNS:
        return
    for number, group in enumerate(groups, start=1):
        if len(group) < SIGNS_PER_GROUP and number <= GROUPS:
            reason = f"Group {number} is too short: it has {len(group)} of {SIGNS_PER_GROUP} signs."
            raise CodeNotRead(reason, group=number)
    if len(groups) < GROUPS:
        reason = f"The code has {GROUPS} groups of {SIGNS_PER_GROUP} signs; here are {len(groups)}."
    else:
        reason = f"The code has {SIGNS} signs in {GROUPS} groups; here are more."
    raise CodeNotRead(reason, group=0)
