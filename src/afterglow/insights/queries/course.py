"""The course of one theme as bars: in how many entries it was, from sitting to sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from afterglow.core.themes.themes import Theme
from afterglow.insights.queries import sources
from afterglow.vault.open_vault import OpenVault

WIDTH, BASE, HEIGHT, GAP = 280.0, 54.0, 46.0, 0.45
EVEN_STRETCHES = 8
SHADES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of days. `after` is the number of the sitting that it follows, 0 before the first."""

    first: date
    last: date
    after: int | None
    entries: int
    x: float
    y: float
    width: float
    height: float
    shade: int


@dataclass(frozen=True, slots=True)
class Course:
    """The bars, in how many stretches the theme was, and whether they run from sitting to sitting."""

    bars: tuple[Bar, ...]
    by_sittings: bool

    @property
    def present(self) -> int:
        return sum(bar.entries > 0 for bar in self.bars)


def course(vault: OpenVault, theme: Theme) -> Course | None:
    """None where the journal is too short to show a course."""
    day_of = {str(key): one.day for key, one in sources.sources(vault).items()}
    days = list(day_of.values())
    here = [day_of[entry] for entry in theme.entries if entry in day_of]
    if len(set(days)) < 2 or not here:
        return None
    cuts = _sittings_between(vault, min(days), max(days))
    by_sittings = len(cuts) > 1
    edges = _edges(min(days), max(days), cuts if by_sittings else None)
    counts = [sum(first <= day < after for day in here) for first, after in pairwise(edges)]
    sittings = sources.sitting_days(vault) if by_sittings else None
    return Course(tuple(_bars(edges, counts, sittings)), by_sittings)


def _sittings_between(vault: OpenVault, first: date, last: date) -> list[date]:
    return sorted({day for day in sources.sitting_days(vault) if first < day <= last})


def _edges(first: date, last: date, cuts: Sequence[date] | None) -> list[date]:
    """Where the stretches begin, and the day after the last of them."""
    after = date.fromordinal(last.toordinal() + 1)
    if cuts is None:
        step = -(-(after - first).days // EVEN_STRETCHES)
        starts = (date.fromordinal(first.toordinal() + step * n) for n in range(1, EVEN_STRETCHES))
        cuts = [day for day in starts if day < after]
    return [first, *cuts, after]


def _bars(
    edges: Sequence[date], counts: Sequence[int], sittings: Sequence[date] | None
) -> list[Bar]:
    room, most = WIDTH / len(counts), max(counts)
    bars = []
    for place, ((first, after), entries) in enumerate(zip(pairwise(edges), counts, strict=True)):
        height = HEIGHT * entries / most if entries else 2.0
        bars.append(
            Bar(
                first=first,
                last=date.fromordinal(after.toordinal() - 1),
                after=None if sittings is None else sum(day <= first for day in sittings),
                entries=entries,
                x=round(room * place + room * GAP / 2, 1),
                y=round(BASE - height, 1),
                width=round(min(room * (1 - GAP), 18.0), 1),
                height=round(height, 1),
                shade=SHADES * place // len(counts),
            )
        )
    return bars
