"""What the pages get: a course with gaps left blank, and true sentences for every case."""

import sys
from datetime import date, timedelta
from subprocess import run

import numpy as np
import pytest

from afterglow.core.instruments.change import Check
from afterglow.core.lift.look import course_of
from afterglow.core.lift.series import Series, SittingDay, Tap
from afterglow.core.lift.words import said_ahead, said_of, said_of_window

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def series_with(before: int, after: int, *, until: int = 44, sittings=(14, 28)) -> Series:
    scores = [Check(on(d), before) for d in (0, 4, 8, 12)]
    scores += [Check(on(d), after) for d in range(18, until, 4)]
    return Series(tuple(SittingDay(on(d)) for d in sittings), tuple(scores))


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (20, 4, "much_lower_after"),
        (16, 10, "lower_after"),
        (14, 14, "no_change"),
        (10, 20, "higher_after"),
    ],
)
def test_there_is_a_true_sentence_for_better_same_and_worse(before, after, key) -> None:
    said = said_of(course_of(series_with(before, after), today=on(44)))
    assert said.key == key
    assert said.numbers["low"] <= said.numbers["points"] <= said.numbers["high"]


def weekly(before: int, after: list[int]) -> Series:
    """Two scores before a sitting on day 14, then one a week."""
    scores = [Check(on(5), before), Check(on(12), before)]
    scores += [Check(on(18 + 7 * n), total) for n, total in enumerate(after)]
    return Series((SittingDay(on(14)),), tuple(scores))


@pytest.mark.parametrize(
    ("before", "after", "higher"), [(18, [8, 8, 8, 24], 6), (12, [4, 4, 4, 18], 6)]
)
def test_a_latest_score_six_points_up_is_never_called_no_change(before, after, higher) -> None:
    said = said_of(course_of(weekly(before, after), today=on(54)))
    assert said.key == "latest_higher"
    assert said.numbers == {"higher": higher}


def test_a_deterioration_is_told_with_few_scores_and_through_a_gap_too() -> None:
    series = weekly(12, [19])
    assert said_of(course_of(series, today=on(20))).numbers == {"have": 1, "need": 4, "higher": 7}
    late = course_of(weekly(12, [12, 12, 12, 19]), today=on(100))
    assert (said_of(late).key, said_of(late).numbers["higher"]) == ("gap", 7)


def test_the_worse_the_course_the_sentence_never_overlooks_a_deterioration() -> None:
    rng = np.random.default_rng(5)
    for _ in range(60):
        before = int(rng.integers(5, 20))
        after = [int(total) for total in rng.integers(0, 28, size=5)]
        course = course_of(weekly(before, after), today=on(50))
        said = said_of(course)
        if course.outcome.deteriorated:
            assert said.key == "higher_after" or said.numbers["higher"] >= 6
        else:
            assert "higher" not in said.numbers


def test_no_change_is_said_only_where_the_range_leaves_out_a_noticeable_difference() -> None:
    wild = course_of(weekly(14, [3, 25, 2, 25, 14]), today=on(54))
    assert abs(wild.change.mean) < 1.5
    assert wild.change.high > 5
    assert said_of(wild).key == "unclear"


def test_too_few_scores_leave_only_the_dots() -> None:
    course = course_of(series_with(16, 9, until=27), today=on(30))
    assert said_of(course).key == "few_scores"
    assert said_of(course).numbers == {"have": 3, "need": 4}
    assert course.dots
    assert not course.line
    assert not course.windows
    assert said_ahead(course).key == "nothing_ahead"


def test_a_gap_up_to_today_leaves_its_days_blank() -> None:
    course = course_of(series_with(16, 9), today=on(75))
    assert said_of(course).key == "gap"
    assert max(band.day for band in course.line) == on(42)
    assert course.change is None
    assert all(window.left_today is None for window in course.windows)


def test_a_gap_in_the_middle_leaves_its_days_blank() -> None:
    base = series_with(16, 9)
    later = Series(base.sittings, (*base.scores, *(Check(on(d), 8) for d in (80, 84))))
    course = course_of(later, today=on(85))
    assert course.not_enough is None
    assert [(gap.first, gap.last) for gap in course.gaps] == [(on(43), on(79))]
    assert not [band for band in course.line if on(43) <= band.day <= on(79)]


def test_no_sitting_and_no_answers_are_said_plainly() -> None:
    assert said_of(course_of(Series((), ()), today=on(1))).key == "no_sitting"


def test_without_scores_before_there_is_no_change_to_speak_of() -> None:
    series = Series((SittingDay(on(0)),), tuple(Check(on(d), 9) for d in (2, 6, 10, 14)))
    assert said_of(course_of(series, today=on(15))).key == "no_baseline"


