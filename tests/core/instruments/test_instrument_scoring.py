"""Scoring against an oracle written another way, every band edge, and every file's own examples."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations_with_replacement, product

import pytest

from afterglow.core.instruments import Instrument, instruments, load_instrument, score

CUTS = {
    "phq-9": (
        (0, "minimal"),
        (5, "mild"),
        (10, "moderate"),
        (15, "moderately-severe"),
        (20, "severe"),
    ),
    "gad-7": ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")),
    "phq-2": ((0, "below"), (3, "at-or-above")),
}
MOST_MISSING = {"phq-9": 2, "gad-7": 1, "phq-2": 0}


def oracle_total(name: str, answers: tuple[int | None, ...]) -> int | None:
    given = [answer for answer in answers if answer is not None]
    if not given or len(answers) - len(given) > MOST_MISSING[name]:
        return None
    mean = Decimal(sum(given)) / Decimal(len(given))
    exact = (mean * len(answers)).quantize(Decimal("0.000001"))
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def oracle_band(name: str, total: int) -> str:
    return [key for low, key in CUTS[name] if total >= low][-1]


def every_case(name: str) -> list[tuple[int | None, ...]]:
    """All answers of the short ones; of the PHQ-9 all mixtures of items 1 to 8 with every item 9."""
    values = (None, 0, 1, 2, 3)
    if name != "phq-9":
        return (
            list(product((0, 1, 2, 3), repeat=7))
            if name == "gad-7"
            else list(product(values, repeat=2))
        )
    eight = combinations_with_replacement(values, 8)
    return [(*first, ninth) for first in eight for ninth in values]


def answers_summing_to(instrument: Instrument, total: int) -> list[int]:
    return [min(3, max(0, total - 3 * place)) for place in range(len(instrument.items))]


@pytest.mark.parametrize("name", sorted(CUTS))
def test_scores_agree_with_an_oracle_written_another_way(name):
    instrument = load_instrument(name)
    for answers in every_case(name):
        result = score(instrument, answers)
        total = oracle_total(name, answers)
        assert result.total == total
        assert result.band == (None if total is None else oracle_band(name, total))
        assert result.missing == answers.count(None)
        assert result.prorated == (total is not None and None in answers)


@pytest.mark.parametrize("answers", combinations_with_replacement((None, 0, 1, 2, 3), 7))
def test_gad_7_with_gaps_agrees_with_the_oracle(answers):
    assert score(load_instrument("gad-7"), answers).total == oracle_total("gad-7", answers)


@pytest.mark.parametrize(
    ("name", "total"),
    [(name, low - below) for name, cuts in CUTS.items() for low, _ in cuts[1:] for below in (1, 0)],
)
def test_both_sides_of_every_band_edge_are_named_as_published(name, total):
    instrument = load_instrument(name)
    assert score(instrument, answers_summing_to(instrument, total)).band == oracle_band(name, total)


@pytest.mark.parametrize(
    ("instrument", "number"),
    [(each, number) for each in instruments() for number in range(len(each.golden))],
    ids=lambda value: value.id if isinstance(value, Instrument) else str(value),
)
def test_every_worked_example_in_a_file_comes_out(instrument, number):
    example = instrument.golden[number]
    result = score(instrument, example.given())
    assert (result.total, result.band, result.prorated, result.safety) == (
        example.total,
        example.band,
        example.prorated,
        example.safety,
    )


@pytest.mark.parametrize("ninth", [0, 1, 2, 3, None])
def test_item_nine_alone_decides_about_the_help_panel(ninth):
    result = score(load_instrument("phq-9"), [0, 0, 0, 0, 0, 0, 0, 0, ninth])
    assert result.safety == (ninth in (1, 2, 3))
    assert result.item9 == ninth


def test_item_nine_counts_even_when_there_is_no_total():
    result = score(load_instrument("phq-9"), [None] * 8 + [2])
    assert result.total is None
    assert result.safety


def test_an_instrument_without_a_safety_item_never_asks_for_the_panel():
    assert not score(load_instrument("gad-7"), [3] * 7).safety


def test_a_wrong_number_of_answers_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match="9 items, and 8 answers"):
        score(load_instrument("phq-9"), [0] * 8)


def test_a_value_that_is_no_option_is_refused_with_its_item():
    with pytest.raises(ValueError, match="item 3: 4 is not one of"):
        score(load_instrument("phq-9"), [0, 0, 4, 0, 0, 0, 0, 0, 0])
