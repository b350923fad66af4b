"""What can honestly be said of a course: the key of a sentence and its numbers, never the sentence.

Templates hold the sentences, so that they can be translated. All of them say *after*, never *because of*.
"""

from dataclasses import dataclass, field
from typing import Final

from afterglow.core.instruments.change import NOTICEABLE_POINTS
from afterglow.core.lift.look import Course, Window
from afterglow.core.lift.summary import Span

# Under one and a half points on 0 to 27 nobody could tell a difference; the sentence is then "much as before".
SMALL_POINTS: Final = 1.5


@dataclass(frozen=True)
class Statement:
    """`key` names a sentence of the templates; `numbers` are whole and ready to be shown."""

    key: str
    numbers: dict[str, int] = field(default_factory=dict)


def said_of(course: Course) -> Statement:
    """The one clear sentence of the page.

    Keys: `no_sitting`, `few_scores` (have, need), `gap` (have, need), `no_baseline`, `long_ago`,
    `latest_higher`, `lower_after`, `much_lower_after`, `a_little_lower_after`, `no_change`, `unclear`,
    `higher_after` (points, low, high: how many points lower, or higher, with the likely range).
    With each of them but `higher_after` the number `higher` says by how many points the latest total alone is
    a deterioration. That is a plain rule: it holds with few scores, through a gap and whatever the line says.
    """
    higher = _latest_higher(course)
    if course.not_enough is not None:
        why = course.not_enough
        return Statement(why.key, {"have": why.have, "need": why.need} | higher)
    if course.change is None:
        return Statement("no_baseline" if course.baseline is None else "long_ago", higher)
    key = _key_of(course.change)
    if higher and key != "higher_after":
        return Statement("latest_higher", higher)
    return Statement(key, _points(course.change))


def said_of_window(course: Course, window: Window) -> Statement:
    """How the days after this sitting compare with the person's earlier ones.

    Keys: `first_window`; `too_early` without a score after this sitting, `nothing_earlier` without one after an
    earlier sitting, since a line that rests on no score of its own is nothing to compare; `window_like_earlier`,
    `window_lower_than_earlier`, `window_higher_than_earlier` (points: the difference of the mean lines over the
    days both have, in whole points; days: how many).
    """
    before = [other for other in course.windows if other.sitting.day < window.sitting.day]
    if not before:
        return Statement("first_window")
    if not _has_score(window):
        return Statement("too_early")
    own = {day: band.middle for day, band in window.line if day > 0}
    differences = []
    for other in filter(_has_score, before):
        shared = [(own[day], band.middle) for day, band in other.line if day in own]
        differences += [mine - theirs for mine, theirs in shared]
    if not differences:
        return Statement("nothing_earlier")
    mean = sum(differences) / len(differences)
    numbers = {"points": round(abs(mean)), "days": len(own)}
    if abs(mean) < SMALL_POINTS:
        return Statement("window_like_earlier", numbers)
    return Statement(
        "window_lower_than_earlier" if mean < 0 else "window_higher_than_earlier", numbers
    )


def said_ahead(course: Course) -> Statement:
    """Keys: `nothing_ahead`, or `ahead` with the 50 and 80 % ranges in 7 and 14 days, in whole points."""
    if course.ahead is None:
        return Statement("nothing_ahead")
    numbers = {}
    for days, quantiles in ((7, course.ahead.in_7), (14, course.ahead.in_14)):
        for name, level in (("low_80", 0.1), ("low_50", 0.25), ("high_50", 0.75), ("high_80", 0.9)):
            numbers[f"{name}_in_{days}"] = round(quantiles[level])
    return Statement("ahead", numbers)


def _latest_higher(course: Course) -> dict[str, int]:
    if course.outcome is None or not course.outcome.deteriorated:
        return {}
    return {"higher": round(course.outcome.points)}


def _has_score(window: Window) -> bool:
    """A score of the sitting's own day may have been given before it."""
    return any(day > 0 for day, _ in window.dots)


def _key_of(change: Span) -> str:
    """No change is said only where the likely range leaves out a difference that people notice."""
    if change.low <= 0 <= change.high:
        small = abs(change.mean) < SMALL_POINTS
        narrow = change.low >= -NOTICEABLE_POINTS and change.high <= NOTICEABLE_POINTS
        return "no_change" if small and narrow else "unclear"
    if change.mean > 0:
        return "higher_after"
    if change.mean <= -2 * NOTICEABLE_POINTS:
        return "much_lower_after"
    return "lower_after" if change.mean <= -SMALL_POINTS else "a_little_lower_after"


def _points(change: Span) -> dict[str, int]:
    """Whole points; for a lower score `low` and `high` are how many points lower."""
    if change.mean <= 0:
        return {
            "points": round(-change.mean),
            "low": round(-change.high),
            "high": round(-change.low),
        }
    return {"points": round(change.mean), "low": round(change.low), "high": round(change.high)}
