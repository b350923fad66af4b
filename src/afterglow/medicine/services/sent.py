"""What was said and noted of a sitting where this program could not be reached: that it began, that one is home, the
blood pressure, and what the body did.
"""

from uuid import UUID

from django.utils import timezone

from afterglow.core.days import Moment, moment
from afterglow.medicine.documents import LONGEST_EFFECT, PRESSURE_MMHG, TAKEN_AT, Sitting
from afterglow.medicine.queries import (
    is_under_way,
    sitting_begun_at,
    sitting_home_at,
    sitting_of_note,
)
from afterglow.medicine.services import (
    begin_sitting,
    begin_sitting_late,
    come_home,
    keep_pressure,
    keep_side_effect,
    plan_sitting,
)
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox import Received, Sent

Reading = tuple[str, int, int]


def there_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """*I am there*, with the moment at which it was said. Without a sitting of that day one is noted."""
    said = sent.written()
    stored = sitting_begun_at(vault, said)
    if stored is None:
        begin_sitting(vault=vault, sitting=_noted(vault, said), now=said)
    else:
        now = moment(timezone.now(), said.zone)
        begin_sitting_late(vault=vault, sitting=stored.id, said=said, now=now)
    return Received("companion:now")


def home_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """*I am home and settled*, with the moment at which it was said. Without a sitting of that day one is noted."""
    said = sent.written()
    stored = sitting_home_at(vault, said)
    come_home(vault=vault, sitting=stored.id if stored else _noted(vault, said), now=said)
    return Received("companion:home")


def _noted(vault: OpenVault, said: Moment) -> UUID:
    return plan_sitting(vault=vault, day=said.day, zone=said.zone).id


def pressure_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Blood pressure, once or twice. Raises ValueError for no reading, LookupError where no sitting is near."""
    at, readings = sent.written(), readings_of(sent)
    sitting = _sitting(vault, at)
    for taken, high, low in readings:
        keep_pressure(vault=vault, sitting=sitting.id, at=taken, systolic=high, diastolic=low)
    if is_under_way(sitting.document, at):
        return Received("companion:now", (), "?kept=1")
    return Received("medicine:sitting", (sitting.id,))


def side_effect_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Own words and how strong it was. Raises ValueError for neither, LookupError where no sitting is near."""
    name, severity = sent.text("name"), int(sent.text("severity"))
    if len(name) > LONGEST_EFFECT:
        raise ValueError("these are more words than a side effect has")
    sitting = _sitting(vault, sent.written())
    keep_side_effect(vault=vault, sitting=sitting.id, name=name, severity=severity)
    return Received("companion:session_body")


def readings_of(sent: Sent) -> list[Reading]:
    """Each time with its two numbers. Raises ValueError for half a reading, an odd number, or none at all."""
    typed = [
        (taken, sent.text(high).strip(), sent.text(low).strip()) for taken, high, low in TAKEN_AT
    ]
    readings = [(taken, _mmhg(high), _mmhg(low)) for taken, high, low in typed if high or low]
    if not readings:
        raise ValueError("there is no reading in it")
    return readings


def _mmhg(typed: str) -> int:
    number = int(typed)
    if number not in PRESSURE_MMHG:
        raise ValueError("no cuff reads this")
    return number


def _sitting(vault: OpenVault, at: Moment) -> Stored[Sitting]:
    """Whoever writes on a phone names no sitting: it is told by the time."""
    found = sitting_of_note(vault, at)
    if found is None:
        raise LookupError("no sitting is near")
    return found
