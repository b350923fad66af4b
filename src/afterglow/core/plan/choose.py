"""One question and one to three small things for a day, each with why. Transparent, and never at random.

What is due comes first, then practices by their score; equals are turned by the day. The phase says how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from afterglow.core.content.kinds import Practice, Question
from afterglow.core.plan.person import NOTHING_SAID, Due, Kind, Person, Reason
from afterglow.core.plan.phase import NARRATE_ONLY_DAYS, Place
from afterglow.core.plan.score import Lived, lived, parts_of, reason_of, total

T = TypeVar("T")

# Never on Today, where somebody else may look over a shoulder: these are found only by going there.
ONLY_WHEN_SOUGHT = frozenset({"boundaries-quiet-way-to-safety"})
ASKED_AGAIN_AFTER_DAYS = 60
PURPOSE_DAYS = 14
# For someone for whom nothing came up: questions that do not suppose that something did.
WITHOUT_A_STORY = frozenset({"feelings", "body", "people", "challenges", "gratitude"})
STAGES_WITHOUT_A_STORY = ("notice", "matters", "act")


@dataclass(frozen=True, slots=True)
class Thing:
    """One small thing: something due, or a practice."""

    kind: Kind
    id: str
    why: Reason
    practice: Practice | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a day offers; either may be absent."""

    question: Question | None = None
    question_why: Reason | None = None
    things: tuple[Thing, ...] = ()


def choose(
    place: Place,
    person: Person,
    *,
    questions: Sequence[Question],
    practices: Sequence[Practice],
    due: Sequence[Due] = (),
) -> Choice:
    """The same for the same inputs. `due` comes in the order of its urgency.

    In low-energy mode one thing is asked: a question, or, where there is none, one small thing.
    """
    question, why = _question(place, person, questions)
    most = place.most_things
    if person.low_energy:
        most = 0 if question or place.phase == "rest" else 1
    slots = max(0, most - person.handled)
    return Choice(question, why, _things(place, person, practices, due, slots))


def _things(
    place: Place, person: Person, practices: Sequence[Practice], due: Sequence[Due], slots: int
) -> tuple[Thing, ...]:
    """Due things first, yet one place is kept for a practice where there are two or more."""
    if slots == 0:
        return ()
    waiting = [each for each in due if each.id not in person.put_off]
    for_due = slots if slots == 1 else slots - 1
    taken = [Thing(each.kind, each.id, each.why) for each in waiting[:for_due]]
    chosen = _practices(place, person, practices, slots - len(taken))
    left = slots - len(taken) - len(chosen)
    more = [
        Thing(each.kind, each.id, each.why) for each in waiting[for_due : for_due + max(left, 0)]
    ]
    return (*taken, *more, *chosen)


def _practices(
    place: Place, person: Person, practices: Sequence[Practice], most: int
) -> list[Thing]:
    """The best by score, each of another form as long as there is one."""
    had = lived(practices, person.practices, place.day)
    from_programme = _of_programme(place, person, practices)
    ranked = [*from_programme, *_ranked(place, person, practices, had)]
    chosen: list[Thing] = []
    while ranked and len(chosen) < most:
        forms = {thing.practice.form for thing in chosen if thing.practice}
        taken = {thing.id for thing in chosen}
        ranked = [thing for thing in ranked if thing.id not in taken]
        others = [thing for thing in ranked if thing.practice and thing.practice.form not in forms]
        chosen += (others or ranked)[:1]
    return chosen


def _of_programme(place: Place, person: Person, practices: Sequence[Practice]) -> list[Thing]:
    return [
        Thing("programme", each.id, Reason("programme", name=person.programme), each)
        for each in practices
        if each.id == person.programme_practice
        and may_be_offered(each, person)
        and not _settled(each, place, person)
    ]


