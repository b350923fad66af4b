"""A self-experiment: a fair, repeatable draw, an exact test, and first-class answers of not enough."""

import json
import re
from datetime import date, timedelta
from random import Random

import msgspec
import numpy as np
import pytest
from tests.core.lift.dense import answers_of, dense_of

from afterglow.core.bad_input import BadInput
from afterglow.core.experiment.command import run_experiment
from afterglow.core.experiment.design import adherence, design, redraws, shown_on
from afterglow.core.experiment.estimate import GoesWith, analyse, detectable_effect, goes_with
from afterglow.core.instruments.change import Check
from afterglow.core.lift.priors import shipped
from afterglow.core.lift.series import NotEnough, Series, SittingDay, Tap

START = date(2026, 1, 5)


def on(day: int) -> date:
    return START + timedelta(days=day)


def plan_of(seed: int = 1, *, block_days: int = 7, weeks: int = 12, sittings=()):
    return design(START, block_days=block_days, weeks=weeks, seed=seed, sittings=sittings)


def lived(plan, effect: float, seed: int = 1) -> Series:
    """Scores every third day and taps every second, lower by `effect` in blocks with the practice."""
    rng = np.random.default_rng(seed)
    days = (plan.last_day - START).days + 1
    lower = [effect * plan.block_on(on(d)).practise for d in range(days)]
    scores = [
        Check(on(d), float(np.clip(round(14 - lower[d] + rng.normal(0, 1.5)), 0, 27)))
        for d in range(0, days, 3)
    ]
    taps = [
        Tap(on(d), float(np.clip(round(5 + 0.2 * lower[d] + rng.normal(0, 0.8)), 0, 10)))
        for d in range(0, days, 2)
    ]
    return Series((), tuple(scores), tuple(taps))


@pytest.mark.parametrize(
    ("block_days", "weeks", "count"), [(7, 12, 12), (14, 12, 6), (7, 24, 24), (14, 24, 12)]
)
def test_half_the_blocks_have_the_practice(block_days, weeks, count) -> None:
    for seed in range(20):
        labels = [b.practise for b in plan_of(seed, block_days=block_days, weeks=weeks).blocks]
        assert (len(labels), sum(labels)) == (count, count // 2)


def test_the_same_seed_draws_the_same_plan() -> None:
    assert plan_of(7) == plan_of(7)
    assert len({plan_of(seed).blocks for seed in range(20)}) > 15


def test_no_more_than_three_blocks_in_a_row_are_alike() -> None:
    for seed in range(50):
        text = "".join("yn"[b.practise] for b in plan_of(seed, weeks=24).blocks)
        assert "yyyy" not in text
        assert "nnnn" not in text


def test_planned_sittings_are_shared_out_evenly() -> None:
    sittings = [on(d) for d in (1, 8, 30, 37, 60, 66)]
    for seed in range(20):
        plan = plan_of(seed, sittings=sittings)
        assert sum(1 if plan.block_on(day).practise else -1 for day in sittings) in (-1, 0, 1)


def test_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="7 or 14 days"):
        plan_of(block_days=5)


def test_only_this_block_and_the_next_are_shown() -> None:
    plan = plan_of()
    assert shown_on(plan, on(-30)) == plan.blocks[:1]
    assert shown_on(plan, on(0)) == plan.blocks[:2]
    assert shown_on(plan, on(13)) == plan.blocks[1:3]
    assert shown_on(plan, plan.last_day) == plan.blocks[-1:]


def test_adherence_counts_past_days_of_both_kinds() -> None:
    plan = plan_of()
    first = plan.blocks[0].practise
    kept = adherence(plan, [on(0), on(1), on(40)], on(6))
    assert (kept.practise_done, kept.practise_days) == ((2, 7) if first else (0, 0))
    assert (kept.other_done, kept.other_days) == ((0, 0) if first else (2, 7))


def test_redraws_keep_the_rules_of_the_plan() -> None:
    plan = plan_of(3)
    for labels in redraws(plan, [], 50, Random(1)):
        assert sum(labels) == 6
        assert (
            max(
                len(part)
                for part in "".join("yn"[x] for x in labels)
                .replace("yn", "y n")
                .replace("ny", "n y")
                .split()
            )
            <= 3
        )


def test_a_large_effect_is_found() -> None:
    plan = plan_of(2, weeks=24)
    found = analyse(plan, [], lived(plan, 6), priors=shipped(), rng=Random(1))
    assert found.key == "lower_with"
    assert found.effect.low > 2
    assert found.p_randomisation < 0.02


