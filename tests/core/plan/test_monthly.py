"""When the topics worth mentioning are asked about."""

from datetime import date, timedelta

import pytest

from afterglow.core.plan.monthly import topics_due

DAY = date(2026, 5, 14)


def due(first, last, asked=None):
    def ago(days):
        return None if days is None else DAY - timedelta(days=days)

    return topics_due(DAY, first_sitting=ago(first), last_sitting=ago(last), asked_on=ago(asked))


@pytest.mark.parametrize(
    ("first", "last", "asked", "is_due"),
    [
        (None, None, None, False),
        (13, 13, None, False),
        (14, 14, None, True),
        (60, 2, None, False),
        (60, 3, None, True),
        (60, 3, 29, False),
        (60, 3, 30, True),
        (300, 120, 90, True),
        (300, 121, 90, False),
    ],
)
def test_it_is_once_a_month_while_there_are_sittings(first, last, asked, is_due):
    assert due(first, last, asked) is is_due
