"""What goes from one person to the other inside a sealed parcel, and how much of it is taken."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec

from afterglow.core.plan.check_ins import CheckInDay

KIND: Final = "partner"
LONGEST: Final = 20_000
MOST_DAYS: Final = 400

Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Id = Annotated[str, msgspec.Meta(max_length=80)]
Few = Annotated[tuple[Id, ...], msgspec.Meta(max_length=12)]
What = Literal[
    "message",
    "encouragement",
    "practice",
    "question",
    "obstacle",
    "help",
    "check-ins",
    "check-in-days",
    "check-in-answer",
]


class Sent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is said. Unknown fields of a later version are left out when it is read."""

    what: What
    text: Text = ""
    about: UUID | None = None
    quote: Text = ""
    practice: Id = ""
    quote_if: Text = ""
    quote_then: Text = ""
    if_words: Text = ""
    then_words: Text = ""
    points: Few = ()
    own_days: Annotated[tuple[date, ...], msgspec.Meta(max_length=60)] = ()
    questions: Annotated[tuple[Line, ...], msgspec.Meta(max_length=2)] = ()
    tell_missed: bool = False
    days: Annotated[tuple[CheckInDay, ...], msgspec.Meta(max_length=MOST_DAYS)] = ()
    day: Id = ""
    on: date | None = None
    answers: Annotated[tuple[Text, ...], msgspec.Meta(max_length=2)] = ()


def packed(sent: Sent) -> bytes:
    return msgspec.msgpack.encode(sent)


def unpacked(payload: bytes) -> Sent | None:
    """None for what this version cannot read."""
    try:
        return msgspec.msgpack.decode(payload, type=Sent)
    except msgspec.DecodeError:
        return None
