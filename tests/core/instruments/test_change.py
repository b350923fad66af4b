"""Baseline, response, remission, reliable and noticeable change: edge cases, and an oracle of its own."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.instruments.change import (
    Baseline,
    Check,
    baseline_of,
    is_deterioration,
    is_noticeable,
    is_reliable,
    is_remission,
    is_response,
    is_sustained,
    outcome_of,
    prorate,
    reliable_points,
    standard_error,
)

FIRST = date(2026, 2, 1)


def at(day: int, total: float) -> Check:
    return Check(FIRST + timedelta(days=day), total)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], None),
        ([at(-15, 20)], None),
        ([at(-14, 20)], Baseline(20, 1)),
        ([at(-1, 17), at(-8, 18)], Baseline(17.5, 2)),
        ([at(-20, 27), at(-3, 12), at(0, 3), at(2, 1)], Baseline(12, 1)),
        ([at(0, 14)], None),
    ],
)
def test_the_baseline_is_the_fortnight_before_the_first_sitting(checks, expected) -> None:
    assert baseline_of(checks, FIRST) == expected


def test_later_scores_never_move_the_baseline() -> None:
    before = [at(-9, 15), at(-2, 18)]
    assert baseline_of([*before, at(1, 2), at(300, 27)], FIRST) == baseline_of(before, FIRST)


@pytest.mark.parametrize(
    ("baseline", "total", "expected"),
    [
        (20, 10, True),
        (20, 11, False),
        (17, 8, True),
        (17, 9, False),
        (17.5, 8.75, True),
        (10, 5, True),
        (9.9, 0, None),
    ],
)
def test_response_is_half_or_less_and_ties_count(baseline, total, expected) -> None:
    assert is_response(Baseline(baseline, 1), total) is expected


@pytest.mark.parametrize(("total", "expected"), [(0, True), (4, True), (5, False)])
def test_remission_is_below_five(total, expected) -> None:
    assert is_remission(total) is expected


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], False),
        ([at(3, 4)], False),
        ([at(3, 4), at(16, 4)], False),
        ([at(3, 4), at(17, 4)], True),
        ([at(17, 4), at(3, 4)], True),
        ([at(3, 4), at(10, 9), at(17, 4)], False),
        ([at(3, 4), at(17, 4), at(18, 9)], False),
    ],
)
def test_sustained_needs_two_checks_fourteen_days_apart_and_none_against(checks, expected) -> None:
    assert is_sustained(checks, is_remission) is expected


@pytest.mark.parametrize(
    ("points", "reliable", "worse"),
    [(-6, True, False), (-5, False, False), (5, False, False), (6, True, True)],
)
def test_six_points_are_reliable_and_five_are_not(points, reliable, worse) -> None:
    assert is_reliable(points) is reliable
    assert is_deterioration(points) is worse


@pytest.mark.parametrize(
    ("sd", "reliability", "points"), [(6, 0.84, 6.65), (6, 0.74, 8.48), (1.8, 0.0, 4.99), (6, 1, 0)]
)
def test_the_sum_behind_a_reliable_change_can_be_shown(sd, reliability, points) -> None:
    shown = reliable_points(standard_error(sd, reliability))
    assert shown.points == pytest.approx(points, abs=0.01)
    assert shown.formula.startswith("1.96 × √2 × ")


@pytest.mark.parametrize(("sd", "reliability"), [(-1, 0.8), (6, 1.1), (6, -0.1)])
def test_impossible_inputs_of_the_sum_are_refused(sd, reliability) -> None:
    with pytest.raises(ValueError, match="reliability"):
        standard_error(sd, reliability)


@pytest.mark.parametrize(
    ("baseline", "points", "expected"),
    [
        (25, -5, True),
        (25, -4.9, False),
        (15, -3, True),
        (15, -2, False),
        (15, 3, True),
        (0, 0, False),
    ],
)
def test_a_noticeable_difference_is_five_points_or_a_fifth(baseline, points, expected) -> None:
    assert is_noticeable(Baseline(baseline, 1), points) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([1] * 9, (9, 0)),
        ([None, *[1] * 8], (9, 1)),
        ([None, None, *[2] * 7], (18, 2)),
        ([None, 1, *[0] * 7], (1, 1)),
        ([None] * 3 + [1] * 6, None),
        ([None] * 2, None),
        ([], None),
    ],
)
def test_up_to_two_missing_answers_are_prorated(answers, expected) -> None:
    found = prorate(answers)
    assert (found and (found.total, found.missing)) == expected


def test_no_check_after_the_first_sitting_says_nothing() -> None:
    assert outcome_of([at(-3, 18), at(0, 18)], FIRST, Baseline(18, 1)) is None


def test_the_latest_check_is_what_counts() -> None:
    found = outcome_of([at(20, 16), at(5, 4)], FIRST, Baseline(18, 1))
    assert found is not None
    assert (found.points, found.response, found.remission, found.checks_since) == (
        -2,
        False,
        False,
        2,
    )


@given(
    st.lists(
        st.tuples(st.integers(-30, 60), st.integers(0, 27)), max_size=12, unique_by=lambda x: x[0]
    )
)
def test_every_claim_agrees_with_an_oracle_in_fractions(pairs) -> None:
    before = [Fraction(total) for day, total in pairs if -14 <= day <= -1]
    after = sorted((day, total) for day, total in pairs if day >= 1)
    checks = [at(day, total) for day, total in pairs]
    baseline = baseline_of(checks, FIRST)
    if not before:
        assert baseline is None
        return
    mean = sum(before) / len(before)
    assert baseline.mean == pytest.approx(float(mean))
    found = outcome_of(checks, FIRST, baseline)
    if not after:
        assert found is None
        return
    latest = after[-1][1]
    assert found.response is (None if mean < 10 else 2 * latest <= mean)
    assert found.remission is (latest < 5)
    assert found.reliable is (abs(latest - mean) >= 6)
    assert found.deteriorated is (latest - mean >= 6)
    assert found.noticeable is (
        latest != mean and (abs(latest - mean) >= 5 or 5 * abs(latest - mean) >= mean)
    )
    assert found.remission_sustained is _held(after, lambda total: total < 5)


def _held(after, holds) -> bool:
    """From the end backwards by index, unlike the rule itself, which walks over days."""
    run = 0
    while run < len(after) and holds(after[-1 - run][1]):
        run += 1
    return run > 0 and after[-1][0] - after[-run][0] >= 14
