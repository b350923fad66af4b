"""How a refusal of bad input reads."""

from afterglow.core.bad_input import BadInput


def test_a_refusal_names_source_line_and_field_in_one_line():
    refusal = BadInput("people.jsonl", 3, "mood", "must be 0 to 10")
    assert str(refusal) == "people.jsonl, line 3, mood: must be 0 to 10"


def test_a_refusal_without_line_or_field_leaves_them_out():
    assert str(BadInput("a.toml", None, None, "is empty")) == "a.toml: is empty"
