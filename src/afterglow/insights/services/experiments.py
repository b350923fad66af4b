"""Changes of a self-experiment: draw it, note a day, stop it, remove it. Knows no request."""

import secrets
from datetime import date
from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.core.experiment.design import design
from afterglow.insights.documents import Experiment, ExperimentDay
from afterglow.insights.queries import experiments as queries
from afterglow.medicine.queries import held_until
from afterglow.medicine.services import HeldForNow
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

LARGEST_SEED = 2**31


class OneAtATime(Exception):
    """Another experiment is coming or running; two at once could not be told apart."""


def begin_experiment(
    *,
    vault: OpenVault,
    name: str,
    first_day: date,
    block_days: int,
    weeks: int,
    today: date,
    practice: UUID | None = None,
    seed: int | None = None,
    draft: str | None = None,
) -> Stored[Experiment]:
    """Draw the blocks and keep them with their seed, sittings shared out evenly. Raises OneAtATime."""
    if queries.open_experiment(vault, today) is not None:
        raise OneAtATime
    drawn_with = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    frame = design(first_day, block_days=block_days, weeks=weeks, seed=drawn_with)
    sittings = queries.sittings_between(vault, first_day, frame.last_day)
    plan = design(first_day, block_days=block_days, weeks=weeks, seed=drawn_with, sittings=sittings)
    drawn = Experiment(
        name=name,
        first_day=first_day,
        block_days=block_days,
        weeks=weeks,
        seed=drawn_with,
        blocks=tuple(block.practise for block in plan.blocks),
        sittings=sittings,
        practice=practice,
        begun_on=today,
    )
    # Nothing was read before, so there is nothing to conflict with.
    return vault.put(drawn, draft=draft)


def note_day(*, vault: OpenVault, experiment: UUID, day: date, done: bool) -> None:
    """Whether it was done on a day; noting it again changes it. Raises NotHere."""
    vault.head(Experiment, experiment)
    noted = ExperimentDay(experiment=experiment, day=day, done=done)
    vault.put(noted, record=queries.day_id(experiment, day))


def stop_experiment(*, vault: OpenVault, experiment: UUID, on: date) -> None:
    """At any time, without a reason; what was noted stays. Twice is the same as once. Raises NotHere."""
    stored = vault.get(Experiment, experiment)
    if stored.document.stopped_on is None:
        vault.put(msgspec.structs.replace(stored.document, stopped_on=on), record=experiment)


def remove_experiment(*, vault: OpenVault, experiment: UUID, now: Moment) -> None:
    """With its noted days. Raises NotHere, and HeldForNow within a day of a sitting."""
    vault.head(Experiment, experiment)
    until = held_until(vault, now)
    if until is not None:
        raise HeldForNow(until)
    days = [s.id for s in vault.heads(ExperimentDay) if s.document.experiment == experiment]
    with vault.together():
        for record in (*days, experiment):
            vault.delete(record)
