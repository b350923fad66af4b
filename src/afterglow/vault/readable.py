"""What a query needs of a vault: reading, and no more. A person's own vault and one that was granted both have it."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

from afterglow.vault.documents import D, Stored

T = TypeVar("T")


class Readable(Protocol):
    """One person's documents, all of them or those that were granted."""

    @property
    def owner(self) -> UUID: ...

    @property
    def seen(self) -> int: ...

    def get(self, kind: type[D], record: UUID) -> Stored[D]:
        """The whole document. Raises NotHere."""
        ...

    def head(self, kind: type[D], record: UUID) -> Stored[D]:
        """The document without its body. Raises NotHere."""
        ...

    def heads(self, kind: type[D]) -> list[Stored[D]]: ...

    def all(self, kind: type[D]) -> list[Stored[D]]: ...

    def whole(self, heads: list[Stored[D]]) -> list[Stored[D]]: ...

    def held(self, name: str) -> object | None: ...

    def hold(self, name: str, value: object) -> None: ...

    def memo(self, name: str, make: Callable[[], T]) -> T: ...
