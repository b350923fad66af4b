"""What was found in a file that somebody brought: rows to keep, and places that could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from afterglow.core.days import Moment, at_local, moment, zone_named
from afterglow.vault.documents import Document

NOON = 12


class Row(msgspec.Struct, frozen=True):
    """One document as it would be kept; `first` is its beginning, for the preview; `earlier` its history."""

    record: UUID
    kind: str
    v: int
    fields: dict[str, object]
    first: str = ""
    day: date | None = None
    earlier: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A place that was left out: the file, the line (from 1) where it has lines, and a word of `WHY`."""

    source: str
    line: int | None
    why: str


@dataclass(slots=True)
class Found:
    """Rows to keep beside problems: one bad place never costs the rest."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def miss(self, source: str, why: str, line: int | None = None) -> None:
        self.problems.append(Problem(source, line, why))

    def add(
        self,
        document: Document,
        *,
        record: UUID | None = None,
        first: str = "",
        earlier: Sequence[Document] = (),
    ) -> None:
        row = Row(
            record=record or uuid4(),
            kind=document.kind,
            v=document.v,
            fields=msgspec.to_builtins(document),
            first=first,
            day=document.when(),
            earlier=tuple(msgspec.to_builtins(each) for each in earlier),
        )
        self.rows.append(row)

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]


def when(at: datetime, zone: str, *, has_time: bool = True) -> Moment:
    """A moment from what a file says: a day alone becomes noon, a time without zone is in the person's zone."""
    if not has_time:
        return at_local(at.date(), NOON, 0, zone)
    if at.tzinfo is not None:
        return moment(at, _zone_of(at, zone))
    return moment(at.replace(tzinfo=zone_named(zone)), zone)


def _zone_of(at: datetime, zone: str) -> str:
    """The zone's own name where the time carries one; an offset alone has none."""
    if isinstance(at.tzinfo, ZoneInfo):
        return at.tzinfo.key
    return "UTC" if at.tzinfo is UTC and zone == "UTC" else zone