def test_the_effect_equals_generalised_least_squares_on_the_dense_gaussian() -> None:
    """One setting, one fading: the whitened walk against weighing all answers by their whole covariance."""
    setting = msgspec.structs.replace(shipped().settings[1], weight=1.0)
    priors = msgspec.structs.replace(shipped(), settings=(setting,), fade_spread=0.0)
    plan = plan_of(2)
    plain = lived(plan, 3)
    series = Series((SittingDay(on(10)), SittingDay(on(31))), plain.scores, plain.taps)
    found = analyse(plan, [], series, priors=priors, rng=Random(1))
    dense = dense_of(series, plan.last_day, setting)
    base, loads, noise, seen = answers_of(series, dense)
    mean, cov = dense.moments(base, loads)
    weight = np.linalg.inv(cov + np.diag(noise))
    lower = moved_by_hand(plan, series)
    effect = (lower @ weight @ (seen - mean)) / (lower @ weight @ lower)
    assert found.effect.mean == pytest.approx(effect, abs=1e-8)


def moved_by_hand(plan, series) -> np.ndarray:
    """What one point lower in blocks with the practice does to each answer, totals first."""
    keep_recall = np.exp(-1 / shipped().shared.recall_days)
    effect, recalled, days = 0.0, 0.0, []
    for day in range((plan.last_day - START).days + 1):
        effect += (1 - np.exp(-1 / 3)) * (plan.block_on(on(day)).practise - effect)
        recalled += (1 - keep_recall) * (effect - recalled)
        days.append((effect, recalled))
    totals = [-days[(score.day - START).days][1] for score in series.scores]
    per_point = shipped().shared.mood_per_point
    return np.array(totals + [per_point * days[(tap.day - START).days][0] for tap in series.taps])


def test_a_harmful_practice_is_said_to_be_one() -> None:
    plan = plan_of(2, weeks=24)
    found = analyse(plan, [], lived(plan, -6), priors=shipped(), rng=Random(1))
    assert found.key == "higher_with"
    assert found.effect.high < 0


def test_no_effect_is_seldom_called_one() -> None:
    plans = [plan_of(seed) for seed in range(20)]
    found = [
        analyse(p, [], lived(p, 0, i), priors=shipped(), rng=Random(i)) for i, p in enumerate(plans)
    ]
    assert sum(f.key == "lower_with" for f in found) <= 4
    assert sum(f.key != "cannot_tell" for f in found) <= 4


def test_intention_to_treat_ignores_what_was_done() -> None:
    plan = plan_of(2)
    one, two = (
        analyse(plan, done, lived(plan, 3), priors=shipped(), rng=Random(1))
        for done in ([], [on(0)])
    )
    assert (one.effect, one.p_randomisation) == (two.effect, two.p_randomisation)


def test_twelve_weeks_find_only_large_effects_and_longer_finds_smaller_ones() -> None:
    short = detectable_effect(plan_of(1), priors=shipped(), score_every_days=7)
    long = detectable_effect(plan_of(1, weeks=24), priors=shipped(), score_every_days=7)
    often = detectable_effect(plan_of(1), priors=shipped(), score_every_days=3)
    assert short > 2.5
    assert long < short
    assert often < short


def test_an_experiment_without_answers_is_not_enough() -> None:
    found = analyse(plan_of(), [], Series((), ()), priors=shipped(), rng=Random(1))
    assert found == NotEnough("few_scores", 0, 6)


def test_goes_with_needs_thirty_days_of_both_kinds() -> None:
    taps = tuple(Tap(on(d), 5) for d in range(70))
    found = goes_with(
        Series((), (), taps), [on(d) for d in range(29)], today=on(80), priors=shipped()
    )
    assert found == NotEnough("few_days", 29, 30)


def test_days_before_the_first_practised_one_are_not_days_without() -> None:
    """Forty harder days before it began; afterwards the days with and without are alike."""
    taps = tuple(Tap(on(d), 2 if d < 40 else 6) for d in range(110))
    practised = [on(d) for d in range(40, 110) if d % 2 == 0]
    found = goes_with(Series((), (), taps), practised, today=on(110), priors=shipped())
    assert (found.practised_days, found.other_days) == (35, 35)
    assert found.difference.low < 0 < found.difference.high
    begun_late = goes_with(
        Series((), (), taps), [on(d) for d in range(75, 110)], today=on(110), priors=shipped()
    )
    assert begun_late == NotEnough("few_days", 0, 30)


def test_goes_with_compares_and_carries_its_warning() -> None:
    rng = np.random.default_rng(1)
    practised = {on(d) for d in range(80) if d % 14 < 7}
    taps = tuple(Tap(on(d), 6.0 + (on(d) in practised) + rng.integers(-1, 2)) for d in range(80))
    found = goes_with(Series((), (), taps), practised, today=on(80), priors=shipped())
    assert isinstance(found, GoesWith)
    assert found.difference.mean > 1
    assert (found.practised_days, found.other_days) == (42, 38)


