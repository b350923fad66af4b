"""Bands, lines and dots into the coordinates of pictures. Their words and colours are in templates and styles.

One unit is one pixel on the narrowest phone, so that text keeps its size there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from afterglow.core.instruments import Instrument, load_instrument
from afterglow.insights.queries.experiments import BlockRow
from afterglow.insights.queries.series import INSTRUMENT

if TYPE_CHECKING:
    from afterglow.core.lift.look import Ahead, Band, Course, Window
    from afterglow.core.lift.summary import Span

WIDTH, HEIGHT = 280, 200
LEFT, RIGHT, TOP, BOTTOM = 24, 274, 10, 172
WINDOW_DAYS = 28
DAYS_BEFORE_AHEAD = 28
LABEL_ROOM = 14.0
EFFECT_MOST = 8.0
STRIP_TOP, STRIP_BOTTOM = 148, 172

Place = Callable[[date], float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the picture: a day of the calendar, or a number of days."""

    x: float
    anchor: str
    day: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A sitting; `number` is empty where there is no room for it."""

    x: float
    number: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the template draws. `lines` and bands are lists of points, broken at gaps."""

    ticks: tuple[Tick, ...]
    lines: tuple[str, ...] = ()
    bands_80: tuple[str, ...] = ()
    bands_50: tuple[str, ...] = ()
    dots: tuple[Point, ...] = ()
    faint_lines: tuple[str, ...] = ()
    faint_dots: tuple[Point, ...] = ()
    sittings: tuple[Mark, ...] = ()
    before: float | None = None
    now: float | None = None

    @property
    def rulers(self) -> tuple[tuple[float, int], ...]:
        return tuple((_up(value), value) for value in _cut_offs())


@dataclass(frozen=True, slots=True)
class Slab:
    """One block of an experiment: its place, and the height of the mean of its totals."""

    x: float
    width: float
    practise: bool
    mean: float | None

    @property
    def end(self) -> float:
        return round(self.x + self.width, 1)


@dataclass(frozen=True, slots=True)
class Strip:
    """The blocks of an experiment one after the other."""

    slabs: tuple[Slab, ...]
    ticks: tuple[Tick, ...]

    @property
    def rulers(self) -> tuple[tuple[float, int], ...]:
        return tuple((_up(value, bottom=STRIP_TOP - 8), value) for value in _cut_offs()[::2])


@dataclass(frozen=True, slots=True)
class Bar:
    """An effect with its range, left of the middle line where scores were higher."""

    low: float
    high: float
    middle: float
    zero: float


def window_picture(own: "Window", earlier: Sequence["Window"]) -> Picture | None:
    """Days 0 to 28 after one sitting, earlier ones faint behind it; None where there is nothing to draw."""
    if not own.line and not own.dots:
        return None

    def across(number: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * number / WINDOW_DAYS, 1)

    bands = [(across(number), band) for number, band in own.line]
    faint = [[(across(n), _up(band.middle)) for n, band in each.line] for each in earlier]
    return Picture(
        ticks=tuple(
            Tick(across(n), "end" if n == WINDOW_DAYS else "middle", number=n)
            for n in (0, 7, 14, 21, WINDOW_DAYS)
        ),
        lines=_drawn([[(x, _up(band.middle)) for x, band in run] for run in _runs(bands)]),
        bands_80=_areas(bands, "80"),
        bands_50=_areas(bands, "50"),
        dots=tuple((across(n), _up(total)) for n, total in own.dots),
        faint_lines=_drawn(faint),
        faint_dots=tuple((across(n), _up(t)) for each in earlier for n, t in each.dots),
    )


def course_picture(course: "Course") -> Picture | None:
    """The whole course: dots, one line, two bands, sittings as marks, gaps left blank."""
    days = [band.day for band in course.line] + [dot.day for dot in course.dots]
    days += [sitting.day for sitting in course.sittings]
    if not course.dots:
        return None
    first, last = min(days), max(*days, course.today)
    across = _calendar(first, last)
    bands = [(across(band.day), band) for band in course.line]
    return Picture(
        ticks=(Tick(LEFT, "start", day=first), Tick(RIGHT, "end", day=last)),
        lines=_drawn([[(x, _up(band.middle)) for x, band in run] for run in _runs(bands)]),
        bands_80=_areas(bands, "80"),
        bands_50=_areas(bands, "50"),
        dots=tuple((across(dot.day), _up(dot.total)) for dot in course.dots),
        sittings=_marks(across, course, first),
        before=_up(course.baseline.mean) if course.baseline else None,
    )


