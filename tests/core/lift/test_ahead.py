"""What may come: quantiles, the chance of being back at ten, and a person's own spread."""

from datetime import date, timedelta

import numpy as np
import pytest

from afterglow.core.instruments.change import Check
from afterglow.core.lift.back_at import HORIZON_DAYS, BackAt, _rooms, back_at_ten
from afterglow.core.lift.forecast import Mixture, days_ahead_of, forecast, normal_cdf, standing_of
from afterglow.core.lift.priors import shipped
from afterglow.core.lift.series import Series, SittingDay

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def standing(totals: list[float], *, sittings=(6,), today: int | None = None):
    scores = tuple(Check(on(3 * place), total) for place, total in enumerate(totals))
    last = 3 * (len(totals) - 1) if today is None else today
    return standing_of(
        Series(tuple(SittingDay(on(d)) for d in sittings), scores), on(last), shipped()
    )


def chances(totals: list[float], **how) -> BackAt:
    return back_at_ten(standing(totals, **how), np.random.default_rng(1))


def test_the_chance_of_being_back_only_grows() -> None:
    by_day = chances([16, 17, 16, 9, 7, 6, 6, 7]).by_day
    assert len(by_day) == HORIZON_DAYS + 1
    assert list(by_day) == sorted(by_day)
    assert by_day[2] == 0


def test_paths_wobble_further_as_the_lift_fades() -> None:
    now = standing([16, 17, 16, 9, 7, 6, 6, 7])
    rooms = _rooms(now, days_ahead_of(now, HORIZON_DAYS))
    assert rooms.shape == (HORIZON_DAYS, len(now.weight))
    assert np.all(np.diff(rooms, axis=0) > 0)


def test_a_higher_score_is_nearer_to_ten() -> None:
    low, high = chances([16, 17, 16, 6, 3, 3, 2, 2]), chances([16, 17, 16, 9, 9, 9, 9, 9])
    assert low.by_day[14] < high.by_day[14]


def test_the_same_draws_give_the_same_chance() -> None:
    assert chances([16, 17, 16, 9, 7, 6]) == chances([16, 17, 16, 9, 7, 6])


def test_a_chance_never_reached_has_no_day() -> None:
    back = BackAt(by_day=(0.0, 0.2, 0.6))
    assert (back.day_of(0.1), back.day_of(0.5), back.day_of(0.9)) == (1, 2, None)


def test_ranges_widen_with_the_days_ahead() -> None:
    ahead = forecast(standing([16, 17, 16, 9, 7, 6, 6]))
    widths = [m.quantile(0.9) - m.quantile(0.1) for m in (ahead[0], ahead[6], ahead[13])]
    assert widths == sorted(widths)


def test_someone_whose_scores_jump_about_gets_wider_ranges() -> None:
    calm, jumpy = (
        forecast(standing(t))[6]
        for t in ([15, 15, 16, 9, 9, 9, 9, 9, 9], [15, 22, 9, 3, 15, 2, 16, 2, 9])
    )
    assert jumpy.quantile(0.9) - jumpy.quantile(0.1) > 1.2 * (
        calm.quantile(0.9) - calm.quantile(0.1)
    )


def test_without_answers_the_forecast_forgets_the_last_ones() -> None:
    fresh, stale = (forecast(standing([15, 15, 16, 4, 3, 3, 3], today=t))[6] for t in (18, 38))
    assert stale.quantile(0.9) - stale.quantile(0.1) > fresh.quantile(0.9) - fresh.quantile(0.1)


def test_a_mixture_of_one_is_a_normal() -> None:
    mixture = Mixture(np.array([1.0]), np.array([12.0]), np.array([2.0]))
    assert mixture.quantile(0.9) == pytest.approx(12 + 1.2816 * 2, abs=0.05)
    assert mixture.at_most()[12] == pytest.approx(normal_cdf(np.array(0.25)), abs=1e-9)


def test_the_whole_scale_holds_all_chance() -> None:
    mixture = Mixture(np.array([0.5, 0.5]), np.array([-2.0, 30.0]), np.array([1.0, 1.0]))
    assert mixture.at_most()[-1] == 1
    assert (mixture.quantile(0.025), mixture.quantile(0.975)) == (0, 27)
