"""Changes of the plan: keep, change, do, move, let go, agree, remove. Knows no request."""

from afterglow.plans.services.goals import (
    agree,
    do_goal,
    do_step,
    let_go_goal,
    move_goal,
    undo_goal,
)
from afterglow.plans.services.guided import begin_guided, keep_guided, note_answer
from afterglow.plans.services.habits import do_habit, do_self_care, practise_insight, rest_habit
from afterglow.plans.services.parts import add_win, change_part, keep_part, remove_part
from afterglow.plans.services.safety import (
    keep_mentions,
    keep_safety_part,
    show_safety_parts,
    skip_mentions,
)
from afterglow.plans.services.values import (
    choose_values,
    leave_value,
    open_letter,
    raise_value,
    say_value,
)

__all__ = [
    "add_win",
    "agree",
    "begin_guided",
    "change_part",
    "choose_values",
    "do_goal",
    "do_habit",
    "do_self_care",
    "do_step",
    "keep_guided",
    "keep_mentions",
    "keep_part",
    "keep_safety_part",
    "leave_value",
    "let_go_goal",
    "move_goal",
    "note_answer",
    "open_letter",
    "practise_insight",
    "raise_value",
    "remove_part",
    "rest_habit",
    "say_value",
    "show_safety_parts",
    "skip_mentions",
    "undo_goal",
]
