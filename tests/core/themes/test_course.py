"""The course of a theme: seen when it is there, and seldom when dates are shuffled."""

import random

import numpy as np

from afterglow.core.themes.course import course_of, turn_of


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


def passages(before, after, seed=1):
    """Twelve passages around two meanings, six around each."""
    noise = np.random.default_rng(seed).normal(0, 0.2, (12, 8))
    return np.array([before] * 6 + [after] * 6) + noise


def test_a_theme_whose_words_turn_has_changed_and_shows_both_sides():
    fear, trust = np.eye(8)[0], np.eye(8)[1]
    turn = turn_of(passages(fear, trust))
    assert turn is not None
    assert turn[0] < 6 <= turn[1]


def test_a_theme_that_says_the_same_all_along_has_not_changed():
    same = np.eye(8)[0]
    turned = [turn_of(passages(same, same, seed)) is not None for seed in range(100)]
    assert sum(turned) <= 5


def test_a_few_passages_are_too_few_to_have_changed():
    assert turn_of(passages(np.eye(8)[0], np.eye(8)[1])[3:10]) is None
