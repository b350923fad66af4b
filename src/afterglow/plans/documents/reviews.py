"""Looking back on a week or a month, in the person's words."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from afterglow.vault.documents import Document

Span = Literal["week", "month"]


class BecameOf(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one insight."""

    insight: UUID
    words: str


class Review(Document, frozen=True, kw_only=True):
    """Every line may be empty. A week has `helped`, `in_the_way` and `change`; a month has the others too."""

    kind: ClassVar[str] = "review"
    in_body: ClassVar[frozenset[str]] = frozenset(
        {"helped", "in_the_way", "change", "progress", "realised", "before", "after"}
    )

    on: date
    span: Span = "week"
    became: tuple[BecameOf, ...] = ()

    helped: str = ""
    in_the_way: str = ""
    change: str = ""
    progress: str = ""
    realised: str = ""
    before: str = ""
    after: str = ""

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return tuple(each.insight for each in self.became)
