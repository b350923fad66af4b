"""Days of habits and of self-care, and insights that are practised."""

from datetime import date
from uuid import UUID

import msgspec

from afterglow.plans.documents import Habit, Insight, SelfCare
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


def do_habit(*, vault: OpenVault, habit: UUID, on: date, done: bool = True) -> Stored[Habit]:
    """Done on a day, or not after all; the same day counts once. Raises NotHere."""
    kept = vault.get(Habit, habit).document
    others = tuple(day for day in kept.done_on if day != on)
    days = tuple(sorted((*others, on))) if done else others
    return _put(vault, habit, msgspec.structs.replace(kept, done_on=days))


def rest_habit(*, vault: OpenVault, habit: UUID, resting: bool) -> Stored[Habit]:
    """Put aside for now, or taken up again; its days stay. Raises NotHere."""
    kept = vault.get(Habit, habit).document
    return _put(vault, habit, msgspec.structs.replace(kept, resting=resting))


def _put(vault: OpenVault, record: UUID, habit: Habit) -> Stored[Habit]:
    return vault.put(habit, record=record)


def do_self_care(*, vault: OpenVault, self_care: UUID, on: date) -> None:
    """Done on a day; the same day counts once. Raises NotHere."""
    kept = vault.get(SelfCare, self_care).document
    days = tuple(sorted({*kept.done_on, on}))
    vault.put(msgspec.structs.replace(kept, done_on=days), record=self_care)


def practise_insight(*, vault: OpenVault, insight: UUID, on: date) -> None:
    """Come back to an insight on a day; the same day counts once. Raises NotHere."""
    kept = vault.get(Insight, insight).document
    days = tuple(sorted({*kept.practised_on, on}))
    vault.put(msgspec.structs.replace(kept, practised_on=days), record=insight)
