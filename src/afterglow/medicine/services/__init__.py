"""Changes to sittings: guard, change, keep. Knows no request and gives no advice."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.medicine.documents import FELT, SEVERITIES, BloodPressure, SideEffect, Sitting
from afterglow.medicine.queries import HOLD_HOURS, end_of_hold, has_begun, held_until, later
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import Conflict, OpenVault

Kept = Stored[Sitting] | Conflict
CARDS = ("lift_home", "who")


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
    return vault.put(sitting, draft=draft)


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
    """*I am there*: from now on it counts. Said twice, the first time stands. Raises NotHere."""
    before = vault.get(Sitting, sitting)
    if before.document.began is not None:
        return before
    begun: dict[str, Any] = {"began": now, "day": now.day, "zone": now.zone, "cancelled": False}
    if not before.document.clock:
        begun["clock"] = f"{now.local():%H:%M}"
    return _change(vault, sitting, None, None, **begun)


def begin_sitting_late(*, vault: OpenVault, sitting: UUID, said: Moment, now: Moment) -> Kept:
    """*I am there*, as it was said out of reach: the sitting has that time, and a hold that runs now gets no shorter.
    Said elsewhere already, that stands. Raises NotHere.
    """
    before = vault.get(Sitting, sitting)
    if before.document.began is not None:
        return before
    until = end_of_hold(before.document)
    begin_sitting(vault=vault, sitting=sitting, now=said)
    kept = vault.get(Sitting, sitting)
    held = has_begun(before.document, now) and now.at < until.at
    if not held or until.at <= end_of_hold(kept.document).at:
        return kept
    return _change(vault, sitting, None, None, held_from=later(until, hours=-HOLD_HOURS))


def come_home(*, vault: OpenVault, sitting: UUID, now: Moment) -> Kept:
    """*I am home and settled*: it took place. Said twice, the first time stands. Raises NotHere."""
    before = vault.get(Sitting, sitting)
    if before.document.home is not None:
        return before
    return _change(vault, sitting, None, None, home=now, done=True, cancelled=False)


def keep_card(*, vault: OpenVault, sitting: UUID, card: str, words: str) -> Kept:
    """One of the cards before: `lift_home` or `who`. Raises LookupError for any other, and NotHere."""
    if card not in CARDS:
        raise LookupError(card)
    return _change(vault, sitting, None, None, **{card: words.strip()})


def keep_pressure(
    *, vault: OpenVault, sitting: UUID, at: str, systolic: int, diastolic: int
) -> Kept:
    """Blood pressure at one time; a second reading of the same time takes the place of the first. Raises NotHere."""
    reading = BloodPressure(at=at, systolic=systolic, diastolic=diastolic)
    others = [each for each in vault.get(Sitting, sitting).document.pressures if each.at != at]
    return _change(vault, sitting, None, None, pressures=(*others, reading))


def keep_side_effect(*, vault: OpenVault, sitting: UUID, name: str, severity: int) -> Kept:
    """In own plain words; the same words again change how strong it is. Raises NotHere, and ValueError."""
    named = " ".join(name.split())
    if severity not in SEVERITIES or not named:
        raise ValueError("a side effect has words and a severity from 0 to 3")
    kept = vault.get(Sitting, sitting).document.side_effects
    others = [each for each in kept if each.name.casefold() != named.casefold()]
    effect = SideEffect(name=named, severity=severity)
    return _change(vault, sitting, None, None, side_effects=(*others, effect))


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
