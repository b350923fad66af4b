"""The command's findings follow the format, and bad input is refused by line and field."""

import json

import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.lift.command import run_lift

MIRA = {
    "person": "mira",
    "origin": "2026-03-01",
    "sittings": [{"date": "2026-01-20"}, {"date": "2026-01-27", "dose_relative": 0.8}],
    "phq9": [
        {"date": "2026-01-08", "score": 17},
        {"date": "2026-01-15", "score": 19},
        {"date": "2026-01-24", "score": 10},
        {"date": "2026-02-01", "score": 7},
        {"date": "2026-02-10", "score": 8},
        {"date": "2026-02-25", "score": 9},
    ],
    "mood": [{"date": "2026-02-24", "level": 6}],
}


def finding(**changes):
    [found] = run_lift([json.dumps(MIRA | changes)], source="people.jsonl")
    return found


def test_a_finding_has_every_field_of_the_format() -> None:
    found = finding()
    assert list(found) == [
        "person", "baseline", "change", "response", "remission", "reliable_change",
        "sittings", "forecast", "back_at_10", "not_enough",
    ]  # fmt: skip
    assert found["baseline"] == {"mean": 18, "n": 2}
    assert (found["response"], found["remission"], found["reliable_change"]) == (True, False, True)
    assert len(found["sittings"]) == 2
    assert list(found["forecast"]["14"]["quantiles"]) == [
        "0.025",
        "0.1",
        "0.25",
        "0.5",
        "0.75",
        "0.9",
        "0.975",
    ]
    assert found["not_enough"] is None


def test_quantiles_rise_and_stay_on_the_scale() -> None:
    for horizon in finding()["forecast"].values():
        quantiles = list(horizon["quantiles"].values())
        assert quantiles == sorted(quantiles)
        assert quantiles[0] >= 0
        assert quantiles[-1] <= 27


def test_nothing_after_origin_is_used() -> None:
    later = [*MIRA["phq9"], {"date": "2026-03-02", "score": 27}]
    assert finding(phq9=later) == finding()


def test_the_same_person_gives_the_same_finding() -> None:
    assert finding() == finding()


def test_the_order_of_answers_does_not_matter() -> None:
    assert finding(phq9=MIRA["phq9"][::-1]) == finding()


def test_without_a_baseline_there_is_no_change() -> None:
    old = [{"date": "2026-01-02", "score": 17}, *MIRA["phq9"][2:]]
    tapped = [{"date": "2026-01-19", "level": 3}]
    for found in (finding(phq9=old), finding(phq9=MIRA["phq9"][2:], mood=tapped)):
        assert (found["baseline"], found["change"], found["not_enough"]) == (None, None, None)
        assert found["forecast"]


def test_three_scores_are_not_enough() -> None:
    found = finding(phq9=MIRA["phq9"][:-1])
    assert found["forecast"] is None
    assert "3 scores since the first sitting; 4 are needed" in found["not_enough"]


def test_nothing_is_said_through_a_gap() -> None:
    found = finding(origin="2026-04-01")
    assert found["forecast"] is None
    assert "35 days without an answer" in found["not_enough"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"origin": "2026-03-01T10:00:00+01:00"}, "origin"),
        ({"origin": "2026-02-30"}, "origin"),
        ({"phq9": [{"date": "2026-01-08", "score": 28}]}, "phq9[0].score"),
        ({"phq9": [{"date": "2026-01-08", "score": 3.5}]}, "phq9[0].score"),
        ({"phq9": [{"date": "2026-01-08", "score": True}]}, "phq9[0].score"),
        ({"phq9": [{"date": "2026-01-08", "score": 3}] * 2}, "phq9[1].date"),
        ({"phq9": {"date": "2026-01-08"}}, "phq9"),
        ({"mood": [{"date": "2026-01-08", "level": 11}]}, "mood[0].level"),
        ({"mood": [{"date": "2026-01-08Z", "level": 1}]}, "mood[0].date"),
        ({"sittings": [{"date": "2026-03-02"}]}, "sittings[0].date"),
        ({"sittings": [{"date": "2026-01-02", "dose_relative": 0}]}, "sittings[0].dose_relative"),
        ({"phq9": [{"date": "1926-01-05", "score": 3}]}, "phq9[0].date"),
        ({"origin": "2206-03-01"}, "origin"),
        ({"person": 3}, "person"),
        ({"person": "\ud800"}, "person"),
        ({"phq9": [{"date": "2026-01-08", "score": 10**400}]}, "phq9[0].score"),
        ({"phq9": [{"date": "2026-01-08", "score": float("inf")}]}, "phq9[0].score"),
        ({"phq9": [{"date": "2026-01-08", "score": float("nan")}]}, "phq9[0].score"),
    ],
)
def test_bad_input_names_line_and_field(changes, field) -> None:
    lines = [json.dumps(MIRA), json.dumps(MIRA | changes)]
    with pytest.raises(BadInput) as refusal:
        list(run_lift(lines, source="people.jsonl"))
    assert (refusal.value.source, refusal.value.line, refusal.value.field) == (
        "people.jsonl",
        2,
        field,
    )


@pytest.mark.parametrize(
    ("gone", "there"),
    [("phq9", "phq"), ("phq9", "PHQ9"), ("mood", "moods"), ("sittings", "sitting")],
)
def test_a_misspelt_list_is_refused_by_its_name_and_other_fields_are_passed_over(
    gone, there
) -> None:
    fields = {name: value for name, value in MIRA.items() if name != gone}
    with pytest.raises(BadInput) as refusal:
        list(run_lift([json.dumps(fields | {there: MIRA[gone]})], source="people.jsonl"))
    assert (refusal.value.line, refusal.value.field) == (1, there)
    assert repr(gone) in refusal.value.why
    assert finding(clinic="north", mode="app") == finding()


def test_a_person_with_no_known_list_is_refused_by_what_is_there() -> None:
    line = json.dumps({"person": "mira", "origin": "2026-03-01", "bdi": []})
    with pytest.raises(BadInput) as refusal:
        list(run_lift([line], source="people.jsonl"))
    assert refusal.value.field == "bdi"


@pytest.mark.parametrize(
    ("lines", "line"),
    [(["[" * 100_000], 1), ([], None), (["", " "], None), (["[1]"], 1), (["{"], 1)],
)
def test_an_empty_or_broken_file_is_refused(lines, line) -> None:
    with pytest.raises(BadInput) as refusal:
        list(run_lift(lines, source="people.jsonl"))
    assert refusal.value.line == line
    assert str(refusal.value).startswith("people.jsonl")
