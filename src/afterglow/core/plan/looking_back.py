"""What may be asked the morning after a sitting, from what was kept of it. It names kept things, never what they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from afterglow.core.content.session_kinds import About, LookBackQuestion

# What is easiest to come back to stands first.
ORDER: tuple[About, ...] = get_args(About)
MORNING = "24h"
POINTS = (MORNING, "72h", "1w")
MORNING_QUESTIONS = 4
# Of the four at most this many are about kept things; the last one leaves everything as it is.
MOST_ABOUT_KEPT = 3


@dataclass(frozen=True, slots=True)
class KeptThing:
    """Something kept of a sitting: what it is, which document, and the person's own words of it, which may be none."""

    about: About
    id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question, and the kept thing that stands above it."""

    question: LookBackQuestion
    kept: KeptThing | None = None

    @property
    def key(self) -> str:
        return self.question.id


def asked_back(
    point: str, kept: Iterable[KeptThing], questions: Sequence[LookBackQuestion]
) -> tuple[AskedBack, ...]:
    """The questions of a point after a sitting, in order; none where nothing was kept."""
    things = sorted(kept, key=lambda each: ORDER.index(each.about))
    fitting = [each for each in questions if each.point == point]
    if not things or not fitting:
        return ()
    if point != MORNING:
        return tuple(AskedBack(each) for each in fitting)
    about_kept = _about(things, fitting)
    of_none = [AskedBack(each) for each in fitting if not each.about]
    last = of_none[-1:]
    middle = of_none[:-1][: max(0, MORNING_QUESTIONS - len(about_kept) - len(last))]
    return (*about_kept, *middle, *last)


def _about(things: list[KeptThing], questions: Sequence[LookBackQuestion]) -> list[AskedBack]:
    """One of each kind first, then more of the same; every question once."""
    first = {each.about: each for each in reversed(things)}
    turns = [*(each for each in things if first[each.about] is each), *things]
    asked: list[AskedBack] = []
    used: set[str] = set()
    for thing in turns:
        question = next((q for q in questions if thing.about in q.about and q.id not in used), None)
        if question is not None and len(asked) < MOST_ABOUT_KEPT:
            used.add(question.id)
            asked.append(AskedBack(question, thing))
    return asked
