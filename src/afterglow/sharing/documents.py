"""Who helps, whom one helps, what was given to read and who opened it. The keys for it are not here."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register

# What may be given as a whole, following the days; single entries and one goal are chosen by themselves.
STANDING = ("mood", "measures", "sittings", "effects", "plan", "appointments", "themes", "quotes")


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a grant is about, sealed inside it: both people read the same. Later fields need a default.

    `scopes` are of STANDING; `quotes` are themes with quotes. `name` is what the owner is called there.
    `until` is the last day as the owner chose it; the grant itself ends in the night after it.
    """

    scopes: tuple[str, ...] = ()
    entries: tuple[UUID, ...] = ()
    goal: UUID | None = None
    name: str = ""
    words: str = ""
    until: date | None = None


class CarePartner(Document, frozen=True, kw_only=True):
    """Someone who was invited to help. `person` is empty until the invitation was taken up.

    `shown_name` is what they see in place of a name. `ended_on` is the day on which all was stopped for good.
    """

    kind: ClassVar[str] = "care-partner"

    name: str
    shown_name: str = ""
    invitation: UUID | None = None
    person: UUID | None = None
    since: date | None = None
    ended_on: date | None = None

    def when(self) -> date | None:
        return self.since


class HelpedPerson(Document, frozen=True, kw_only=True):
    """Someone who invited the holder of this vault to help; `name` is the holder's own word for them."""

    kind: ClassVar[str] = "helped-person"

    person: UUID
    name: str = ""
    since: date | None = None
    ended_on: date | None = None

    def when(self) -> date | None:
        return self.since


class Share(Document, frozen=True, kw_only=True):
    """What was given to whom, from when until when: its id is the grant's, and it outlives the grant's keys."""

    kind: ClassVar[str] = "share"

    partner: UUID
    terms: Terms
    starts: datetime
    ends: datetime
    on: date
    ended_on: date | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.partner,)


class Opening(Document, frozen=True, kw_only=True):
    """Someone looked at what was given to them: which grant, when, which parts were on the page."""

    kind: ClassVar[str] = "opening"
    keeps_history: ClassVar[bool] = False

    grant: UUID
    at: Moment
    parts: tuple[str, ...] = ()

    def when(self) -> date | None:
        return self.at.day

    def linked(self) -> tuple[UUID, ...]:
        return (self.grant,)


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words of an entry, as they may be shown with a theme."""

    entry: UUID
    day: date
    words: str


class ThemeShown(Document, frozen=True, kw_only=True):
    """One theme as it may be shown to someone, with or without its quotes; written by its owner's session."""

    kind: ClassVar[str] = "theme-shown"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    theme: str
    name: str
    kind_of: str = "theme"
    entries: int = 0
    sittings: int = 0
    course: str = ""
    first: date | None = None
    latest: date | None = None
    pinned: bool = False
    with_quotes: bool = False
    quotes: tuple[Quote, ...] = ()


register(CarePartner, HelpedPerson, Share, Opening, ThemeShown)
