"""One question and a few small things for a day. Transparent: filtered by phase, turned by the date, never at random."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from afterglow.core.content.kinds import Practice, Question
from afterglow.core.plan.phase import Place

T = TypeVar("T")

# Never on Today, where somebody else may look over a shoulder: these are found only by going there.
ONLY_WHEN_SOUGHT = frozenset({"boundaries-quiet-way-to-safety"})


def question_of(
    today: date, place: Place, questions: Sequence[Question], *, not_now: Collection[str] = ()
) -> Question | None:
    """The day's question: fitting the phase and its stages, not the ones put off today; the same all day."""
    if not place.stages:
        return None
    phase = {"quiet": "monthly"}.get(place.phase, place.phase)
    fitting = [
        question
        for question in questions
        if question.stage in place.stages
        and phase in question.phases
        and question.id not in not_now
    ]
    if not fitting:
        fitting = [q for q in questions if q.stage in place.stages and q.id not in not_now]
    return _turn(today, fitting)


def practices_of(
    today: date,
    place: Place,
    practices: Sequence[Practice],
    *,
    most: int,
    not_now: Collection[str] = (),
    unsuitable: Collection[str] = (),
) -> list[Practice]:
    """Up to `most` practices of different forms that fit the phase; none with a caution that applies."""
    phase = {"quiet": "monthly"}.get(place.phase, place.phase)
    fitting = [
        practice
        for practice in practices
        if phase in practice.phases
        and practice.id not in not_now
        and practice.id not in ONLY_WHEN_SOUGHT
        and not set(practice.cautions) & set(unsuitable)
    ]
    chosen: list[Practice] = []
    while fitting and len(chosen) < most:
        pick = _turn(today, fitting)
        if pick is None:
            break
        chosen.append(pick)
        fitting = [
            practice for practice in fitting if practice.form not in {c.form for c in chosen}
        ]
    return chosen


def _turn(today: date, options: Sequence[T]) -> T | None:
    """A different one each day, in a fixed order, so that the same day is always the same."""
    return options[today.toordinal() % len(options)] if options else None
