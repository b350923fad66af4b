"""Days on which something was done, as weeks side by side. It shows what was; it counts no gap."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 7
CELL, LEFT, TOP = 32, 62, 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: `x` and `y` are the middle of its place in the picture."""

    day: date
    x: int
    y: int
    done: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday; days to come are left out."""

    monday: date
    y: int
    cells: tuple[Cell, ...]

    @property
    def done(self) -> tuple[date, ...]:
        return tuple(cell.day for cell in self.cells if cell.done)


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks up to today, earliest first, in a picture of `width` by `height`."""

    weeks: tuple[Week, ...]
    columns: tuple[int, ...]
    width: int
    height: int

    @property
    def this_week(self) -> int:
        return len(self.weeks[-1].done)

    @property
    def week_before(self) -> int:
        return len(self.weeks[-2].done) if len(self.weeks) > 1 else 0


def weeks_until(
    today: date, done: Collection[date], *, since: date | None, own: Collection[int], most: int = 8
) -> Weeks:
    """At most so many weeks, none from before `since`. `own` has the weekdays meant, Monday = 0; empty is any."""
    monday = today - timedelta(days=today.weekday())
    first = min([*done, since or today])
    count = min(most, max(1, (monday - (first - timedelta(days=first.weekday()))).days // DAYS + 1))
    days = frozenset(done)
    weeks = tuple(
        _week(monday - timedelta(weeks=count - 1 - row), row, today, days, own)
        for row in range(count)
    )
    columns = tuple(LEFT + CELL * column for column in range(DAYS))
    return Weeks(weeks, columns, LEFT + CELL * (DAYS - 1) + CELL // 2, TOP + CELL * count)


def _week(monday: date, row: int, today: date, done: frozenset[date], own: Collection[int]) -> Week:
    y = TOP + CELL // 2 + CELL * row
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    cells = tuple(
        Cell(day, LEFT + CELL * n, y, day in done, not own or n in own)
        for n, day in enumerate(days)
        if day <= today
    )
    return Week(monday, y, cells)
