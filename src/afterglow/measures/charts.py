"""Points and days into the coordinates of a picture: dots, one line, gaps left blank, sittings as ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 30, 334, 14, 160
GAP_DAYS = 21


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws; `lines` are point lists, broken at gaps."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    sittings: tuple[tuple[float, int], ...]
    rulers: tuple[tuple[float, int], ...]
    first: date
    last: date


def chart(
    points: Sequence[tuple[date, float]],
    *,
    top: int,
    rulers: Sequence[int],
    sittings: Sequence[date] = (),
    gap_days: int = GAP_DAYS,
) -> Chart | None:
    """A picture of values over days, or None without values. `sittings` outside the range are left out."""
    if not points:
        return None
    first, last = points[0][0], points[-1][0]
    span = max((last - first).days, 1)

    def across(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 1)

    def up(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    dots = tuple(Dot(across(day), up(value), day, value) for day, value in points)
    return Chart(
        dots=dots,
        lines=_lines(dots, gap_days),
        sittings=tuple(
            (across(day), number)
            for number, day in enumerate(sorted(sittings), start=1)
            if first <= day <= last
        ),
        rulers=tuple((up(value), value) for value in rulers),
        first=first,
        last=last,
    )


def _lines(dots: Sequence[Dot], gap_days: int) -> tuple[str, ...]:
    runs: list[list[Dot]] = []
    for dot in dots:
        near = runs and dot.day - runs[-1][-1].day <= timedelta(days=gap_days)
        if near:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1)
