"""Answers by file: a page that seals what is typed into it, and reading what comes back.

Nobody can tell who wrote such an answer: it is sealed to its receiver and signed by nobody, and the page says so.
"""

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID

from afterglow.vault import parcels
from afterglow.vault.open_vault import OpenVault

FORM = "afterglow-reply-1"
LONGEST = 200_000


class NotAReply(Exception):
    """This is no answer, or it was sealed for somebody else, or something is missing from it."""


@dataclass(frozen=True, slots=True)
class Blank:
    """To whom an empty reply page seals. Nothing in it is secret."""

    owner: UUID
    key: str


def blank(vault: OpenVault) -> Blank:
    return Blank(vault.owner, parcels.inbox_key(vault).hex())


def read(*, vault: OpenVault, text: str) -> str:
    """The words of a sealed answer. Raises NotAReply."""
    parts = "".join(text.split()).split(":")
    if len(parts) != 3 or parts[0] != FORM or len(text) > LONGEST:
        raise NotAReply
    try:
        blob = base64.b64decode(parts[2], validate=True)
        return parcels.open_unsigned(vault, UUID(parts[1]), blob).decode()
    except (ValueError, binascii.Error, parcels.NotForThisVault) as error:
        raise NotAReply from error
