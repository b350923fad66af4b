"""Filter and look back are exact: they equal a dense Gaussian, batched equals single, and properties hold."""

from datetime import date, timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.lift.dense import answers_of, dense_of, given_all

from afterglow.core.instruments.change import Check
from afterglow.core.lift.filter import RECALLED, U, filter_days, room_of
from afterglow.core.lift.forecast import standing_of
from afterglow.core.lift.past import BEFORE, known_of, moves_of, past_of, rooms_of
from afterglow.core.lift.priors import Priors, Setting, shipped, ways_of
from afterglow.core.lift.series import Series, SittingDay, Tap
from afterglow.core.lift.steps import columns_of, columns_of_priors, days_of
from afterglow.core.lift.summary import Z_80, look_back

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


def dense_log_likelihood(series: Series, today: date, way: Setting) -> float:
    from scipy.stats import multivariate_normal  # heavy, and only this oracle needs it

    dense = dense_of(series, today, way)
    base, loads, noise, seen = answers_of(series, dense)
    mean, cov = dense.moments(base, loads)
    return float(multivariate_normal(mean, cov + np.diag(noise)).logpdf(seen))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_likelihood_equals_the_dense_gaussian(seed: int) -> None:
    series = a_series(seed)
    days = days_of([(series, on(45))]).tiled(len(ways_of(shipped())))
    ours = filter_days(days, columns_of_priors(shipped(), 1)).log_likelihood()
    dense = [dense_log_likelihood(series, on(45), way) for way in ways_of(shipped())]
    assert ours == pytest.approx(dense, abs=1e-8)
    walked = known_of(moves_of(days, columns_of_priors(shipped(), 1))).log_likelihood()
    assert walked == pytest.approx(dense, abs=1e-8)


@pytest.mark.parametrize(("seed", "until"), [(4, 45), (5, 20), (6, 13)])
def test_the_look_back_equals_the_dense_gaussian(seed: int, until: int) -> None:
    """The line and the change; the second and third with a sitting on the last day."""
    series = a_series(seed).until(on(until))
    days = days_of([(series, on(until))])
    for way in ways_of(shipped()):
        columns = columns_of(shipped().shared, [way], 1)
        past = past_of(moves_of(days, columns, before=slice(1, 5)))
        dense = dense_of(series, on(until), way)
        mean, variance = given_all(series, dense, *dense.rows("recalled"))
        line = past.line()
        assert line[0][:, 0] == pytest.approx(mean, abs=1e-8)
        assert line[1][:, 0] == pytest.approx(variance, abs=1e-8)
        base, loads = dense.rows("recalled")
        mean, variance = given_all(
            series, dense, base[-1:] - base[1:5].mean(), loads[-1:] - loads[1:5].mean(axis=0)
        )
        change = np.zeros((1, BEFORE + 1))
        change[:, RECALLED], change[:, BEFORE] = 1, -1
        found = np.concatenate(past.of(-1, change))
        assert found == pytest.approx(np.concatenate([mean, variance]), abs=1e-8)


@pytest.mark.parametrize(("seed", "until"), [(4, 45), (5, 20), (6, 13)])
def test_lifts_and_what_is_left_of_them_equal_the_dense_gaussian(seed: int, until: int) -> None:
    series, priors = a_series(seed).until(on(until)), one_way()
    standing = standing_of(series, on(until), priors)
    looking = look_back(series, on(0), standing, priors)
    dense = dense_of(series, on(until), priors.settings[0])
    spread = Z_80 * priors.lift_spread * np.sqrt(standing.spread[0])
    for name, spans in (
        ("lifts", [lift.lift for lift in looking.lifts]),
        ("left", [lift.left_today for lift in looking.lifts]),
    ):
        mean, variance = given_all(series, dense, *dense.rows(name))
        assert [span.mean for span in spans] == pytest.approx(mean, abs=1e-8)
        halves = [span.high - span.mean for span in spans]
        assert halves == pytest.approx(spread * np.sqrt(variance), abs=1e-8)
    base, loads = dense.rows("left")
    mean, variance = given_all(series, dense, base.sum(keepdims=True), loads.sum(axis=0)[None])
    assert looking.left_in_all.mean == pytest.approx(mean[0], abs=1e-8)
    half = looking.left_in_all.high - looking.left_in_all.mean
    assert half == pytest.approx(spread * np.sqrt(variance[0]), abs=1e-8)


def one_way() -> Priors:
    """Priors without a mixture: one setting and no spread of fading."""
    setting = msgspec.structs.replace(shipped().settings[1], weight=1.0)
    return msgspec.structs.replace(shipped(), settings=(setting,), fade_spread=0.0)


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
            days_of([(Series((SittingDay(on(3)),), (Check(on(0), total),)), on(90))]), columns
        )[:, 0]
        for total in (15, 3)
    )
    assert high[3] > high[60] > high[4]
    assert high == pytest.approx(low)
