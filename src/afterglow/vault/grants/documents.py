"""What a vault remembers so that sharing is safe: known keys of others, grants held, and narrowed copies of documents."""

from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from afterglow.vault.documents import Document, as_body, as_head, register

PINS = UUID("0a1f6f2e-3c6b-4d5f-9a57-6f0f1c2d7b11")
HELD = UUID("0a1f6f2e-3c6b-4d5f-9a57-6f0f1c2d7b12")
PROJECTIONS = UUID("0a1f6f2e-3c6b-4d5f-9a57-6f0f1c2d7b13")


class Pinned(Document, frozen=True, kw_only=True):
    """The public keys of another person as they were first met; `compared_on` once the eight words were the same."""

    kind: ClassVar[str] = "pinned"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    person: UUID
    kem_public: bytes
    sign_public: bytes
    inbox_public: bytes
    signature: bytes
    met_on: date | None = None
    compared_on: date | None = None


class HeldGrant(Document, frozen=True, kw_only=True):
    """A grant as last opened by the person it was given to: an earlier version of it is never taken again."""

    kind: ClassVar[str] = "held-grant"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    grant: UUID
    owner: UUID
    version: int
    over: bool = False


class Projection(Document, frozen=True, kw_only=True):
    """A document with less in it, written by its owner's session for a scope narrower than the document.

    It stands for `of`: who was granted it finds a document of the real kind under the real id.
    """

    kind: ClassVar[str] = "projection"
    in_body: ClassVar[frozenset[str]] = frozenset({"body"})
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    of: UUID
    form: str
    head: bytes

    body: bytes = b""

    def linked(self) -> tuple[UUID, ...]:
        return (self.of,)


def projection(of: UUID, form: str, narrowed: Document) -> Projection:
    return Projection(of=of, form=form, head=as_head(narrowed), body=as_body(narrowed))


def projection_id(of: UUID, form: str) -> UUID:
    return uuid5(PROJECTIONS, f"{of.hex} {form}")


register(Pinned, HeldGrant, Projection)
