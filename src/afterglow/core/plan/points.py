"""When a check-in with oneself is due after a sitting. A point that went by is not made up for."""

from collections.abc import Collection
from typing import Literal

Point = Literal["24h", "72h", "1w", "2w", "1m", "3m"]

# Each point is open from its day to the last day named; then it lapses.
POINTS: tuple[tuple[Point, int, int], ...] = (
    ("24h", 1, 2),
    ("72h", 3, 6),
    ("1w", 7, 13),
    ("2w", 14, 29),
    ("1m", 30, 60),
    ("3m", 90, 120),
)


def point_due(
    days_since: int | None, *, said: Collection[str] = (), in_series: bool = False
) -> Point | None:
    """The one point that is open today and was neither answered nor left out since that sitting.

    Between the sittings of a series only the first is asked: the rhythm is the series'.
    """
    if days_since is None:
        return None
    for point, first, last in POINTS[:1] if in_series else POINTS:
        if first <= days_since <= last and point not in said:
            return point
    return None
