"""Small things that must be readable without their owner, such as an address to send to: sealed under the server key.

Leaves out anything a person wrote. Who has the whole data folder has this key too, and SECURITY.md says so.
"""

from uuid import UUID

from django.conf import settings

from afterglow.core.crypto import v1


def seal(text: str, *, purpose: str, owner: UUID) -> bytes:
    """Sealed for one purpose and owner; it opens as nothing else."""
    return v1.seal(
        _key(settings.SERVER_KEY, purpose), v1.pad(text.encode()), _context(purpose, owner)
    )


def unseal(blob: bytes, *, purpose: str, owner: UUID) -> str | None:
    """The text, also under an earlier key of this server; None where another sealed it or somebody changed it."""
    for key in settings.SERVER_KEYS:
        try:
            opened = v1.open_sealed(_key(key, purpose), blob, _context(purpose, owner))
        except v1.NotOpened:
            continue
        return v1.unpad(opened).decode()
    return None


def _key(server_key: bytes, purpose: str) -> bytes:
    return v1.expand(server_key, f"server box {purpose}")


def _context(purpose: str, owner: UUID) -> bytes:
    return v1.bind("server box", purpose, owner)
