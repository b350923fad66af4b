"""Do, move and let go a goal; do a step; what was agreed becomes goals."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import msgspec

from afterglow.plans.documents import Appointment, Goal, Purpose, Win
from afterglow.plans.services.parts import add_win
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


def do_goal(*, vault: OpenVault, goal: UUID, on: date) -> Stored[Goal]:
    """Done on a day: that is a win. One that repeats stays open. Twice is the same as once. Raises NotHere."""
    stored = vault.get(Goal, goal)
    done = stored.document
    if on in done.done_on or done.state == "done":
        return stored
    changed = msgspec.structs.replace(
        done, done_on=(*done.done_on, on), state="open" if done.repeats else "done"
    )
    with vault.together():
        kept = vault.put(changed, record=goal)
        add_win(vault=vault, text=done.text, on=on, comes_from=goal)
    return kept


def undo_goal(*, vault: OpenVault, goal: UUID, on: date) -> None:
    """Not done on that day after all: its win of the day goes, and it is open again. Raises NotHere."""
    kept = vault.get(Goal, goal).document
    if on not in kept.done_on:
        return
    days = tuple(day for day in kept.done_on if day != on)
    with vault.together():
        vault.put(msgspec.structs.replace(kept, done_on=days, state="open"), record=goal)
        for win in vault.heads(Win):
            if win.document.comes_from == goal and win.document.on == on:
                vault.delete(win.id)


def move_goal(*, vault: OpenVault, goal: UUID, day: date) -> Stored[Goal]:
    """Another day. Raises NotHere."""
    return _with(vault, goal, day=day, state="moved")


def let_go_goal(*, vault: OpenVault, goal: UUID) -> Stored[Goal]:
    """It no longer fits, and that is all. Raises NotHere."""
    return _with(vault, goal, state="let_go")


def _with(vault: OpenVault, goal: UUID, **changes: object) -> Stored[Goal]:
    changed = msgspec.structs.replace(vault.get(Goal, goal).document, **changes)
    return vault.put(changed, record=goal)


def do_step(*, vault: OpenVault, purpose: UUID, step: int, on: date) -> None:
    """A step of a purpose is done: that is a win. Raises NotHere, and LookupError for no such step."""
    stored = vault.get(Purpose, purpose)
    words = stored.document.steps[step]
    if words in stored.document.steps_done:
        return
    done = (*stored.document.steps_done, words)
    with vault.together():
        vault.put(msgspec.structs.replace(stored.document, steps_done=done), record=purpose)
        add_win(vault=vault, text=words, on=on, comes_from=purpose)


def agree(
    *,
    vault: OpenVault,
    appointment: UUID,
    lines: Iterable[str],
    on: date,
    draft: str | None = None,
) -> list[Stored[Goal]]:
    """What was agreed: each new line becomes a goal, and the appointment counts as held. Raises NotHere."""
    stored = vault.get(Appointment, appointment)
    agreed = stored.document.agreed
    tidy = dict.fromkeys(line.strip() for line in lines)
    new = [line for line in tidy if line and line not in agreed]
    held = msgspec.structs.replace(stored.document, agreed=(*agreed, *new), held=True)
    with vault.together():
        vault.put(held, record=appointment, draft=draft)
        goals = [(uuid4(), Goal(text=line, comes_from=appointment, on=on)) for line in new]
        return vault.put_all(goals)
