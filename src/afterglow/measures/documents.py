"""A mood tap, and one filled-in questionnaire."""

from datetime import date
from typing import ClassVar

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register

LEVELS = (1, 3, 5, 7, 9)


class CheckIn(Document, frozen=True, kw_only=True):
    """How it is: one of five worded levels on a 0-10 scale, with feelings that are not a level."""

    kind: ClassVar[str] = "check-in"

    at: Moment
    level: int
    feelings: tuple[str, ...] = ()
    words: str = ""

    def when(self) -> date:
        return self.at.day


class Answers(Document, frozen=True, kw_only=True):
    """One questionnaire as answered. `mode` keeps paper and program apart, since people answer them differently."""

    kind: ClassVar[str] = "answers"

    at: Moment
    instrument: str
    version: str = ""
    answers: tuple[int | None, ...] = ()
    total: int | None = None
    band: str = ""
    missing: int = 0
    prorated: bool = False
    item9: int | None = None
    mode: str = "program"

    def when(self) -> date:
        return self.at.day


register(CheckIn, Answers)
