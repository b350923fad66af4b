"""What was said of the things that were offered: practices, questions, check-ins with oneself, programmes."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from afterglow.vault.documents import Document, register

Ending = Literal["", "left", "finished"]


class PracticeNote(Document, frozen=True, kw_only=True):
    """One practice as lived: the days on which it was done, helped, did not help, or was put off.

    There is one note for each practice. From `never_since` on it is not offered again.
    """

    kind: ClassVar[str] = "practice-note"
    keeps_history: ClassVar[bool] = False

    practice: str = ""
    done_on: tuple[date, ...] = ()
    helped_on: tuple[date, ...] = ()
    no_help_on: tuple[date, ...] = ()
    put_off_on: tuple[date, ...] = ()
    never_since: date | None = None


class QuestionNote(Document, frozen=True, kw_only=True):
    """One question as met: the days on which it was put off. From `never_since` on it is not asked again."""

    kind: ClassVar[str] = "question-note"
    keeps_history: ClassVar[bool] = False

    question: str = ""
    put_off_on: tuple[date, ...] = ()
    never_since: date | None = None


class OwnCheckIn(Document, frozen=True, kw_only=True):
    """A check-in with oneself at one of the points after a sitting; `point` is an id of the content files.

    Where it built on what was kept, its answers are entries of their own, named by `entries`.
    """

    kind: ClassVar[str] = "own-check-in"
    in_body: ClassVar[frozenset[str]] = frozenset({"answers"})

    point: str = ""
    sitting: UUID | None = None
    on: date
    skipped: bool = False
    entries: tuple[UUID, ...] = ()

    answers: tuple[str, ...] = ()

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return (*([self.sitting] if self.sitting else []), *self.entries)


class JoinedProgramme(Document, frozen=True, kw_only=True):
    """A guided programme that was joined: on the day `since` it stood at its day `at_day`."""

    kind: ClassVar[str] = "joined-programme"
    keeps_history: ClassVar[bool] = False

    programme: str = ""
    joined_on: date
    since: date
    at_day: int = 0
    paused_on: date | None = None
    ended_on: date | None = None
    ended: Ending = ""

    def when(self) -> date | None:
        return self.joined_on


class KeptGoal(msgspec.Struct, frozen=True, kw_only=True):
    """A goal that had grown stale and was kept as it is on a day."""

    goal: UUID
    on: date


class Rhythm(Document, frozen=True, kw_only=True):
    """What Today remembers beyond a day. There is one such document for each person.

    `why_offered_on` is the last day on which *why you began* was offered. `reflect_after` names the hard
    sitting after which the person asked for questions again.
    """

    kind: ClassVar[str] = "rhythm"
    keeps_history: ClassVar[bool] = False

    why_offered_on: date | None = None
    reflect_after: UUID | None = None
    kept_goals: tuple[KeptGoal, ...] = ()


register(PracticeNote, QuestionNote, OwnCheckIn, JoinedProgramme, Rhythm)
