"""Changes of the safety plan, part by part, and of what is worth mentioning."""

from collections.abc import Sequence
from datetime import date

import msgspec

from afterglow.accounts import queries as accounts
from afterglow.accounts.services import show_plan_parts
from afterglow.core.content import safety_parts
from afterglow.plans.documents import SafetyPlan, WorthMentioning
from afterglow.plans.queries.safety import safety_plan, safety_plan_id
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


def keep_safety_part(
    *, vault: OpenVault, part: str, words: str, on: date, draft: str | None = None
) -> None:
    """Keep the words of one part; where it is shown without unlocking, the new words are. Raises LookupError."""
    if part not in {known.id for known in safety_parts()}:
        raise LookupError(part)
    stored = safety_plan(vault)
    plan = stored.document if stored else SafetyPlan()
    changed = msgspec.structs.replace(plan, on=on, **{part: words})
    vault.put(changed, record=safety_plan_id(vault), draft=draft)
    shown = accounts.plan_parts_shown_of(vault)
    if part in shown:
        show_plan_parts(vault=vault, parts=shown | {part: words.strip()})


def show_safety_parts(*, vault: OpenVault, parts: Sequence[str]) -> None:
    """Exactly these parts are readable on this device without unlocking; an empty one has nothing to show."""
    stored = safety_plan(vault)
    plan = stored.document if stored else SafetyPlan()
    known = [part.id for part in safety_parts() if part.id in parts]
    show_plan_parts(vault=vault, parts={each: str(getattr(plan, each)).strip() for each in known})


def keep_mentions(
    *,
    vault: OpenVault,
    on: date,
    topics: Sequence[str] = (),
    words: str = "",
    draft: str | None = None,
) -> Stored[WorthMentioning]:
    """What the month held; nothing ticked is an answer too."""
    noted = WorthMentioning(on=on, topics=tuple(topics), words=words)
    return vault.put(noted, draft=draft)


def skip_mentions(*, vault: OpenVault, on: date) -> None:
    """Left out: it is asked again in a month."""
    vault.put(WorthMentioning(on=on, skipped=True))
