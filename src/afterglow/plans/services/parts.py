"""Keep, change and remove any part of the plan."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from afterglow.core.days import Moment
from afterglow.medicine.queries import held_until
from afterglow.medicine.services import HeldForNow
from afterglow.plans.documents import Win
from afterglow.vault.documents import D, Stored
from afterglow.vault.open_vault import Conflict, OpenVault


def keep_part(*, vault: OpenVault, part: D, draft: str | None = None) -> Stored[D]:
    """Keep a new part of the plan; `draft` names the form whose draft it completes."""
    # Nothing was read before, so there is nothing to conflict with.
    return vault.put(part, draft=draft)


def change_part(
    *, vault: OpenVault, record: UUID, part: D, base_rev: int | None, draft: str | None = None
) -> Stored[D] | Conflict:
    """Keep a new revision; where the part had changed meanwhile both are kept. Raises NotHere."""
    vault.head(type(part), record)
    return vault.put(part, record=record, base_rev=base_rev, draft=draft)


def remove_part(*, vault: OpenVault, record: UUID, now: Moment, drafts: Iterable[str] = ()) -> None:
    """Remove a part with all its revisions and drafts. What was made from it stays.

    Raises NotHere, and HeldForNow within a day of a sitting.
    """
    until = held_until(vault, now)
    if until is not None:
        raise HeldForNow(until)
    with vault.together():
        vault.delete(record)
        for form in drafts:
            vault.drop_draft(form)


def add_win(
    *, vault: OpenVault, text: str, on: date, comes_from: UUID | None = None
) -> Stored[Win]:
    return keep_part(vault=vault, part=Win(text=text, on=on, comes_from=comes_from))
