"""What each kind of content is made of. Every one carries its source and licence; none holds a rule."""

from typing import Literal

import msgspec

from afterglow.core.content.blocks import Block, Section, blocks_of, sections_of

Group = Literal[
    "journaling",
    "talk",
    "art",
    "music",
    "poetry",
    "dance",
    "lifestyle",
    "nature",
    "breath-body",
    "first-days",
    "hard-evening",
    "boundaries",
    "self-kindness",
]
Form = Literal["talk", "journal", "create", "lifestyle"]
Domain = Literal["mind", "body", "spirit", "relationships", "lifestyle", "nature"]
Phase = Literal["rest", "dense", "daily", "weekly", "monthly", "prepare", "hard", "series"]
Stage = Literal["narrate", "notice", "matters", "act", "look-back"]
Purpose = Literal[
    "images",
    "messages",
    "feelings",
    "body",
    "people",
    "stuck",
    "challenges",
    "meaning",
    "patterns",
    "gratitude",
    "looking-back",
]
Door = Literal["", "tomorrow", "home", "series", "while-ago"]


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every piece of content says about itself."""

    id: str
    source: str
    licence: str


class Practice(Content, frozen=True, kw_only=True):
    """Something to do. `minutes` is how long it takes, `energy` 1 (little) to 3."""

    title: str
    group: Group
    form: Form
    domain: Domain
    phases: tuple[Phase, ...]
    minutes: int
    energy: int
    evidence: str
    first_tiny: str
    text: str
    cautions: tuple[str, ...] = ()
    timer: int | None = None
    image_prompt: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.text)


class Question(Content, frozen=True, kw_only=True):
    """One question for guided writing, with a soft line under it."""

    text: str
    phases: tuple[Phase, ...]
    stage: Stage
    purpose: Purpose
    hint: str = ""


class ProgrammeDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one day of a programme offers: ids of a question and a practice, and a note."""

    day: int
    question: str = ""
    practice: str = ""
    note: str = ""


class Programme(Content, frozen=True, kw_only=True):
    """A guided way through a stretch of days. `counts` says by what its days go, its own unless a sitting's."""

    title: str
    what: str
    days: tuple[ProgrammeDay, ...]
    counts: Literal["own", "since-sitting", "until-sitting"] = "own"


class OwnCheck(Content, frozen=True, kw_only=True):
    """A check-in with oneself at a point after a sitting: a question or two, and a kind word."""

    title: str
    questions: tuple[str, ...]
    kind_word: str


class SafetyPart(Content, frozen=True, kw_only=True):
    """One part of a plan for hard hours: its heading, what it asks, and what somebody may have written."""

    title: str
    question: str
    hint: str
    example: str


class Coping(Content, frozen=True, kw_only=True):
    """Something for a hard evening that asks for little."""

    title: str
    minutes: int
    text: str
    first_tiny: str
    energy: int = 1
    cautions: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.text)


class Grounding(Content, frozen=True, kw_only=True):
    """A way to come back to the room, step by step; it stands still and can be stopped anywhere."""

    title: str
    what: str
    minutes: int
    steps: tuple[str, ...]
    note: str = ""


class Exercise(Grounding, frozen=True, kw_only=True):
    """Something to do on the page or away from it; the steps are a whole exercise without any script."""


class Page(Content, frozen=True, kw_only=True):
    """A page of words with headed sections."""

    title: str
    lead: str
    sections: tuple[Section, ...]


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a statement comes from."""

    title: str
    year: int | None = None
    where: str = ""
    doi: str = ""
    pmc: str = ""
    says: str = ""


class KnowPage(Content, frozen=True, kw_only=True):
    """A part of *Know first*, or the short guide behind one of the four doors."""

    title: str
    lead: str
    order: int
    body: str
    door: Door = ""
    references: tuple[Reference, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections_of(self.body)


class ReminderWord(Content, frozen=True, kw_only=True):
    """A fixed neutral sentence of a reminder, or a word around it."""

    text: str
    use: Literal["sentence", "subject", "stop", "calendar", "push"]


class Trouble(Content, frozen=True, kw_only=True):
    """Something that does not work, and what helps; words in braces are filled in with a name, a number or a path."""

    text: str
    helps: str


class KindWord(Content, frozen=True, kw_only=True):
    """A quiet line after something was done. Only those marked `hard_days` are shown on one."""

    text: str
    after: Literal["win", "check-in", "entry", "gap", "enough"]
    hard_days: bool = False


class Tick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One point of a checklist."""

    id: str
    text: str
    why: str = ""


class Checklist(Content, frozen=True, kw_only=True):
    """Points to tick off, or a page to hand over to somebody."""

    title: str
    lead: str
    points: tuple[Tick, ...]
    hand_over: bool = False
    close: str = ""


class Named(Content, frozen=True, kw_only=True):
    """A choice on a form: a word and a plain line about it. `group` orders long lists."""

    name: str
    line: str = ""
    group: str = ""
    ask_clinic: bool = False


class WorksheetStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question on a screen of its own."""

    key: str
    title: str
    question: str
    hint: str = ""
    example: str = ""


class Worksheet(Content, frozen=True, kw_only=True):
    """A few questions in a row that end in something kept."""

    title: str
    lead: str
    closing: str
    steps: tuple[WorksheetStep, ...]


class Value(Content, frozen=True, kw_only=True):
    """A card with something that may matter."""

    word: str
    line: str


class LetterIdea(Content, frozen=True, kw_only=True):
    """A beginning for a letter to oneself, and after how many days it may be opened."""

    title: str
    opening: str
    hint: str
    open_after_days: int


class HabitArea(Content, frozen=True, kw_only=True):
    """What a habit can be about, with a few first tiny versions."""

    name: str
    line: str
    tiny: tuple[str, ...]
