"""Priors: what ships can be read, written and read again; a cohort can learn its own."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.instruments.change import Check
from afterglow.core.lift.command import run_priors
from afterglow.core.lift.forecast import standing_of
from afterglow.core.lift.learn import learn
from afterglow.core.lift.priors import from_toml, shipped, to_toml, ways_of
from afterglow.core.lift.series import Series, SittingDay
from afterglow.core.lift.vector import priors_of, vector_of

START = date(2026, 1, 5)


def people(noise: float, count: int = 20):
    """Made without the model: a level, a drop after one sitting that fades, and noise."""
    rng = np.random.default_rng(3)
    for _ in range(count):
        level, lift = rng.normal(15, 3), rng.normal(6, 2)
        days = range(0, 36, 4)
        mean = [level - (lift * np.exp(-(d - 12) / 12) if d > 12 else 0) for d in days]
        totals = np.clip(np.round(mean + rng.normal(0, noise, len(mean))), 0, 27)
        scores = tuple(
            Check(START + timedelta(days=d), float(t)) for d, t in zip(days, totals, strict=True)
        )
        yield Series((SittingDay(START + timedelta(days=12)),), scores), START + timedelta(days=36)


def test_the_shipped_priors_name_their_source() -> None:
    assert shipped().source
    assert len(shipped().settings) in (2, 3)
    assert sum(setting.weight for setting in shipped().settings) == pytest.approx(1)


def test_priors_survive_being_written_and_read() -> None:
    assert from_toml(to_toml(shipped())) == shipped()


def test_an_earlier_file_without_the_later_spreads_still_opens() -> None:
    lines = to_toml(shipped()).splitlines()
    earlier = "\n".join(
        line for line in lines if not line.startswith(("lift_spread", "fade_spread"))
    )
    assert from_toml(earlier).shared == shipped().shared


def test_the_vector_is_another_spelling_of_the_priors() -> None:
    again = priors_of(
        vector_of(shipped()), shipped(), source=shipped().source, people=shipped().people
    )
    assert vector_of(again) == pytest.approx(vector_of(shipped()), abs=1e-6)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("phq9_sd", "phq_sd", "phq"),
        ("[[settings]]", "[[setting]]", "setting"),
        ("weight =", "weight = 'half' #", "weight"),
        ("mean = [", "mean = [1, ", "mean has 5"),
        ("phq9_sd = ", "phq9_sd = -", "above zero"),
    ],
)
def test_priors_that_do_not_fit_are_refused(old, new, why) -> None:
    with pytest.raises(ValueError, match=why):
        from_toml(to_toml(shipped()).replace(old, new, 1))


def test_a_noisier_cohort_learns_a_larger_noise() -> None:
    still, loud = (
        learn(list(people(noise)), shipped(), source="test", rounds=1).shared
        for noise in (0.6, 3.5)
    )
    assert still.phq9_sd + still.wobble_sd < loud.phq9_sd + loud.wobble_sd


def test_learning_hears_a_better_fit_each_round() -> None:
    heard: list[float] = []
    learn(
        list(people(2.0)), shipped(), source="test", rounds=2, told=lambda _, fit: heard.append(fit)
    )
    assert heard == sorted(heard)


def test_too_small_a_cohort_is_refused() -> None:
    person = {"person": "a", "origin": "2026-02-01", "phq9": [{"date": "2026-01-08", "score": 9}]}
    with pytest.raises(BadInput, match="20 people"):
        run_priors([json.dumps(person)], source="clinic.jsonl")


def test_priors_are_frozen() -> None:
    with pytest.raises(AttributeError):
        shipped().people = 3


def test_each_setting_fades_in_three_ways_around_its_own_time() -> None:
    ways, setting = ways_of(shipped())[:3], shipped().settings[0]
    assert sum(way.weight for way in ways) == pytest.approx(setting.weight)
    logs = np.log([way.fade_slow_days / setting.fade_slow_days for way in ways])
    shares = np.array([way.weight for way in ways]) / setting.weight
    assert shares @ logs == pytest.approx(0, abs=1e-9)
    assert np.sqrt(shares @ logs**2) == pytest.approx(shipped().fade_spread)


def test_a_lift_that_fades_slowly_moves_the_weight_to_slow_fading() -> None:
    def weight_of_slow(days: float) -> float:
        totals = [16, 16] + [16 - 11 * np.exp(-7 * n / days) for n in range(8)]
        checks = tuple(Check(START + timedelta(days=7 * n), round(t)) for n, t in enumerate(totals))
        sat = (SittingDay(START + timedelta(days=8)),)
        weight = standing_of(Series(sat, checks), START + timedelta(days=64), shipped()).weight
        return float(weight[2] + weight[5])

    assert weight_of_slow(200) > weight_of_slow(12) + 0.1
