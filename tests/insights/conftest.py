"""A small journal of a fictional person, with three sittings; the model is the real one."""

from datetime import date

import pytest

from afterglow.core.days import at_local
from afterglow.journal import services as journal
from afterglow.medicine.services import plan_sitting
from tests.insights.words import WORDS

SITTINGS = (date(2031, 2, 3), date(2031, 2, 17), date(2031, 3, 3))


def day(number):
    """The day of the month of February, counted on into March."""
    return date.fromordinal(date(2031, 2, 1).toordinal() + number + 1)


@pytest.fixture
def sittings(vault):
    return [plan_sitting(vault=vault, day=each, zone="UTC", done=True) for each in SITTINGS]


@pytest.fixture
def entries(vault, sittings):
    about = {1: sittings[0].id, 17: sittings[1].id, 31: sittings[2].id}
    return [
        journal.keep_entry(
            vault=vault,
            text=text,
            written=at_local(day(number), 20, 0, "UTC"),
            kind_of="sitting" if number in about else "entry",
            sitting=about.get(number),
        )
        for number, text in WORDS
    ]
