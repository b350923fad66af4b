"""`afterglow analyse safety`, line by line."""

import json

import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.safety.command import run_safety


def _run(*lines):
    return list(run_safety(lines, source="texts.jsonl"))


def test_every_text_gets_an_answer_with_its_spans():
    text = "Tea. I want to die."
    answers = _run(json.dumps({"id": "a", "text": text}), "", '{"id": "b", "text": "Tea."}')
    assert [answer["show"] for answer in answers] == [True, False]
    assert all(0 <= start < end <= len(text) for start, end in answers[0]["spans"])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{", None),
        ("[1]", None),
        ('{"text": "a"}', "id"),
        ('{"id": "a"}', "text"),
        ('{"id": "a", "text": 3}', "text"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_by_line_and_field(line, field):
    with pytest.raises(BadInput) as refused:
        _run('{"id": "ok", "text": "Tea."}', line)
    assert (refused.value.source, refused.value.line, refused.value.field) == (
        "texts.jsonl",
        2,
        field,
    )


def test_the_same_id_twice_is_refused():
    with pytest.raises(BadInput):
        _run('{"id": "a", "text": "Tea."}', '{"id": "a", "text": "Tea."}')