def ahead_picture(course: "Course", ahead: "Ahead") -> Picture:
    """The last four weeks as dots, then fourteen days of ranges and no line among them."""
    first = course.today - timedelta(days=DAYS_BEFORE_AHEAD)
    last = ahead.daily[-1].day
    across = _calendar(first, last)
    bands = [(across(band.day), band) for band in ahead.daily]
    return Picture(
        ticks=(
            Tick(LEFT, "start", day=first),
            Tick(RIGHT, "end", day=last),
        ),
        bands_80=_areas(bands, "80"),
        bands_50=_areas(bands, "50"),
        dots=tuple((across(dot.day), _up(dot.total)) for dot in course.dots if dot.day >= first),
        sittings=_marks(across, course, first),
        now=across(course.today),
    )


def strip_picture(rows: Sequence[BlockRow]) -> Strip:
    """Blocks side by side, with and without told apart by fill and by a word in the table."""
    width = (RIGHT - LEFT) / max(len(rows), 1)
    slabs = tuple(
        Slab(
            x=round(LEFT + place * width, 1),
            width=round(width - 2, 1),
            practise=row.practise,
            mean=None if row.mean is None else _up(row.mean, bottom=STRIP_TOP - 8),
        )
        for place, row in enumerate(rows)
    )
    ends = ((LEFT, "start", rows[0].start), (RIGHT, "end", rows[-1].last)) if rows else ()
    return Strip(slabs, tuple(Tick(x, anchor, day=day) for x, anchor, day in ends))


def effect_bar(effect: "Span") -> Bar:
    def across(points: float) -> float:
        share = min(max(points, -EFFECT_MOST), EFFECT_MOST) / EFFECT_MOST
        return round((LEFT + RIGHT) / 2 + share * (RIGHT - LEFT) / 2, 1)

    return Bar(across(effect.low), across(effect.high), across(effect.mean), across(0))


@cache
def _phq9() -> Instrument:
    return load_instrument(INSTRUMENT)


def _cut_offs() -> tuple[int, ...]:
    """Where the bands of the questionnaire begin, the lowest at 0."""
    return tuple(band.low for band in _phq9().bands)


def _up(value: float, *, bottom: float = BOTTOM) -> float:
    return round(bottom - (bottom - TOP) * value / _phq9().highest_total, 1)


def _calendar(first: date, last: date) -> Place:
    span = max((last - first).days, 1)

    def across(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 1)

    return across


def _runs(bands: Sequence[tuple[float, "Band"]]) -> list[list[tuple[float, "Band"]]]:
    """Split where a day is missing."""
    runs: list[list[tuple[float, Band]]] = []
    for x, band in bands:
        if runs and band.day - runs[-1][-1][1].day == timedelta(days=1):
            runs[-1].append((x, band))
        else:
            runs.append([(x, band)])
    return runs


def _drawn(runs: Iterable[Sequence[Point]]) -> tuple[str, ...]:
    return tuple(_points(run) for run in runs if len(run) > 1)


def _areas(bands: Sequence[tuple[float, "Band"]], share: str) -> tuple[str, ...]:
    """Along the upper edge and back along the lower."""
    areas = []
    for run in _runs(bands):
        above = [(x, _up(getattr(band, f"high_{share}"))) for x, band in run]
        below = [(x, _up(getattr(band, f"low_{share}"))) for x, band in run]
        if len(run) > 1:
            areas.append(_points([*above, *reversed(below)]))
    return tuple(areas)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _marks(across: Place, course: "Course", first: date) -> tuple[Mark, ...]:
    """Numbered from the first of all; a number is left out where it would touch the one before."""
    marks: list[Mark] = []
    free_from = 0.0
    for number, sitting in enumerate(course.sittings, start=1):
        if sitting.day < first:
            continue
        x = across(sitting.day)
        marks.append(Mark(x, str(number) if x >= free_from else ""))
        if x >= free_from:
            free_from = x + LABEL_ROOM
    return tuple(marks)
