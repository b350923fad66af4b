"""The filter is exact: it equals a dense Gaussian, batched equals single, and properties hold."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterglow.core.instruments.change import Check
from afterglow.core.lift.filter import RECALLED, U, filter_days, room_of
from afterglow.core.lift.past import past_of, rooms_of, unknowns_of
from afterglow.core.lift.priors import Setting, shipped, ways_of
from afterglow.core.lift.series import Series, SittingDay, Tap
from afterglow.core.lift.steps import columns_of, columns_of_priors, days_of

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def a_series(seed: int, days: int = 40) -> Series:
    rng = np.random.default_rng(seed)
    return Series(
        sittings=tuple(SittingDay(on(d), 1.0) for d in (6, 9, 13, 20) if d < days),
        scores=tuple(Check(on(d), float(rng.integers(0, 28))) for d in range(0, days, 4)),
        taps=tuple(
            Tap(on(d), float(rng.integers(0, 11))) for d in range(days) if rng.random() < 0.6
        ),
    )


def dense_log_likelihood(series: Series, today: date, setting: int) -> float:
    """An oracle of its own: simulates no path, multiplies whole transition matrices, conditions once."""
    from scipy.stats import multivariate_normal  # heavy, and only this oracle needs it

    days = days_of([(series, today)])
    columns = columns_of(shipped().shared, [ways_of(shipped())[setting]], 1)
    unknowns = unknowns_of(days, columns, 0)
    room = room_each_day(series, ways_of(shipped())[setting], int(days.length[0]))
    design, noise, seen = _design(unknowns, days, room)
    mean = design @ unknowns.prior_mean
    cov = design @ unknowns.prior_cov @ design.T + np.diag(noise)
    return float(multivariate_normal(mean, cov).logpdf(seen))


def room_each_day(series: Series, way: Setting, length: int) -> list[float]:
    """What is left of the usual level once the lift that is expected without answers is taken off."""
    shared, fast, slow, had, rooms = shipped().shared, 0.0, 0.0, 0, []
    sat = {(sitting.day - START).days: sitting.dose_relative for sitting in series.sittings}
    for day in range(length):
        fast *= np.exp(-1 / way.fade_fast_days)
        slow *= np.exp(
            -1 / (way.fade_slow_days * (1 + shared.longer_each_sitting * max(had - 1, 0)))
        )
        if day - 1 in sat:
            fast += sat[day - 1] * way.mean[1] - shared.top_up_fast * fast
            slow += sat[day - 1] * way.mean[2] - shared.top_up_slow * slow
        had += day in sat
        rooms.append(min(max(1 - (fast + slow) / way.mean[0], 0.25), 1) / 0.75)
    return rooms


def _design(unknowns, days, room):
    shared = shipped().shared
    rows, noise, seen = [], [], []
    for day in range(int(days.length[0])):
        wobble, tap_wobble, fast, slow, level, _, _, course, mood, recalled = unknowns.states[day]
        if days.score_count[day, 0]:
            rows.append(recalled)
            noise.append(shared.phq9_sd**2)
            seen.append(days.score[day, 0])
        if days.tap_count[day, 0]:
            reached = 1 - np.exp(-days.since_first[day, 0] / shared.course_days)
            severity = level + room[day] * wobble - fast - slow - reached * course
            rows.append(mood + tap_wobble - shared.mood_per_point * severity)
            noise.append(shared.mood_sd**2)
            seen.append(days.tap[day, 0])
    return np.array(rows), np.array(noise), np.array(seen)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_likelihood_equals_the_dense_gaussian(seed: int) -> None:
    series = a_series(seed)
    days = days_of([(series, on(45))]).tiled(len(ways_of(shipped())))
    ours = filter_days(days, columns_of_priors(shipped(), 1)).log_likelihood()
    dense = [dense_log_likelihood(series, on(45), i) for i in range(len(ways_of(shipped())))]
    assert ours == pytest.approx(dense, abs=1e-8)


def test_the_look_back_ends_where_the_filter_stands() -> None:
    days = days_of([(a_series(4), on(45))])
    columns = columns_of(shipped().shared, shipped().settings[:1], 1)
    filtered = filter_days(days, columns)
    unknowns = unknowns_of(days, columns, 0)
    past = past_of(unknowns, unknowns.states[-1], days, columns, 0)
    assert past.mean == pytest.approx(filtered.belief.mean[:, 0], abs=1e-8)
    assert past.variance == pytest.approx(np.diag(filtered.belief.cov[:, :, 0]), abs=1e-8)


def test_many_at_once_equal_one_by_one() -> None:
    people = [(a_series(seed, days=15 + 5 * seed), on(20 + 6 * seed)) for seed in range(6)]
    together = filter_days(
        days_of(people).tiled(len(ways_of(shipped()))), columns_of_priors(shipped(), len(people))
    )
    for place, person in enumerate(people):
        alone = filter_days(
            days_of([person]).tiled(len(ways_of(shipped()))), columns_of_priors(shipped(), 1)
        )
        assert together.belief.mean[:, place :: len(people)] == pytest.approx(
            alone.belief.mean, abs=1e-10
        )
        assert together.surprise[place :: len(people)] == pytest.approx(alone.surprise, abs=1e-10)


@settings(max_examples=25, deadline=None)
@given(day=st.integers(0, 44), score=st.integers(0, 27))
def test_one_more_answer_never_widens(day: int, score: int) -> None:
    series = a_series(5)
    more = Series(series.sittings, (*series.scores, Check(on(day), score)), series.taps)
    columns = columns_of(shipped().shared, shipped().settings[:1], 1)
    before, after = (
        filter_days(days_of([(s, on(45))]), columns).belief.cov for s in (series, more)
    )
    assert np.all(np.diagonal(after[..., 0]) <= np.diagonal(before[..., 0]) + 1e-10)


@settings(max_examples=25, deadline=None)
@given(st.permutations([2.0, 5.0, 9.0]), st.permutations([4.0, 11.0]))
def test_the_order_within_a_day_does_not_matter(levels, totals) -> None:
    def belief(levels, totals):
        series = Series(
            (SittingDay(on(2)),),
            tuple(Check(on(4), total) for total in totals),
            tuple(Tap(on(4), level) for level in levels),
        )
        columns = columns_of(shipped().shared, shipped().settings[:1], 1)
        return filter_days(days_of([(series, on(6))]), columns).belief.mean

    assert belief(levels, totals) == pytest.approx(belief([2.0, 5.0, 9.0], [4.0, 11.0]), abs=1e-10)


@settings(max_examples=20, deadline=None)
@given(quiet=st.integers(1, 60))
def test_missing_days_are_free(quiet: int) -> None:
    series, columns = a_series(6), columns_of(shipped().shared, shipped().settings[:1], 1)
    now, later = (filter_days(days_of([(series, on(40 + q))]), columns) for q in (0, quiet))
    assert later.log_likelihood() == pytest.approx(now.log_likelihood(), abs=1e-10)


def test_a_sitting_lifts_from_the_next_day_on() -> None:
    columns = columns_of(shipped().shared, shipped().settings[:1], 1)
    series = Series((SittingDay(on(1)),), (Check(on(0), 15),))
    same_day, next_day = (
        filter_days(days_of([(series, on(d))]), columns).belief.mean for d in (1, 2)
    )
    assert same_day[2, 0] == 0
    assert next_day[2, 0] > 1
    assert next_day[RECALLED, 0] < same_day[RECALLED, 0]
    assert abs(next_day[U, 0]) < 5


def test_a_lifted_mood_has_less_room_to_wobble() -> None:
    usual = np.array([[0.0, 2.0, 9.0], [0.0, 6.0, 9.0]])
    assert room_of(usual, np.array([16.0, 16.0, 16.0])) * 0.75 == pytest.approx([1, 0.5, 0.25])


def test_the_room_grows_again_as_the_lift_fades_and_rests_on_no_answer() -> None:
    columns = columns_of(shipped().shared, shipped().settings[:1], 1)
    high, low = (
        rooms_of(
            days_of([(Series((SittingDay(on(3)),), (Check(on(0), total),)), on(90))]), columns, 0
        )
        for total in (15, 3)
    )
    assert high[3] > high[60] > high[4]
    assert high == pytest.approx(low)
