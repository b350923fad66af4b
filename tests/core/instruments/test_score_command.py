"""What `afterglow score` answers and refuses."""

import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.instruments.command import run_score


def test_a_score_has_the_published_fields():
    assert run_score("phq-9", "0,0,0,1,2,1,3,2,1") == {
        "instrument": "phq-9",
        "version": "1",
        "total": 10,
        "band": "moderate",
        "subscales": {},
        "missing": 0,
        "prorated": False,
        "safety": True,
    }


def test_a_dash_is_a_missing_answer():
    result = run_score("GAD-7", "2, 2, -, 2, 2, 2, 2")
    assert (result["total"], result["missing"], result["prorated"]) == (14, 1, True)


def test_too_many_gaps_leave_no_total_and_no_band():
    result = run_score("phq-9", "-,-,-,1,1,1,1,1,0")
    assert (result["total"], result["band"], result["prorated"]) == (None, None, False)


@pytest.mark.parametrize(
    ("name", "answers", "field"),
    [
        ("bdi", "0", "instrument"),
        ("phq-9", "0,0", "answers"),
        ("phq-9", "", "answers"),
        ("phq-2", "0,7", "answers, item 2"),
        ("phq-2", "0,01", "answers, item 2"),
        ("phq-2", ",1", "answers, item 1"),
    ],
)
def test_bad_words_are_refused_with_the_field(name, answers, field):
    with pytest.raises(BadInput) as refusal:
        run_score(name, answers)
    assert refusal.value.field == field
    assert "\n" not in str(refusal.value)
