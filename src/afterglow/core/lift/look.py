"""Everything the pages show about one person's course, typed; leaves out words and pictures."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from afterglow.core.instruments.change import (
    Baseline,
    Check,
    Outcome,
    baseline_of,
    outcome_of,
)
from afterglow.core.lift.forecast import LEVELS, Mixture, forecast, standing_of
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.series import (
    PHQ9_MOST,
    Gap,
    NotEnough,
    Series,
    SittingDay,
    gaps_of,
    not_enough,
)
from afterglow.core.lift.steps import first_day_of
from afterglow.core.lift.summary import Z_50, Z_80, Lift, Looking, Span, look_back

WINDOW_DAYS: Final = 28


@dataclass(frozen=True)
class Band:
    """One day on the PHQ-9 scale: the line with its 50 and 80 % ranges."""

    day: date
    middle: float
    low_50: float
    high_50: float
    low_80: float
    high_80: float


@dataclass(frozen=True)
class Window:
    """The days after one sitting, day 0 = the sitting, until the next sitting, day 28 or today.

    `line` pairs the number of the day with its band and leaves gaps out; `dots` are the totals as given.
    `left_today` is None through a gap.
    """

    sitting: SittingDay
    lift: Span
    left_today: Span | None
    line: tuple[tuple[int, Band], ...]
    dots: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Ahead:
    """A coming score: the quantiles of LEVELS in 7 and 14 days, and a band for each of 14 days."""

    in_7: dict[float, float]
    in_14: dict[float, float]
    daily: tuple[Band, ...]


@dataclass(frozen=True)
class Course:
    """All of it. With `not_enough` there is no `ahead` and no `change`; dots, baseline and gaps stay.

    `change` is now minus the weeks before the first sitting: below zero is lower now.
    """

    today: date
    sittings: tuple[SittingDay, ...]
    dots: tuple[Check, ...]
    gaps: tuple[Gap, ...]
    baseline: Baseline | None
    outcome: Outcome | None
    not_enough: NotEnough | None
    change: Span | None = None
    windows: tuple[Window, ...] = ()
    line: tuple[Band, ...] = ()
    ahead: Ahead | None = None


def course_of(person: Series, *, today: date, priors: Priors | None = None) -> Course:
    """What can be shown today; nothing after `today` is used."""
    known = person.until(today)
    first = known.first_sitting
    baseline = baseline_of(known.scores, first) if first else None
    reason = not_enough(known, today)
    frame = Course(
        today=today,
        sittings=known.sittings,
        dots=known.scores,
        gaps=gaps_of(known, today),
        baseline=baseline,
        outcome=outcome_of(known.scores, first, baseline) if first and baseline else None,
        not_enough=reason,
    )
    if reason is not None and reason.key != "gap":
        return frame
    return _drawn(frame, known, shipped() if priors is None else priors)


def _drawn(frame: Course, known: Series, priors: Priors) -> Course:
    standing = standing_of(known, frame.today, priors)
    looking = look_back(known, first_day_of(known, frame.today), standing, priors)
    line = _line(looking, frame.gaps)
    quiet = frame.not_enough is not None
    return Course(
        today=frame.today,
        sittings=frame.sittings,
        dots=frame.dots,
        gaps=frame.gaps,
        baseline=frame.baseline,
        outcome=frame.outcome,
        not_enough=frame.not_enough,
        change=None if quiet else looking.change,
        windows=_windows(frame, looking, line, quiet=quiet),
        line=line,
        ahead=None if quiet else _ahead(forecast(standing), frame.today),
    )


def _line(looking: Looking, gaps: tuple[Gap, ...]) -> tuple[Band, ...]:
    bands = []
    for place, (middle, sd) in enumerate(zip(looking.line, looking.line_sd, strict=True)):
        day = looking.first_day + timedelta(days=place)
        if not any(gap.first <= day <= gap.last for gap in gaps):
            bands.append(_band(day, float(middle), float(sd)))
    return tuple(bands)


def _windows(
    frame: Course, looking: Looking, line: tuple[Band, ...], *, quiet: bool
) -> tuple[Window, ...]:
    lifts = {lift.day: lift for lift in looking.lifts}
    starts = sorted({sitting.day: sitting for sitting in frame.sittings}.values(), key=_day)
    ends = [*(sitting.day for sitting in starts[1:]), frame.today + timedelta(days=1)]
    return tuple(
        _window(
            sitting,
            min(end, sitting.day + timedelta(days=WINDOW_DAYS + 1)),
            lifts[sitting.day],
            line,
            frame.dots,
            quiet=quiet,
        )
        for sitting, end in zip(starts, ends, strict=True)
        if sitting.day in lifts  # all but those of more than ten years ago
    )


def _window(
    sitting: SittingDay,
    end: date,
    lift: Lift,
    line: tuple[Band, ...],
    dots: tuple[Check, ...],
    *,
    quiet: bool,
) -> Window:
    return Window(
        sitting=sitting,
        lift=lift.lift,
        left_today=None if quiet else lift.left_today,
        line=tuple(((b.day - sitting.day).days, b) for b in line if sitting.day <= b.day < end),
        dots=tuple(
            ((d.day - sitting.day).days, d.total) for d in dots if sitting.day <= d.day < end
        ),
    )


def _day(sitting: SittingDay) -> date:
    return sitting.day


def _ahead(mixtures: tuple[Mixture, ...], today: date) -> Ahead:
    return Ahead(
        in_7={level: mixtures[6].quantile(level) for level in LEVELS},
        in_14={level: mixtures[13].quantile(level) for level in LEVELS},
        daily=tuple(
            Band(
                today + timedelta(days=place), *(m.quantile(q) for q in (0.5, 0.25, 0.75, 0.1, 0.9))
            )
            for place, m in enumerate(mixtures, start=1)
        ),
    )


def _band(day: date, middle: float, sd: float) -> Band:
    edges = (middle + z * sd for z in (0, -Z_50, Z_50, -Z_80, Z_80))
    return Band(day, *(min(max(edge, 0.0), float(PHQ9_MOST)) for edge in edges))
