"""Pictures of how the days went: inside their frame, broken at gaps, legible on the narrowest phone."""

import re
from datetime import date, timedelta
from pathlib import Path

from afterglow.core.instruments import load_instrument
from afterglow.core.instruments.change import Check
from afterglow.core.lift.look import course_of
from afterglow.core.lift.series import Series, SittingDay, Tap
from afterglow.core.lift.summary import Span
from afterglow.insights import charts
from afterglow.insights.queries.experiments import BlockRow

START = date(2026, 1, 5)
CSS = Path(charts.__file__).parent / "static" / "insights" / "charts.css"


def on(day):
    return START + timedelta(days=day)


def course(days, sittings=(10, 13, 40), today=70):
    scores = tuple(Check(on(d), 16 if d <= 10 else 8) for d in days)
    return course_of(
        Series(tuple(SittingDay(on(d)) for d in sittings), scores, (Tap(on(1), 4),)),
        today=on(today),
    )


def points_of(picture):
    parts = picture.lines + picture.bands_80 + picture.bands_50 + picture.faint_lines
    return [tuple(map(float, pair.split(","))) for part in parts for pair in part.split()]


def test_everything_stays_inside_the_frame():
    whole = charts.course_picture(course(range(0, 70, 5)))
    for x, y in [*points_of(whole), *whole.dots]:
        assert charts.LEFT <= x <= charts.RIGHT
        assert charts.TOP <= y <= charts.BOTTOM


def test_lines_across_stand_where_the_bands_of_the_questionnaire_begin():
    known = load_instrument("phq-9")
    whole = charts.course_picture(course(range(0, 70, 5)))
    assert [value for _, value in whole.rulers] == [band.low for band in known.bands]
    assert whole.rulers[0][0] == charts.BOTTOM
    assert charts.strip_picture([]).rulers[-1][1] == 20


def test_a_gap_of_more_than_three_weeks_breaks_line_and_bands():
    whole = charts.course_picture(course([0, 5, 11, 15, 40, 45, 50, 55, 60, 65]))
    assert len(whole.lines) == len(whole.bands_80) == len(whole.bands_50) == 2


def test_numbers_of_sittings_keep_clear_of_each_other():
    whole = charts.course_picture(course(range(0, 70, 5)))
    named = [mark for mark in whole.sittings if mark.number]
    assert [mark.number for mark in named] == ["1", "3"]
    assert len(whole.sittings) == 3


def test_looking_ahead_keeps_the_numbers_of_the_sittings_and_draws_no_line():
    found = course(range(0, 70, 5), sittings=(10, 13, 60))
    ahead = charts.ahead_picture(found, found.ahead)
    assert [mark.number for mark in ahead.sittings] == ["3"]
    assert ahead.lines == ()
    assert len(ahead.bands_50) == len(ahead.bands_80) == 1


def test_nothing_known_makes_no_picture():
    assert charts.course_picture(course([])) is None


def test_a_strip_has_a_slab_for_each_block_and_an_effect_stays_in_its_bar():
    rows = [
        BlockRow(n, on(7 * n), on(7 * n + 6), n % 2 == 0, 0, 8.0 if n else None) for n in range(12)
    ]
    strip = charts.strip_picture(rows)
    assert [slab.practise for slab in strip.slabs] == [n % 2 == 0 for n in range(12)]
    assert strip.slabs[0].mean is None
    assert strip.slabs[-1].end <= charts.RIGHT
    bar = charts.effect_bar(Span(mean=2, low=-30, high=30))
    assert (bar.low, bar.high) == (charts.LEFT, charts.RIGHT)
    assert bar.zero < bar.middle


def test_text_is_at_least_thirteen_pixels_on_every_width():
    styles = CSS.read_text("utf-8")
    sizes = [(0, 13.0)] + [
        (int(width), float(size))
        for width, size in re.findall(
            r"min-width: (\d+)px\) \{ \.days text \{ font-size: ([\d.]+)px", styles
        )
    ]
    assert len(sizes) == 3
    assert "max-width: 480px" in styles
    for width, size in sizes:
        column = min(max(width, 320) - 40, 480)
        assert size * column / charts.WIDTH >= 13


def test_on_paper_the_folded_tables_are_open_and_the_ground_is_white():
    printed = CSS.read_text("utf-8").split("@media print", 1)[1]
    assert "details::details-content" in printed
    assert "--paper: #fff" in printed
