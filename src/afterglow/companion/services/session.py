"""What is kept around a sitting: answers to what was kept before, and what was said out of reach of this program."""

from datetime import date
from uuid import UUID

import msgspec

from afterglow.companion.queries.looking_back import answers_so_far, run_name
from afterglow.core.content.session_kinds import LookBackQuestion
from afterglow.core.days import Moment
from afterglow.journal.services import keep_entry, keep_sent, making_sent
from afterglow.medicine import queries as medicine
from afterglow.medicine import services as sittings
from afterglow.plans import services as plans
from afterglow.plans.documents import Goal, OwnCheckIn, Why
from afterglow.plans.queries import my_why
from afterglow.plans.services import rhythm
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.outbox import Received, Sent

LONGEST_GOAL = 200
# As much as the forms of the cards take.
LONGEST_CARD = 300
LONGEST_WHY = 10_000


def answer_back(
    *,
    vault: OpenVault,
    sitting: UUID,
    point: str,
    question: LookBackQuestion,
    words: str,
    now: Moment,
) -> UUID:
    """Keep one answer at once, as an entry of the sitting; one small thing becomes a goal instead."""
    run = run_name(sitting, point)
    begun = vault.draft(run)
    with vault.together():
        if question.small:
            record = _small_goal(vault, words, now, begun)
        else:
            record = keep_entry(
                vault=vault,
                text=words,
                written=now,
                kind_of="sitting",
                sitting=sitting,
                question=question.id,
                question_text=question.text,
            ).id
        vault.keep_draft(run, begun | {question.id: str(record)})
    return record


def _small_goal(vault: OpenVault, words: str, now: Moment, begun: dict[str, str]) -> UUID:
    """It comes from what was said to stay, where something was."""
    source = next(iter(begun.values()), None)
    goal = Goal(
        text=" ".join(words.split())[:LONGEST_GOAL],
        on=now.day,
        comes_from=UUID(source) if source else None,
    )
    return plans.keep_part(vault=vault, part=goal).id


def end_back(*, vault: OpenVault, sitting: UUID, point: str, on: date) -> Stored[OwnCheckIn]:
    """The run is over, wherever it stopped: this point is not asked again."""
    answers = answers_so_far(vault, sitting, point)
    return rhythm.keep_own_check_in(
        vault=vault,
        point=point,
        sitting=sitting,
        on=on,
        entries=list(answers.values()),
        draft=run_name(sitting, point),
    )


def keep_said(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Something said in a sitting while this program could not be reached, or was locked. Raises ValueError."""
    found = medicine.sitting_at(vault, sent.written())
    fields = [pair for pair in sent.fields if pair[0] not in {"sitting", "kind_of"}]
    spoken = bool(sent.kept_media or sent.text("upload"))
    fields.append(("kind_of", "voice" if spoken else "sitting"))
    fields.append(("sitting", str(found.id) if found else ""))
    keep = making_sent.keep_sent if spoken else keep_sent
    kind = "voice" if spoken else "entry"
    keep(vault=vault, item=item, sent=msgspec.structs.replace(sent, kind=kind, fields=fields))
    return Received("companion:now", (), "?kept=1")


def keep_of_its_sitting(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """What was written or made without a connection. A kept page cannot ask of which sitting, so what says nothing of
    one belongs to the sitting that had begun within the day before. Raises as `making_sent.keep_sent`.
    """
    if all(name != "sitting" for name, _ in sent.fields):
        at = sent.written()
        found = medicine.sitting_at(vault, at)
        if found is not None and found.document.began and found.document.began.at <= at.at:
            fields = [*sent.fields, ("sitting", str(found.id))]
            sent = msgspec.structs.replace(sent, fields=fields)
    keep = keep_sent if sent.kind == "entry" else making_sent.keep_sent
    return keep(vault=vault, item=item, sent=sent)


def keep_card_sent(*, vault: OpenVault, item: UUID, sent: Sent) -> Received:
    """Words for one of the three cards. Whoever wrote them did not see what stood there, so they come below it.
    Raises ValueError and LookupError.
    """
    words, said = sent.text("words").strip(), sent.written()
    if not words:
        raise ValueError("there are no words")
    if sent.text("card") == "why":
        _add_to_why(vault, words, said.day)
        return Received("companion:session")
    stored = medicine.sitting_today(vault, said) or medicine.next_sitting(vault, said.day)
    if stored is None:
        stored = sittings.plan_sitting(vault=vault, day=said.day, zone=said.zone)
    card = sent.text("card")
    before = {"lift_home": stored.document.lift_home, "who": stored.document.who}[card]
    sittings.keep_card(
        vault=vault, sitting=stored.id, card=card, words=_below(before, words, LONGEST_CARD)
    )
    return Received("companion:session")


def _add_to_why(vault: OpenVault, words: str, on: date) -> None:
    before = my_why(vault)
    if before is None:
        plans.keep_part(vault=vault, part=Why(why=words, since=on))
        return
    changed = Why(why=_below(before.document.why, words, LONGEST_WHY), since=before.document.since)
    plans.change_part(vault=vault, record=before.id, part=changed, base_rev=before.rev)


def _below(before: str, words: str, longest: int) -> str:
    """Both, each once. Raises ValueError for more than a card holds."""
    if words in before:
        return before
    both = f"{before}\n{words}" if before else words
    if len(both) > longest:
        raise ValueError("these are more words than a card holds")
    return both
