"""An if-then plan in one line."""

import pytest

from afterglow.core.plan.if_then import split_if_then


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("If I sit down, then I play one note.", ("I sit down", "I play one note.")),
        ("When it is six then tea", ("it is six", "tea")),
        ("Wenn ich müde bin, dann setze ich mich.", ("ich müde bin", "setze ich mich.")),
        ("I put the kettle on", ("", "I put the kettle on")),
        ("", ("", "")),
    ],
)
def test_a_line_is_taken_apart_at_then(line, parts):
    assert split_if_then(line) == parts


def test_only_the_first_then_parts_the_line():
    assert split_if_then("If late, then home and then bed") == ("late", "home and then bed")
