"""People, appointments and letters."""

from datetime import date
from typing import ClassVar

from afterglow.core.days import Moment
from afterglow.vault.documents import Document


class Person(Document, frozen=True, kw_only=True):
    """Someone to turn to, and whether they may be told about all this."""

    kind: ClassVar[str] = "person"

    name: str = ""
    role: str = ""
    phone: str = ""
    may_be_told: bool = False
    helps: str = ""


class Appointment(Document, frozen=True, kw_only=True):
    """A meeting with someone who helps: what to bring up, what was said, what was agreed.

    `since_last`, `came_up`, `what_changed`, `measured`, `to_mention` and `to_ask` are the one page to take along,
    as the person left it.
    """

    kind: ClassVar[str] = "appointment"
    in_body: ClassVar[frozenset[str]] = frozenset(
        {
            "prepare",
            "notes",
            "since_last",
            "came_up",
            "what_changed",
            "measured",
            "to_mention",
            "to_ask",
        }
    )

    day: date
    clock: str = ""
    who: str = ""
    place: str = ""
    agreed: tuple[str, ...] = ()
    held: bool = False

    prepare: str = ""
    notes: str = ""
    came_up: str = ""
    what_changed: str = ""
    measured: str = ""
    to_ask: str = ""
    since_last: str = ""
    to_mention: str = ""

    def when(self) -> date | None:
        return self.day


class Letter(Document, frozen=True, kw_only=True):
    """A letter to oneself, to be read from `open_on`; until then it is closed out of courtesy, no more."""

    kind: ClassVar[str] = "letter"
    in_body: ClassVar[frozenset[str]] = frozenset({"text"})

    open_on: date
    written: Moment | None = None
    title: str = ""
    opened_on: date | None = None

    text: str = ""

    def when(self) -> date | None:
        return self.open_on