def _ranked(place: Place, person: Person, practices: Sequence[Practice], had: Lived) -> list[Thing]:
    """All that fit, the highest score first; equals begin with another one in each stretch."""
    fitting = [
        each
        for each in practices
        if place.practice_phases & set(each.phases)
        and may_be_offered(each, person)
        and not _settled(each, place, person)
    ]
    turned = _turned(fitting, place.offers_since.toordinal())
    scored = [(each, parts_of(each, place, person, had)) for each in turned]
    scored.sort(key=lambda pair: -total(pair[1]))
    # Where nothing lifted, the days are days like others, and are named so.
    phase = "daily" if person.nothing_lifted else place.phase
    return [
        Thing("practice", each.id, reason_of(each, parts, phase), each) for each, parts in scored
    ]


def may_be_offered(practice: Practice, person: Person) -> bool:
    """Not what was dismissed, is unsuitable, or is only for those who look for it."""
    return (
        practice.id not in ONLY_WHEN_SOUGHT
        and not person.said_of(practice.id).never
        and not set(practice.cautions) & person.unsuitable
        and not (person.nothing_lifted and practice.image_prompt)
    )


def _settled(practice: Practice, place: Place, person: Person) -> bool:
    """Done or put off in this stretch of days: a day at first, later a week."""
    said = person.said_of(practice.id)
    return practice.id in person.put_off or any(
        day >= place.offers_since for day in (*said.done, *said.put_off)
    )


def _question(
    place: Place, person: Person, questions: Sequence[Question]
) -> tuple[Question | None, Reason | None]:
    """One in each stretch of days: the programme's if it fits, else the least worn one."""
    stages = STAGES_WITHOUT_A_STORY if person.nothing_lifted and place.stages else place.stages
    if not stages or _was_asked(place, person):
        return None, None
    open_ones = [each for each in questions if _may_be_asked(each, stages, person)]
    for each in open_ones:
        if each.id == person.programme_question and place.asks_every == "day":
            return each, Reason("programme", name=person.programme)
    fitting = [each for each in open_ones if place.question_phases & set(each.phases)]
    turned = _turned(fitting or open_ones, place.asks_since.toordinal())
    if not turned:
        return None, None
    used = _purposes_lately(place, person, questions)
    best = min(turned, key=lambda each: (_worn(each, place, person), used.count(each.purpose)))
    return best, Reason(_stage_reason(best.stage, place))


def _was_asked(place: Place, person: Person) -> bool:
    """Whether a question was answered or put off in this stretch of days."""
    days = [*person.answered.values()]
    days += [day for said in person.questions.values() for day in said.put_off]
    return any(day >= place.asks_since for day in days)


def _may_be_asked(question: Question, stages: Sequence[str], person: Person) -> bool:
    if person.questions.get(question.id, NOTHING_SAID).never or question.id in person.put_off:
        return False
    if person.nothing_lifted and question.purpose not in WITHOUT_A_STORY:
        return False
    return question.stage in stages


def _worn(question: Question, place: Place, person: Person) -> int:
    """0 for one not answered lately; else more, the later it was answered."""
    answered = person.answered.get(question.id)
    if answered is None:
        return 0
    return max(0, ASKED_AGAIN_AFTER_DAYS - (place.day - answered).days)


def _purposes_lately(place: Place, person: Person, questions: Sequence[Question]) -> list[str]:
    return [
        each.purpose
        for each in questions
        if each.id in person.answered
        and (place.day - person.answered[each.id]).days <= PURPOSE_DAYS
    ]


def _stage_reason(stage: str, place: Place) -> str:
    early = place.days_since is not None and place.days_since <= NARRATE_ONLY_DAYS
    if early and stage == "narrate":
        return "stage-only-telling"
    return f"stage-{stage}"


def _turned(options: Sequence[T], places: int) -> list[T]:
    """The same row, begun somewhere else each day, so that the same day is always the same."""
    if not options:
        return []
    start = places % len(options)
    return [*options[start:], *options[:start]]
