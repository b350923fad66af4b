"""The course of a theme: seen when it is there, and seldom when dates are shuffled."""

import random

from afterglow.core.themes.course import course_of


def test_a_theme_that_comes_ever_more_is_growing():
    assert course_of([20, 30, 34, 36, 38, 39], 40) == "growing"


def test_a_theme_that_stops_is_fading():
    assert course_of([0, 1, 2, 3, 5, 8], 40) == "fading"


def test_a_theme_spread_evenly_is_steady():
    assert course_of(range(0, 40, 5), 40) == "steady"


def test_a_theme_of_the_last_days_is_new():
    assert course_of([36, 38, 39], 40) == "new"


def test_a_theme_after_a_long_silence_has_returned():
    assert course_of([2, 5, 30], 40) == "returned"


def test_a_short_journal_has_no_course():
    assert course_of([5, 6], 8) == "steady"


def test_shuffled_dates_seldom_look_like_growing_or_fading():
    shuffle = random.Random(7)
    draws = [course_of(shuffle.sample(range(70), 9), 70) for _ in range(1000)]
    assert sum(course in ("growing", "fading") for course in draws) <= 50
