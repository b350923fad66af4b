"""What may be offered on a day, and what never is."""

from datetime import date, timedelta

from afterglow.core.content.library import practices
from afterglow.core.plan.choose import ONLY_WHEN_SOUGHT, practices_of
from afterglow.core.plan.phase import place_of

DAY = date(2026, 5, 10)


def offered(days_since):
    place = place_of(DAY, last=DAY - timedelta(days=days_since), following=None)
    return [
        practice.id
        for turn in range(400)
        for practice in practices_of(DAY + timedelta(days=turn), place, practices(), most=3)
    ]


def test_the_way_to_safety_is_never_offered_on_today():
    assert {practice.id for practice in practices()} >= ONLY_WHEN_SOUGHT
    assert not ONLY_WHEN_SOUGHT & set(offered(8) + offered(20) + offered(2))


def test_the_same_day_is_always_the_same():
    assert offered(8) == offered(8)