@pytest.mark.parametrize(
    "earlier", [Series((), (), (Tap(on(10), 4),)), Series((), (Check(on(-10), 18),))]
)
def test_a_tap_or_an_old_score_from_before_is_no_baseline(earlier) -> None:
    scores = (*earlier.scores, *(Check(on(d), 9) for d in (18, 22, 26, 30)))
    course = course_of(Series((SittingDay(on(14)),), scores, earlier.taps), today=on(31))
    assert course.baseline is None
    assert course.change is None
    assert said_of(course).key == "no_baseline"


def test_windows_begin_on_the_sitting_and_end_before_the_next() -> None:
    course = course_of(series_with(16, 8), today=on(44))
    first, second = course.windows
    assert (first.line[0][0], first.line[-1][0]) == (0, 13)
    assert (second.line[0][0], second.line[-1][0]) == (0, 16)
    assert said_of_window(course, first).key == "first_window"
    assert said_of_window(course, second).key.startswith("window_")


def test_windows_without_a_score_of_their_own_are_not_compared() -> None:
    base = weekly(16, [])
    sittings = tuple(SittingDay(on(d)) for d in (14, 17, 20, 23))
    scores = (*base.scores, *(Check(on(d), 8) for d in (25, 28, 32, 36)))
    course = course_of(Series(sittings, scores), today=on(36))
    assert said_of_window(course, course.windows[3]).key == "nothing_earlier"
    assert said_of_window(course, course.windows[1]).key == "too_early"
    assert said_of_window(course, course.windows[0]).key == "first_window"


def test_on_the_day_of_a_sitting_it_is_too_early_to_compare() -> None:
    plain = series_with(16, 8)
    course = course_of(
        Series((*plain.sittings, SittingDay(on(44))), (*plain.scores, Check(on(44), 9))),
        today=on(44),
    )
    assert said_of_window(course, course.windows[-1]).key == "too_early"


def test_a_window_is_never_longer_than_day_28() -> None:
    course = course_of(series_with(16, 8, until=60, sittings=(14,)), today=on(60))
    assert course.windows[0].line[-1][0] == 28


def test_bands_are_nested_and_on_the_scale() -> None:
    course = course_of(series_with(24, 1), today=on(44))
    for band in (*course.line, *course.ahead.daily):
        edges = [0, band.low_80, band.low_50, band.middle, band.high_50, band.high_80, 27]
        assert edges == sorted(edges)


def test_what_is_left_today_is_less_than_the_lift() -> None:
    for window in course_of(series_with(18, 8), today=on(44)).windows:
        assert 0 < window.left_today.mean < window.lift.mean


def test_answers_after_today_change_nothing() -> None:
    series = series_with(16, 9)
    more = Series(series.sittings, (*series.scores, Check(on(50), 27)), (Tap(on(60), 0),))
    assert course_of(more, today=on(44)) == course_of(series, today=on(44))


def test_a_sitting_today_lifts_tomorrow_but_not_yet() -> None:
    plain = series_with(18, 14)
    sat = Series((*plain.sittings, SittingDay(on(44))), plain.scores)
    today, with_it = (course_of(s, today=on(44)) for s in (plain, sat))
    assert today.line[-1].middle == pytest.approx(with_it.line[-1].middle)
    assert with_it.ahead.in_7[0.5] < today.ahead.in_7[0.5]
    assert with_it.windows[-1].line[0][0] == 0


def test_answers_from_long_before_the_first_sitting_are_left_out_of_the_model() -> None:
    series = weekly(16, [9, 9, 8, 9])
    near, far = (tuple(Tap(on(14 - ago), 4) for ago in range(3, days, 3)) for days in (61, 4 * 365))
    short, long = (
        course_of(Series(series.sittings, series.scores, taps), today=on(41))
        for taps in (near, far)
    )
    assert min(band.day for band in long.line) == on(14 - 60)
    assert (short.line, short.change, short.windows) == (long.line, long.change, long.windows)


def test_a_mistyped_year_costs_no_memory_and_no_false_sentence() -> None:
    series = weekly(16, [9, 9, 8, 9])
    old = Check(date(1926, 1, 5), 9)
    course = course_of(Series(series.sittings, (old, *series.scores)), today=on(41))
    assert course.change == course_of(series, today=on(41)).change
    long_ago = Series((SittingDay(date(1926, 1, 7)), *series.sittings), (old, *series.scores))
    course = course_of(long_ago, today=on(41))
    assert len(course.line) <= 3653
    assert len(course.windows) == 1
    assert (course.baseline.mean, course.change) == (9, None)
    assert said_of(course).key in {"long_ago", "latest_higher"}
    assert course.ahead


@pytest.mark.parametrize("module", ["afterglow.core.lift.command", "afterglow.core.lift.words"])
def test_the_lift_is_imported_without_scipy(module) -> None:
    code = f"import sys, {module}; sys.exit('scipy' in sys.modules)"
    assert (
        run(
            [sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}
        ).returncode
        == 0
    )


def test_the_plain_rules_are_imported_without_numpy() -> None:
    code = "import sys, afterglow.core.instruments.change, afterglow.core.lift; sys.exit('numpy' in sys.modules)"
    assert (
        run(
            [sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}
        ).returncode
        == 0
    )
