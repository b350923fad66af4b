"""Item 9 of the PHQ-9 and the help panel."""

import pytest

from afterglow.core.safety import Panel, panel_for_item9


@pytest.mark.parametrize("score", [1, 2, 3])
def test_any_answer_above_not_at_all_brings_the_panel(score):
    assert panel_for_item9(score).show


@pytest.mark.parametrize("score", [0, None])
def test_not_at_all_and_no_answer_stay_quiet(score):
    assert panel_for_item9(score) == Panel(show=False, tell_clinic_today=False)


@pytest.mark.parametrize(("score", "tell"), [(1, False), (2, True), (3, True)])
def test_from_more_than_half_the_days_the_clinic_is_to_be_told_today(score, tell):
    assert panel_for_item9(score).tell_clinic_today is tell
