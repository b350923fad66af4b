"""Which answers to PHQ-9 item 9 bring the help panel. Pure; keeps nothing and scores nothing else."""

from typing import NamedTuple

SHOW_FROM = 1
TELL_CLINIC_FROM = 2


class Panel(NamedTuple):
    """What the page does after an answer: open the help panel, add *tell your clinic today*."""

    show: bool
    tell_clinic_today: bool


def panel_for_item9(score: int | None) -> Panel:
    """The panel for one answer to item 9 (0 to 3); an unanswered item asks for nothing."""
    if score is None:
        return Panel(show=False, tell_clinic_today=False)
    return Panel(show=score >= SHOW_FROM, tell_clinic_today=score >= TELL_CLINIC_FROM)
