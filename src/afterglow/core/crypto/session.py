"""Keeps a vault key closed between two requests: it opens only with the browser's half and the half
that lives in the server's memory. Where the halves are kept is not known here.
"""

import os
from typing import Final
from uuid import UUID

from afterglow.core.crypto.binding import SUITE, bind
from afterglow.core.crypto.envelope import (
    KEY_BYTES,
    Random,
    exactly,
    extract_and_expand,
    open_sealed,
    seal,
)
from afterglow.core.crypto.errors import NotOpened

HALF_BYTES: Final = 32


def session_key(cookie_half: bytes, memory_half: bytes, session_id: bytes) -> bytes:
    """The 32-byte key of one session, from both halves (32 bytes each)."""
    return extract_and_expand(
        exactly(cookie_half, HALF_BYTES),
        exactly(memory_half, HALF_BYTES),
        label="session",
        context=bind(SUITE, session_id),
    )


def seal_session(
    key: bytes, vault_key: bytes, *, owner: UUID, epoch: int, random: Random = os.urandom
) -> bytes:
    """Seal the vault key for one session: always 60 bytes."""
    aad = bind("session", SUITE, owner, epoch)
    return seal(key, exactly(vault_key, KEY_BYTES), aad, random=random)


def open_session(key: bytes, box: bytes, *, owner: UUID, epoch: int) -> bytes:
    """The vault key of this session, or NotOpened."""
    vault_key = open_sealed(key, box, bind("session", SUITE, owner, epoch))
    if len(vault_key) != KEY_BYTES:
        raise NotOpened
    return vault_key
