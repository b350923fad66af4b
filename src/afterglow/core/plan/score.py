"""The score by which practices are ordered: small whole numbers, each with its reason, to be added by hand.

`docs/explanation/choice.md` has the table in words and one example worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from afterglow.core.content.kinds import Practice
from afterglow.core.plan.person import Person, Reason, Said
from afterglow.core.plan.phase import Place

HELPED, DONE, NO_HELP, PUT_OFF, FRESH = 3, 1, -3, -2, -4
HARDEST, LITTLE, TOO_MUCH, MEETING, OTHER_FORM, OTHER_DOMAIN, IMAGES = 2, 2, -4, 2, 2, 1, 1
DAYS_COUNTED = 2  # Of each word the last two days count, so that nothing wins for ever.
PUT_OFF_DAYS, FRESH_DAYS, DONE_DAYS, FORM_DAYS, DOMAIN_DAYS = 14, 2, 30, 7, 14
IMAGE_DAYS, MEETING_DAYS, SHORT_MINUTES = 14, 3, 5
# Which reason is told where two weigh the same: what the person said comes first.
TOLD_FIRST = (
    "helped",
    "hardest",
    "little",
    "meeting",
    "other-form",
    "other-domain",
    "images",
    "done",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the sum."""

    code: str
    points: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """Which forms and domains were done lately; empty where nothing was."""

    forms: frozenset[str]
    domains: frozenset[str]


def lived(practices: Sequence[Practice], said: Mapping[str, Said], today: date) -> Lived:
    """What the last days had, from the days on which practices were done."""
    ages = {
        practice: min((today - day).days for day in said[practice.id].done)
        for practice in practices
        if practice.id in said and said[practice.id].done
    }
    return Lived(
        forms=frozenset(p.form for p, age in ages.items() if age <= FORM_DAYS),
        domains=frozenset(p.domain for p, age in ages.items() if age <= DOMAIN_DAYS),
    )


def parts_of(practice: Practice, place: Place, person: Person, had: Lived) -> tuple[Part, ...]:
    """The lines of the sum for one practice on one day; those of nought are left out."""
    said = person.said_of(practice.id)
    lines = (
        *_from_what_was_said(said, place.day),
        *_from_today(practice, place, person),
        *_from_balance(practice, had),
    )
    return tuple(line for line in lines if line.points)


def total(parts: Sequence[Part]) -> int:
    return sum(part.points for part in parts)


def reason_of(practice: Practice, parts: Sequence[Part], phase: str) -> Reason:
    """The weightiest part that speaks for it, else the phase it fits."""
    for_it = [part for part in parts if part.points > 0]
    if not for_it:
        return Reason(f"phase-{phase}", minutes=practice.minutes)
    best = min(for_it, key=lambda part: (-part.points, TOLD_FIRST.index(part.code)))
    name = {"other-form": practice.form, "other-domain": practice.domain}.get(best.code, "")
    return Reason(best.code, day=best.day, minutes=practice.minutes, name=name)


def _from_what_was_said(said: Said, today: date) -> list[Part]:
    helped = sorted(said.helped)[-DAYS_COUNTED:]
    without_word = [day for day in said.done if day not in said.helped and day not in said.no_help]
    done = [day for day in sorted(without_word) if _age(day, today) <= DONE_DAYS][-DAYS_COUNTED:]
    put_off = [day for day in said.put_off if _age(day, today) <= PUT_OFF_DAYS][-DAYS_COUNTED:]
    fresh = [day for day in said.done if _age(day, today) <= FRESH_DAYS]
    return [
        Part("helped", HELPED * len(helped), helped[-1] if helped else None),
        Part("done", DONE * len(done), done[-1] if done else None),
        Part("no-help", NO_HELP * len(sorted(said.no_help)[-DAYS_COUNTED:])),
        Part("put-off", PUT_OFF * len(put_off)),
        Part("fresh", FRESH if fresh else 0),
    ]


def _from_today(practice: Practice, place: Place, person: Person) -> list[Part]:
    at_hardest = bool(person.hardest) and person.hardest == person.now
    short = practice.minutes <= SHORT_MINUTES
    images = practice.image_prompt and person.own_images and (place.days_since or 0) <= IMAGE_DAYS
    meeting = person.meeting_on
    soon = meeting is not None and 0 <= (meeting - place.day).days <= MEETING_DAYS
    return [
        Part("hardest", HARDEST if at_hardest and short else 0),
        Part("little", LITTLE if person.is_low and practice.energy == 1 else 0),
        Part("too-much", TOO_MUCH if person.is_low and practice.energy > 1 else 0),
        Part("meeting", MEETING if soon and practice.form == "talk" else 0, meeting),
        Part("images", IMAGES if images else 0),
    ]


def _from_balance(practice: Practice, had: Lived) -> list[Part]:
    """A form or a domain that the last days did not have, once they had any."""
    other_form = bool(had.forms) and practice.form not in had.forms
    other_domain = bool(had.domains) and practice.domain not in had.domains
    return [
        Part("other-form", OTHER_FORM if other_form else 0),
        Part("other-domain", OTHER_DOMAIN if other_domain else 0),
    ]


def _age(day: date, today: date) -> int:
    return (today - day).days
