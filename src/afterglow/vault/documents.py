"""The base of every typed document, the register of kinds, and how a document becomes head and body.

Leaves out what any document means (its capability knows) and how it is sealed (`vault.records`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec

Fields = dict[str, Any]
_KINDS: dict[str, type["Document"]] = {}


# Values never hold themselves in a circle, so the collector need not walk through ten thousand of them at an unlock.
class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A small typed value. Every field added later has a default, so old records always open.

    `in_body` names the fields opened on demand; they too have defaults. All others are in the head,
    which is opened for every list. `upcasters[n]` turns the fields of version n into those of n + 1.
    """

    kind: ClassVar[str] = ""
    v: ClassVar[int] = 1
    in_body: ClassVar[frozenset[str]] = frozenset()
    keeps_history: ClassVar[bool] = True
    exported: ClassVar[bool] = True
    upcasters: ClassVar[dict[int, Callable[[Fields], Fields]]] = {}

    def when(self) -> date | None:
        """The day that a list sorts by; None where the order of writing is enough."""
        return None

    def linked(self) -> tuple[UUID, ...]:
        """The documents that this one names."""
        return ()


D = TypeVar("D", bound=Document)


class Unread(Document, frozen=True, kw_only=True):
    """A document of an unknown kind or a newer version: shown and exported as it is, never changed."""

    kind: ClassVar[str] = "unread"
    real_kind: str = ""
    real_v: int = 0
    fields: Fields = {}


@dataclass(frozen=True, slots=True)
class Stored(Generic[D]):
    """A document with its place in the vault. `whole` is False where the body was not opened."""

    id: UUID
    rev: int
    change: int
    document: D
    whole: bool = True


def register(*kinds: type[Document]) -> None:
    """Make kinds of documents known; called once at the end of a capability's documents module."""
    for cls in kinds:
        known = _KINDS.setdefault(cls.kind, cls)
        if known.__qualname__ != cls.__qualname__ or not cls.kind:
            raise ValueError(f"two documents claim the kind {cls.kind!r}")


def known_kinds() -> dict[str, type[Document]]:
    return dict(_KINDS)


def as_head(document: Document) -> bytes:
    """Kind, version and head fields, as MessagePack."""
    if isinstance(document, Unread):
        raise TypeError("a document of an unknown kind is read-only")
    fields = msgspec.to_builtins(document)
    head = {name: value for name, value in fields.items() if name not in document.in_body}
    return msgspec.msgpack.encode({"k": document.kind, "v": document.v, "f": head})


def as_body(document: Document) -> bytes:
    """The fields opened on demand, as MessagePack; empty where there are none."""
    if not document.in_body:
        return b""
    fields = msgspec.to_builtins(document)
    return msgspec.msgpack.encode({name: fields[name] for name in sorted(document.in_body)})


_HEAD = msgspec.msgpack.Decoder(dict[str, Any])


@cache
def _types(cls: type[Document]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(cls)}


def head_only(stored: Stored[Document]) -> Stored[Document]:
    """Bodies are not kept in memory: what is remembered is what an unlock would have opened."""
    if not stored.document.in_body:
        return stored
    return Stored(stored.id, stored.rev, stored.change, read(as_head(stored.document)), whole=False)


def with_body(document: D, body: bytes) -> D:
    """The whole document, where its head is already open and of the present version."""
    if not body:
        return document
    types = _types(type(document))
    fields = {
        name: msgspec.convert(value, types[name])
        for name, value in _HEAD.decode(body).items()
        if name in types
    }
    return msgspec.structs.replace(document, **fields)


def read(head: bytes, body: bytes | None = None) -> Document:
    """The document of a head, and of a body where one is given; `Unread` for what is not known here."""
    opened = _HEAD.decode(head)
    fields = opened["f"]
    if body:
        fields = fields | _HEAD.decode(body)
    cls = _KINDS.get(opened["k"])
    if cls is None or opened["v"] > cls.v:
        return Unread(real_kind=opened["k"], real_v=opened["v"], fields=fields)
    for version in range(opened["v"], cls.v):
        fields = cls.upcasters[version](fields)
    return msgspec.convert(fields, cls)
