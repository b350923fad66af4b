"""What two people who share keep of one another, each in their own vault."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from afterglow.core.days import Moment
from afterglow.core.plan.check_ins import CheckInDay
from afterglow.vault.documents import Document, register

What = Literal["message", "encouragement", "practice", "question", "obstacle", "help"]
State = Literal["proposed", "agreed", "ended"]


class Message(Document, frozen=True, kw_only=True):
    """Something written to `other`, or by them: each side keeps its own copy.

    `about` is the win, goal or obstacle that it is about, `quote` its words then. `practice` is an id of the content
    files. Of an obstacle `quote_if` and `quote_then` are the plan as it stood, `if_words` and `then_words` the plan
    that is suggested: both versions stay.
    """

    kind: ClassVar[str] = "message"
    in_body: ClassVar[frozenset[str]] = frozenset(
        {"text", "quote", "quote_if", "quote_then", "if_words", "then_words"}
    )
    keeps_history: ClassVar[bool] = False

    other: UUID
    mine: bool
    what: What = "message"
    at: Moment
    seen: bool = False
    about: UUID | None = None
    practice: str = ""

    text: str = ""
    quote: str = ""
    quote_if: str = ""
    quote_then: str = ""
    if_words: str = ""
    then_words: str = ""

    def when(self) -> date | None:
        return self.at.day

    def linked(self) -> tuple[UUID, ...]:
        return (self.about,) if self.about else ()


class CheckIns(Document, frozen=True, kw_only=True):
    """Which check-ins were agreed with `other`. `asking` says that this is the side of the care partner.

    `points` are ids of the points after a sitting, `questions` at most two, or none for those of the content files.
    `days` are the agreed days as last told to the other side. Only with `tell_missed` is one that went by named there.
    """

    kind: ClassVar[str] = "check-ins"
    keeps_history: ClassVar[bool] = False

    other: UUID
    asking: bool
    state: State = "proposed"
    points: tuple[str, ...] = ()
    own_days: tuple[date, ...] = ()
    questions: tuple[str, ...] = ()
    tell_missed: bool = False
    since: date | None = None
    days: tuple[CheckInDay, ...] = ()


class CheckInAnswer(Document, frozen=True, kw_only=True):
    """One answered check-in, on the side of who answered and, with `asking`, of who asked.

    `day` is the id of the agreed day. A `skipped` one was left out; nothing of that is told.
    """

    kind: ClassVar[str] = "check-in-answer"
    in_body: ClassVar[frozenset[str]] = frozenset({"questions", "answers"})
    keeps_history: ClassVar[bool] = False

    other: UUID
    asking: bool
    day: str
    on: date
    skipped: bool = False
    seen: bool = False

    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each question with its answer."""
        return tuple(zip(self.questions, self.answers, strict=False))

    def when(self) -> date | None:
        return self.on


class PrivateNote(Document, frozen=True, kw_only=True):
    """A note of the care partner on `about_person`, for themselves: it is in their vault and goes nowhere else."""

    kind: ClassVar[str] = "private-note"
    in_body: ClassVar[frozenset[str]] = frozenset({"text"})

    about_person: UUID
    on: date

    text: str = ""

    def when(self) -> date | None:
        return self.on


class LastLook(Document, frozen=True, kw_only=True):
    """Up to which change the care partner has seen what a person shares. There is one for each person."""

    kind: ClassVar[str] = "last-look"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    person: UUID
    change: int
    on: date


class HelpPartner(Document, frozen=True, kw_only=True):
    """The one partner who may see *I asked for help*, or nobody. There is one such document for each person."""

    kind: ClassVar[str] = "help-partner"
    keeps_history: ClassVar[bool] = False

    partner: UUID | None = None


register(Message, CheckIns, CheckInAnswer, PrivateNote, LastLook, HelpPartner)
