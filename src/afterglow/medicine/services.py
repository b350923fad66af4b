"""Changes to sittings: guard, change, keep. Knows no request and gives no advice."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.medicine.documents import FELT, BloodPressure, SideEffect, Sitting
from afterglow.medicine.queries import held_until
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import Conflict, OpenVault

Kept = Stored[Sitting] | Conflict


class HeldForNow(Exception):
    """Nothing irreversible within a day of a sitting; `until` says when it is possible again."""

    def __init__(self, until: Moment) -> None:
        super().__init__("held for a day")
        self.until = until


def plan_sitting(
    *,
    vault: OpenVault,
    day: date,
    zone: str,
    clock: str = "",
    route: str = "",
    place: str = "",
    who: str = "",
    series: str = "",
    intention: str = "",
    done: bool = False,
    draft: str | None = None,
) -> Stored[Sitting]:
    """Keep a new sitting, planned unless it is said to be done."""
    sitting = Sitting(
        day=day,
        zone=zone,
        clock=clock,
        route=route,
        place=place,
        who=who,
        series=series,
        intention=intention,
        done=done,
    )
    # Nothing was read before, so there is nothing to conflict with.
    return cast("Stored[Sitting]", vault.put(sitting, draft=draft))


def change_sitting(
    *,
    vault: OpenVault,
    sitting: UUID,
    day: date,
    clock: str,
    zone: str,
    route: str,
    place: str,
    series: str,
    dose_mg: float | None,
    dose_words: str,
    who: str,
    done: bool,
    cancelled: bool,
    base_rev: int | None = None,
    draft: str | None = None,
) -> Kept:
    """Keep when, where and how it is or was, dose as recorded."""
    return _change(
        vault,
        sitting,
        base_rev,
        draft,
        day=day,
        clock=clock,
        zone=zone,
        route=route,
        place=place,
        series=series,
        dose_mg=dose_mg,
        dose_words=dose_words,
        who=who,
        done=done,
        cancelled=cancelled,
    )


def keep_before(
    *,
    vault: OpenVault,
    sitting: UUID,
    intention: str,
    lift_home: str,
    who: str,
    prepared: Sequence[str] = (),
    base_rev: int | None = None,
    draft: str | None = None,
) -> Kept:
    """Keep what goes before: intention, lift home, who is there, points ticked."""
    return _change(
        vault,
        sitting,
        base_rev,
        draft,
        intention=intention,
        lift_home=lift_home,
        who=who,
        prepared=tuple(prepared),
    )


def keep_after(
    *,
    vault: OpenVault,
    sitting: UUID,
    images: str = "",
    feelings: str = "",
    body_felt: str = "",
    messages: str = "",
    people: str = "",
    hard: str = "",
    notes: str = "",
    side_effects: Sequence[SideEffect] = (),
    pressures: Sequence[BloodPressure] = (),
    base_rev: int | None = None,
    draft: str | None = None,
) -> Kept:
    """Keep what came up. Whoever writes about it has had it, so the sitting is done."""
    return _change(
        vault,
        sitting,
        base_rev,
        draft,
        images=images,
        feelings=feelings,
        body_felt=body_felt,
        messages=messages,
        people=people,
        hard=hard,
        notes=notes,
        side_effects=tuple(side_effects),
        pressures=tuple(pressures),
        done=True,
        cancelled=False,
        has_after=True,
    )


def keep_felt(*, vault: OpenVault, sitting: UUID, felt: str, today: date) -> Kept:
    """Keep the one tap after a sitting; anything else is *not now*, remembered for the day."""
    chosen = felt if felt in FELT else ""
    return _change(vault, sitting, None, None, felt=chosen, felt_on=today, done=True)


def begin_sitting(*, vault: OpenVault, sitting: UUID, now: Moment) -> Kept:
    """The person is there. An hour that was noted before stays; said twice, the first time counts."""
    kept = vault.get(Sitting, sitting).document
    local = now.local()
    clock = kept.clock or f"{local.hour:02}:{local.minute:02}"
    return _change(
        vault, sitting, None, None, began=kept.began or now, clock=clock, cancelled=False
    )


def keep_pressure(*, vault: OpenVault, sitting: UUID, pressure: BloodPressure) -> Kept:
    """As read from the cuff; a second reading of the same time replaces the first."""
    kept = vault.get(Sitting, sitting).document
    others = tuple(each for each in kept.pressures if each.at != pressure.at)
    return _change(vault, sitting, None, None, pressures=(*others, pressure))


def keep_card(*, vault: OpenVault, sitting: UUID, name: str, words: str) -> Kept:
    """One of the cards before a sitting: the lift home, or who is there."""
    if name not in {"lift_home", "who"}:
        raise ValueError(name)
    return _change(vault, sitting, None, None, **{name: words.strip()})


def record_done(*, vault: OpenVault, sitting: UUID) -> Kept:
    """It took place."""
    return _change(vault, sitting, None, None, done=True, cancelled=False)


def cancel_sitting(*, vault: OpenVault, sitting: UUID) -> Kept:
    """It did not or does not take place; what was written about it stays."""
    return _change(vault, sitting, None, None, done=False, cancelled=True)


def remove_sitting(*, vault: OpenVault, sitting: UUID, now: Moment) -> None:
    """Remove a sitting with all its revisions. Raises NotHere, and HeldForNow within a day of a sitting."""
    vault.head(Sitting, sitting)
    until = held_until(vault, now)
    if until is not None:
        raise HeldForNow(until)
    vault.delete(sitting)


def _change(
    vault: OpenVault, sitting: UUID, base_rev: int | None, draft: str | None, **fields: Any
) -> Kept:
    """The whole sitting with some fields changed. Raises NotHere."""
    stored = vault.get(Sitting, sitting)
    changed = msgspec.structs.replace(stored.document, **fields)
    return vault.put(changed, record=sitting, base_rev=base_rev, draft=draft)
