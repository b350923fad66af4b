"""The chosen small things with the words that stand on the page."""

from dataclasses import dataclass
from uuid import UUID

from afterglow.core.content.kinds import Practice
from afterglow.core.plan.choose import Thing
from afterglow.core.plan.person import Kind, Reason
from afterglow.journal.documents import Entry
from afterglow.plans.documents import Appointment, Goal, Habit, Insight, Purpose, SelfCare
from afterglow.vault.documents import D
from afterglow.vault.open_vault import NotHere, OpenVault


@dataclass(frozen=True, slots=True)
class ShownThing:
    """`title` is the person's own word or the practice's name; `small` its first tiny version."""

    kind: Kind
    id: str
    why: Reason
    title: str
    small: str = ""
    minutes: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def record(self) -> str:
        """The id of the document behind it; a step has its number after it."""
        return self.id.partition(".")[0]


def shown(vault: OpenVault, things: tuple[Thing, ...]) -> list[ShownThing]:
    """What is gone meanwhile is left out."""
    found = (_shown(vault, thing) for thing in things)
    return [each for each in found if each is not None]


def _shown(vault: OpenVault, thing: Thing) -> ShownThing | None:
    if thing.practice is not None:
        return _practice(thing, thing.practice)
    title, small = _words(vault, thing)
    if title is None:
        return None
    return ShownThing(thing.kind, thing.id, thing.why, title, small)


def _practice(thing: Thing, practice: Practice) -> ShownThing:
    return ShownThing(
        "practice", practice.id, thing.why, practice.title, practice.first_tiny, practice.minutes
    )


def _words(vault: OpenVault, thing: Thing) -> tuple[str | None, str]:
    match thing.kind:
        case "goal" | "stale":
            goal = _head(vault, Goal, thing.id)
            return (goal.text, goal.tiny) if goal else (None, "")
        case "habit":
            habit = _head(vault, Habit, thing.id)
            return (habit.text, habit.tiny) if habit else (None, "")
        case "self-care":
            care = _head(vault, SelfCare, thing.id)
            return (care.text, "") if care else (None, "")
        case "insight":
            insight = _head(vault, Insight, thing.id)
            return (insight.insight, insight.practise) if insight else (None, "")
        case "step":
            record, _, number = thing.id.partition(".")
            purpose = _head(vault, Purpose, record)
            return (purpose.steps[int(number)], "") if purpose else (None, "")
        case "voice":
            note = _head(vault, Entry, thing.id)
            return (str(thing.id), "") if note else (None, "")
        case "appointment":
            meeting = _head(vault, Appointment, thing.id)
            return (meeting.who, meeting.clock) if meeting else (None, "")
    return "", ""


def _head(vault: OpenVault, kind: type[D], record: str) -> D | None:
    try:
        return vault.head(kind, UUID(record)).document
    except NotHere:
        return None
