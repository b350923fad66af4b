"""When the topics worth mentioning to whoever prescribes are asked about: once a month while there are sittings."""

from datetime import date

MONTH_DAYS = 30
FIRST_AFTER_DAYS = 14
NOT_BEFORE_DAY = 3
NOT_AFTER_DAYS = 120


def topics_due(
    today: date, *, first_sitting: date | None, last_sitting: date | None, asked_on: date | None
) -> bool:
    """Two weeks after the first sitting, then a month after the last time; never in the first days after a sitting.

    A month that went by is not made up for, and long after the last sitting nothing is asked any more.
    """
    if first_sitting is None or last_sitting is None:
        return False
    since_last = (today - last_sitting).days
    if not NOT_BEFORE_DAY <= since_last <= NOT_AFTER_DAYS:
        return False
    if asked_on is None:
        return (today - first_sitting).days >= FIRST_AFTER_DAYS
    return (today - asked_on).days >= MONTH_DAYS
