"""Small fictional courses in an open vault: sittings, PHQ-9 totals, taps, things done again and again."""

from datetime import UTC, datetime, timedelta

from afterglow.core.days import Moment, day_of
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Goal
from afterglow.ui.clock import system_zone


def this_day():
    """The person's day, which is still yesterday until four in the morning."""
    return day_of(datetime.now(UTC), system_zone())


def at(day):
    return Moment(at=datetime(day.year, day.month, day.day, 18, tzinfo=UTC), zone="UTC", day=day)


def sat(vault, *days, felt="", **more):
    for day in days:
        vault.put(Sitting(day=day, done=True, felt=felt, **more))


def scored(vault, totals, *, item9=0, mode="program"):
    """`totals` pairs days with PHQ-9 totals."""
    for day, total in totals:
        answers = Answers(at=at(day), instrument="phq-9", total=total, item9=item9, mode=mode)
        vault.put(answers)


def tapped(vault, days, level=5):
    for day in days:
        vault.put(CheckIn(at=at(day), level=level))


def course(vault, today, before, after, *, felt="good", ago=40):
    """Two scores before a sitting `ago` days ago, then one score a week with the values of `after`."""
    first = today - timedelta(days=ago)
    sat(vault, first, felt=felt)
    scored(vault, [(first - timedelta(days=9), before), (first - timedelta(days=2), before)])
    scored(vault, [(first + timedelta(days=4 + 7 * n), total) for n, total in enumerate(after)])
    return first


def practised(vault, text, days):
    return vault.put(Goal(text=text, repeats="daily", done_on=tuple(days)))
