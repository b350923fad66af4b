"""What it is for and what came of it: why, insight, obstacle, purpose."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from afterglow.vault.documents import Document


class Why(Document, frozen=True, kw_only=True):
    """What all of this is for, in the person's words; earlier words stay in the history."""

    kind: ClassVar[str] = "why"

    why: str = ""
    since: date | None = None

    def when(self) -> date | None:
        return self.since


class Insight(Document, frozen=True, kw_only=True):
    """Something seen, with where it comes from. `strengthen` marks one to come back to on purpose."""

    kind: ClassVar[str] = "insight"

    insight: str = ""
    sitting: UUID | None = None
    entry: UUID | None = None
    theme: str = ""
    strengthen: bool = False
    on: date | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return tuple(each for each in (self.sitting, self.entry) if each)


class Obstacle(Document, frozen=True, kw_only=True):
    """What gets in the way, with an if-then plan. `harm` says that another person does harm: no plan for that."""

    kind: ClassVar[str] = "obstacle"

    obstacle: str = ""
    if_words: str = ""
    then_words: str = ""
    harm: bool = False
    on: date | None = None
    insight: UUID | None = None

    def when(self) -> date | None:
        return self.on

    def linked(self) -> tuple[UUID, ...]:
        return (self.insight,) if self.insight else ()


class Purpose(Document, frozen=True, kw_only=True):
    """Where it may lead, with steps; `steps_done` holds the words of those that are done."""

    kind: ClassVar[str] = "purpose"

    purpose: str = ""
    steps: tuple[str, ...] = ()
    steps_done: tuple[str, ...] = ()
    on: date | None = None

    def when(self) -> date | None:
        return self.on
