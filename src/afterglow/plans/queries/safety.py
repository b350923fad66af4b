"""Reads of the safety plan and of what was noted as worth mentioning."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from afterglow.core.content import SafetyPart, safety_parts, worth_mentioning
from afterglow.core.plan.monthly import topics_due
from afterglow.medicine import queries as medicine
from afterglow.plans.documents import SafetyPlan, WorthMentioning
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

ONE_SAFETY_PLAN = UUID("0a3c5d0e-7a0b-4f0e-9f55-2c7d9a4e6b13")
# Paper lies about: this one is for the person alone.
STAYS_OFF_PAPER = frozenset({"safe-at-home"})
NOTED_WITHIN = timedelta(days=62)


def safety_plan_id(vault: OpenVault) -> UUID:
    """Every person has one plan, so that two devices never make two."""
    return uuid5(ONE_SAFETY_PLAN, vault.owner.hex)


def safety_plan(vault: OpenVault) -> Stored[SafetyPlan] | None:
    try:
        return vault.get(SafetyPlan, safety_plan_id(vault))
    except NotHere:
        return None


def has_safety_plan(vault: OpenVault) -> bool:
    return bool(vault.heads(SafetyPlan))


def safety_words(vault: OpenVault, language: str) -> list[tuple[SafetyPart, str]]:
    """Every part in order, with the words that stand under it or none."""
    stored = safety_plan(vault)
    plan = stored.document if stored else SafetyPlan()
    return [(part, str(getattr(plan, part.id))) for part in safety_parts(language)]


def mentions(vault: OpenVault) -> list[Stored[WorthMentioning]]:
    """What was noted, newest first, without its words."""
    return newest_first(vault, WorthMentioning)


def topics_are_due(vault: OpenVault, today: date) -> bool:
    done = [
        each.document.day for each in medicine.done_sittings(vault) if each.document.day <= today
    ]
    asked = [each.document.on for each in mentions(vault) if each.document.on <= today]
    return topics_due(
        today,
        first_sitting=min(done, default=None),
        last_sitting=max(done, default=None),
        asked_on=max(asked, default=None),
    )


def worth_mentioning_lines(vault: OpenVault, since: date, today: date, language: str) -> list[str]:
    """What was noted lately, in the names of its topics and in own words, each once, for the next appointment."""
    earliest = max(since, today - NOTED_WITHIN)
    heads = [each for each in mentions(vault) if each.document.on >= earliest]
    noted = [each.document for each in vault.whole(heads)]
    ticked = {topic for each in noted for topic in each.topics} - STAYS_OFF_PAPER
    names = [topic.name for topic in worth_mentioning(language) if topic.id in ticked]
    words = [each.words.strip() for each in noted if each.words.strip()]
    return [*names, *dict.fromkeys(words)]