def file_of(plan, series, **changes) -> str:
    fields = {
        "block_days": plan.block_days,
        "seed": plan.seed,
        "blocks": [{"start": b.start.isoformat(), "practise": b.practise} for b in plan.blocks],
        "done": [on(0).isoformat()],
        "sittings": [],
        "phq9": [{"date": s.day.isoformat(), "score": int(s.total)} for s in series.scores],
        "mood": [{"date": t.day.isoformat(), "level": int(t.level)} for t in series.taps],
    }
    return json.dumps(fields | changes)


def test_fewer_than_twelve_blocks_announce_nothing_and_say_so() -> None:
    plan = plan_of(block_days=14)
    assert detectable_effect(plan, priors=shipped(), score_every_days=7) is None
    found = run_experiment(file_of(plan, lived(plan, 0)), source="mine.json")
    assert found["detectable_effect"] is None
    assert "fewer than 12 blocks" in found["statement"]
    assert found["effect"]


def test_afterwards_no_smaller_effect_is_claimed_than_such_answers_announce() -> None:
    """Answers as often as announced, with a spread as expected: the same size, before and after."""
    plan = plan_of(3, weeks=24)
    said = detectable_effect(plan, priors=shipped(), score_every_days=3)
    found = analyse(plan, [], lived(plan, 0, 3), priors=shipped(), rng=Random(1))
    assert found.detectable_effect > 1.3 * 2.487 / 1.2816 * (found.effect.high - found.effect.mean)
    assert found.detectable_effect == pytest.approx(said, rel=0.35)


def test_the_sentence_and_the_range_of_the_draws_agree() -> None:
    for effect, words in ((6, "lower in the blocks"), (-6, "higher in the blocks")):
        plan = plan_of(2, weeks=24)
        said = run_experiment(file_of(plan, lived(plan, effect)), source="mine.json")["statement"]
        points, low, high = (int(word) for word in re.findall(r"\d+", said))
        assert words in said
        assert 0 < low <= points <= high
    plain = run_experiment(file_of(plan_of(), lived(plan_of(), 0, 4)), source="mine.json")
    assert re.search(r"anything from \d+ points higher to \d+ points lower", plain["statement"])
    assert "likely" not in plain["statement"]


def test_the_command_gives_the_format_and_repeats_itself() -> None:
    text = file_of(plan_of(), lived(plan_of(), 3))
    found = run_experiment(text, source="mine.json")
    assert list(found) == [
        "effect",
        "p_randomisation",
        "adherence",
        "detectable_effect",
        "statement",
    ]
    assert found == run_experiment(text, source="mine.json")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"block_days": 0}, "block_days"),
        ({"seed": 1.5}, "seed"),
        ({"blocks": []}, "blocks"),
        ({"blocks": [{"start": "2026-01-05", "practise": 1}]}, "blocks[0].practise"),
        ({"blocks": [{"start": "2026-01-05", "practise": True}] * 2}, "blocks[1].start"),
        ({"done": ["yesterday"]}, "done[0]"),
        ({"phq9": [{"date": "2026-01-05", "score": 40}]}, "phq9[0].score"),
    ],
)
def test_a_bad_experiment_names_its_field(changes, field) -> None:
    with pytest.raises(BadInput) as refusal:
        run_experiment(file_of(plan_of(), Series((), ()), **changes), source="mine.json")
    assert refusal.value.field == field


@pytest.mark.parametrize("effect", [0.0, 6.0, -6.0])
def test_the_range_by_lot_leaves_out_zero_just_where_a_direction_is_named(effect) -> None:
    for seed in range(4):
        plan = plan_of(seed)
        found = analyse(plan, [], lived(plan, effect, seed), priors=shipped(), rng=Random(1))
        assert (found.by_lot.low > 0) == (found.key == "lower_with")
        assert (found.by_lot.high < 0) == (found.key == "higher_with")
        assert found.by_lot.low <= found.effect.mean <= found.by_lot.high


def test_other_draws_are_those_around_the_sittings_known_at_the_time() -> None:
    """Seed 3 puts the practice into the blocks of these sittings, as a draw around all of them seldom does."""
    late = [on(7 * place + 3) for place in range(12) if plan_of(3).blocks[place].practise]
    plan = plan_of(3)
    series = lived(plan, 1.0)
    sat = Series(tuple(map(SittingDay, late)), series.scores, series.taps)

    def found(known):
        rng = Random(1)
        return analyse(plan, [], sat, priors=shipped(), rng=rng, drawn_for=known).p_randomisation

    assert found([]) == found(())
    assert found(None) == found(late)
    assert found([]) != found(late)


def test_fewer_blocks_find_only_larger_effects() -> None:
    twelve = detectable_effect(plan_of(), priors=shipped(), score_every_days=7)
    wide, longer = (
        detectable_effect(plan_of(block_days=days, weeks=24), priors=shipped(), score_every_days=7)
        for days in (14, 7)
    )
    assert longer < min(wide, twelve)
