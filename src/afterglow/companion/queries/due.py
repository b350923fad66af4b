"""What is for today anyway, in the order of its urgency: appointment, a look back, goals, habits, self-care,
one stale goal, words begun, a voice note without words, measure, a step, an insight to strengthen.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from afterglow.core.plan.gentle import is_stale
from afterglow.core.plan.person import Due, Reason
from afterglow.core.plan.phase import Place
from afterglow.core.plan.points import Point, point_due
from afterglow.journal.queries.making import unwritten_voices
from afterglow.measures import queries as measures
from afterglow.medicine import queries as medicine
from afterglow.plans import queries as plans
from afterglow.plans.documents import Appointment, Goal, SelfCare
from afterglow.plans.queries import rhythm
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

NEW_ENTRY_DRAFT = "entry.new"
APPOINTMENT_DAYS = 2
MEASURE = "phq-9"
VOICE_DAYS = 14
# A measure looks back over two weeks; right after a sitting there is enough to do.
NO_MEASURE_BEFORE_DAY = 3
DENSE = frozenset({"rest", "dense", "series"})
GUIDES = {"week": "weekly-review", "month": "monthly-look-back"}
STEP_PHASES = frozenset({"weekly", "monthly", "quiet"})


def due_today(vault: OpenVault, place: Place) -> list[Due]:
    """Everything that may stand on Today; the choice takes the first few."""
    stale = stale_goals(vault, place.day)
    tired = {stored.id for stored in stale}
    care = [] if place.phase == "rest" else plans.self_care_today(vault, place.day)
    goals = [stored for stored in plans.goals_due(vault, place.day) if stored.id not in tired]
    return [
        *_appointment(vault, place.day),
        *_review(vault, place),
        *(Due("goal", str(stored.id), _goal_reason(stored.document)) for stored in goals),
        *(
            Due("habit", str(stored.id), Reason("habit"))
            for stored in plans.habits_due(vault, place.day)
        ),
        *(Due("self-care", str(stored.id), _care_reason(stored.document)) for stored in care),
        *_stale(stale, place),
        *_draft(vault),
        *_voice(vault, place),
        *measure_due(vault, place),
        *_step(vault, place),
        *_insight(vault, place),
    ]


def own_check_due(vault: OpenVault, place: Place) -> Point | None:
    """The check-in with oneself that is open today, once for each point and sitting."""
    last = medicine.last_sitting(vault, place.day)
    if last is None:
        return None
    said = {
        stored.document.point
        for stored in rhythm.own_check_ins(vault)
        if stored.document.sitting == last.id
    }
    return point_due(place.days_since, said=said, in_series=place.phase == "series")


def stale_goals(vault: OpenVault, day: date) -> list[Stored[Goal]]:
    """Goals of which to ask whether they still fit, the longest untouched first."""
    kept = {each.goal: each.on for each in rhythm.rhythm(vault).kept_goals}
    found = [
        stored
        for stored in plans.open_goals(vault)
        if is_stale(
            day,
            newest=_newest(stored.document, day),
            repeats=bool(stored.document.repeats),
            dated=stored.document.day is not None,
            kept_on=kept.get(stored.id),
        )
    ]
    return sorted(found, key=lambda stored: _newest(stored.document, day) or day)


def _newest(goal: Goal, today: date) -> date | None:
    """The last day that this goal had to do with; a day ahead is not stale."""
    days = [day for day in (goal.day, goal.on, *goal.done_on) if day is not None]
    if goal.day is not None and not goal.repeats:
        return min(goal.day, today)
    return min(max(days), today) if days else None


def next_appointment(vault: OpenVault, day: date) -> Stored[Appointment] | None:
    return next(iter(plans.coming_appointments(vault, day)), None)


def _stale(stale: list[Stored[Goal]], place: Place) -> Iterator[Due]:
    """One at a time, and not in the dense days."""
    if stale and place.phase not in DENSE:
        yield Due("stale", str(stale[0].id), Reason("stale"))


def _appointment(vault: OpenVault, day: date) -> Iterator[Due]:
    coming = next_appointment(vault, day)
    if coming and coming.document.day - day <= timedelta(days=APPOINTMENT_DAYS):
        why = Reason("appointment", day=coming.document.day, name=coming.document.who)
        yield Due("appointment", str(coming.id), why)


def measure_due(vault: OpenVault, place: Place) -> Iterator[Due]:
    early = place.days_since is not None and place.days_since < NO_MEASURE_BEFORE_DAY
    if early or not measures.is_due(vault, MEASURE, place.day):
        return
    first = measures.latest(vault, MEASURE) is None
    yield Due("measure", MEASURE, Reason("measure-first" if first else "measure"))


def _goal_reason(goal: Goal) -> Reason:
    if goal.repeats:
        return Reason(f"goal-{goal.repeats}", name=goal.clock)
    return Reason("goal-moved" if goal.state == "moved" else "goal", day=goal.day, name=goal.clock)


def _step(vault: OpenVault, place: Place) -> Iterator[Due]:
    """The first open step of the newest purpose, once the dense days are over."""
    if place.phase not in STEP_PHASES:
        return
    for stored in plans.purposes(vault):
        for number, words in enumerate(stored.document.steps):
            if words not in stored.document.steps_done:
                yield Due("step", f"{stored.id}.{number}", Reason("step"))
                return


def _care_reason(care: SelfCare) -> Reason:
    return Reason("self-care", name=care.clock)


def _insight(vault: OpenVault, place: Place) -> Iterator[Due]:
    """One that the person wants to strengthen, once the dense days are over."""
    waiting = None if place.phase in DENSE else plans.to_practise(vault, place.day)
    if waiting:
        yield Due("insight", str(waiting.id), Reason("insight"))


def _review(vault: OpenVault, place: Place) -> Iterator[Due]:
    """A week or a month to look back on, never in the dense days."""
    span = None if place.phase in DENSE else plans.review_due(vault, place.day)
    if span:
        yield Due("review", GUIDES[span], Reason(f"review-{span}"))


def _draft(vault: OpenVault) -> Iterator[Due]:
    """Words that were begun and not kept yet."""
    if vault.draft(NEW_ENTRY_DRAFT).get("text", "").strip():
        yield Due("draft", "new", Reason("draft"))


def _voice(vault: OpenVault, place: Place) -> Iterator[Due]:
    """The newest voice note that nothing was written beside, from the day after it was spoken."""
    for stored in unwritten_voices(vault):
        age = place.day - stored.document.written.day
        if timedelta(0) < age <= timedelta(days=VOICE_DAYS):
            yield Due("voice", str(stored.id), Reason("voice", day=stored.document.written.day))
            return
