"""What is said on Today: about this one day, and of the things that were offered."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from afterglow.companion.queries.arrived import lines_of
from afterglow.companion.queries.day import DAY_FORM, Hard, day_state
from afterglow.core.content import library
from afterglow.core.days import Moment, moment
from afterglow.core.plan.points import POINTS
from afterglow.journal.services import carry_out_due_deletions, keep_entry
from afterglow.medicine import queries as medicine
from afterglow.plans import services as plans
from afterglow.plans.documents import OwnCheckIn
from afterglow.plans.services import rhythm
from afterglow.vault import outbox
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import Change, NotHere, OpenVault
from afterglow.vault.outbox import Received, Sent

LONGEST_THING = 120


def say_hard(*, vault: OpenVault, day: date, hard: Hard = "yes") -> None:
    _keep(vault, day, hard=hard)


def say_enough(*, vault: OpenVault, day: date) -> None:
    _keep(vault, day, enough="yes")


def put_off(*, vault: OpenVault, day: date, thing: str) -> None:
    """Not now: it is not offered again today. `thing` is its kind and id, such as `goal:…`."""
    kind, colon, name = thing.partition(":")
    if not (kind and colon and name) or " " in thing or len(thing) > LONGEST_THING:
        return
    state = day_state(vault, day)
    _keep(vault, day, not_now=" ".join(sorted(state.not_now | {thing})))
    if kind == "practice":
        rhythm.put_off_practice(vault=vault, practice=name, on=day)
    if kind == "question":
        rhythm.put_off_question(vault=vault, question=name, on=day)


def do_thing(*, vault: OpenVault, day: date, kind: str, name: str, title: str = "") -> None:
    """Done today. Raises NotHere for a document that is gone, and LookupError or ValueError for no such thing."""
    match kind:
        case "goal":
            plans.do_goal(vault=vault, goal=UUID(name), on=day)
        case "habit":
            plans.do_habit(vault=vault, habit=UUID(name), on=day)
        case "self-care":
            plans.do_self_care(vault=vault, self_care=UUID(name), on=day)
        case "insight":
            plans.practise_insight(vault=vault, insight=UUID(name), on=day)
        case "step":
            purpose, _, step = name.partition(".")
            plans.do_step(vault=vault, purpose=UUID(purpose), step=int(step), on=day)
        case "practice":
            rhythm.do_practice(vault=vault, practice=name, title=title, on=day)
        case _:
            raise LookupError(kind)


def do_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """A thing that was done where this program could not be reached. Raises LookupError, ValueError and NotHere."""
    kind, _, name = sent.text("thing").partition(":")
    titles = {known.id: known.title for known in library.practices(sent.language)}
    if kind == "practice" and name not in titles:
        raise LookupError(name)
    day = sent.written().day
    do_thing(vault=vault, day=day, kind=kind, name=name, title=titles.get(name, ""))
    return Received("companion:today")


def keep_made(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Words on something that was made. Raises ValueError where there are none."""
    text = sent.text("text")
    if not text.strip():
        raise ValueError("there are no words")
    last = medicine.last_sitting(vault, sent.written().day) if sent.text("from_images") else None
    kept = keep_entry(
        vault=vault,
        text=text,
        written=sent.written(),
        kind_of="made",
        sitting=last.id if last else None,
        title=sent.text("title"),
        draft=sent.finished_draft(vault, f"made.{sent.text('exercise')}"),
    )
    return Received("journal:entry", (kept.id,), "?kept=1")


def write_down(*, vault: OpenVault, item: UUID) -> UUID:
    """Keep the words of an item that could not become what it was meant to be; what was recorded or drawn stays as it
    came until somebody lets it go. Raises NotHere, also where there are no words.
    """
    for each in outbox.to_look_at(vault):
        if each.id == item and each.sent is not None and each.state == outbox.LOOK:
            lines = lines_of(each.sent)
            if not lines:
                break
            with vault.together():
                kept = keep_entry(vault=vault, text="\n\n".join(lines), written=each.sent.written())
                outbox.words_kept(vault, each)
            return kept.id
    raise NotHere


def place_again(*, vault: OpenVault, item: UUID) -> Received | None:
    """Something noted of a sitting, once the sitting is there; without one it asks again. Raises NotHere."""
    outbox.try_again(vault, item)
    try:
        return outbox.open_one(vault, item)
    except outbox.NoRoomNow:
        return None
    except outbox.CannotBeKept:
        outbox.set_aside(vault, item)
        return None


def let_go(*, vault: OpenVault, item: UUID, now: Moment) -> None:
    """An item that is not wanted. Within a day of a sitting only what is kept twice may go. Raises NotHere."""
    known = next((each for each in outbox.to_look_at(vault) if each.id == item), None)
    if known is None:
        raise NotHere
    if known.state == outbox.BOTH or medicine.held_until(vault, now) is None:
        outbox.let_go(vault, item)


def skip_own_check(*, vault: OpenVault, day: date, point: str) -> None:
    """Left out: this point is not asked again."""
    if point not in {known for known, _, _ in POINTS}:
        return
    last = medicine.last_sitting(vault, day)
    sitting = last.id if last else None
    rhythm.keep_own_check_in(vault=vault, point=point, sitting=sitting, on=day, skipped=True)


def keep_own_check(
    *, vault: OpenVault, day: date, point: str, answers: Sequence[str], draft: str | None = None
) -> Stored[OwnCheckIn]:
    last = medicine.last_sitting(vault, day)
    sitting = last.id if last else None
    return rhythm.keep_own_check_in(
        vault=vault, point=point, sitting=sitting, on=day, answers=answers, draft=draft
    )


def ask_for_questions(*, vault: OpenVault, day: date) -> None:
    """After a hard sitting, and only when the person wants it: questions may come again."""
    last = medicine.last_sitting(vault, day)
    if last is not None:
        rhythm.remember(vault=vault, reflect_after=last.id)


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """At an unlock, when there is nothing to make up for: deletions whose day of waiting is over are carried out."""
    if changes:
        return
    carry_out_due_deletions(vault, moment(timezone.now(), "UTC"))


def _keep(vault: OpenVault, day: date, **changes: str) -> None:
    state = day_state(vault, day)
    kept = {
        "day": day.isoformat(),
        "hard": state.hard,
        "enough": "yes" if state.enough else "",
        "not_now": " ".join(sorted(state.not_now)),
    }
    vault.keep_draft(DAY_FORM, kept | changes)
