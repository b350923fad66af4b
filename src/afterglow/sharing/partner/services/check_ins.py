"""Propose, agree, answer and end check-ins; the days are told to the other side whenever they change."""

import contextlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from afterglow.sharing.partner.documents import CheckInAnswer, CheckIns
from afterglow.sharing.partner.queries.check_ins import (
    OpenCheckIn,
    agreements,
    check_ins_id,
    check_ins_with,
    days_of,
)
from afterglow.sharing.partner.services.sending import send
from afterglow.sharing.partner.wire import Sent
from afterglow.vault import parcels
from afterglow.vault.documents import Stored
from afterglow.vault.grants import people
from afterglow.vault.open_vault import OpenVault


def propose(
    *,
    vault: OpenVault,
    to: UUID,
    points: Sequence[str],
    own_days: Sequence[date] = (),
    questions: Sequence[str] = (),
) -> None:
    """The care partner's side: ask whether these times suit. Raises as `send`."""
    wanted = CheckIns(
        other=to,
        asking=True,
        points=tuple(points),
        own_days=tuple(own_days),
        questions=tuple(questions),
    )
    with vault.together():
        _send(vault, wanted, "check-ins")
        _keep(vault, wanted)


def agree(
    *,
    vault: OpenVault,
    to: UUID,
    points: Sequence[str],
    own_days: Sequence[date] = (),
    questions: Sequence[str] = (),
    tell_missed: bool = False,
    today: date,
) -> None:
    """The person's side: these times, whether they were proposed or not. Earlier days stay as they were."""
    before = check_ins_with(vault, to, asking=False)
    since = before.since if before and before.state == "agreed" else today
    agreed = CheckIns(
        other=to,
        asking=False,
        state="agreed",
        points=tuple(points),
        own_days=tuple(own_days),
        questions=tuple(questions),
        tell_missed=tell_missed,
        since=since,
    )
    _tell(vault, msgspec.structs.replace(agreed, days=tuple(days_of(vault, agreed))))


def end(*, vault: OpenVault, other: UUID) -> None:
    """Quietly: no day is asked about any more, and none that goes by is named on the other side."""
    before = check_ins_with(vault, other, asking=False)
    if before is None or before.state == "ended":
        return
    ended = msgspec.structs.replace(before, state="ended", tell_missed=False)
    if before.tell_missed:
        _tell(vault, ended)
    else:
        _keep(vault, ended)


def tell_days(vault: OpenVault) -> None:
    """After a change of the sittings: the agreed days as they are now, to everybody with whom they were agreed.

    Who is not there any more is told nothing; the page of that person says what is the matter.
    """
    for agreed in agreements(vault):
        days = tuple(days_of(vault, agreed))
        if agreed.state == "agreed" and days != agreed.days:
            with contextlib.suppress(people.NotMet, people.KeyChanged, parcels.TooMany):
                _tell(vault, msgspec.structs.replace(agreed, days=days))


def _tell(vault: OpenVault, agreed: CheckIns) -> None:
    with vault.together():
        _send(vault, agreed, "check-in-days")
        _keep(vault, agreed)


def _send(vault: OpenVault, agreed: CheckIns, what: str) -> None:
    sent = Sent(
        what="check-ins" if what == "check-ins" else "check-in-days",
        points=agreed.points,
        own_days=agreed.own_days,
        questions=agreed.questions,
        tell_missed=agreed.tell_missed,
        days=agreed.days,
    )
    send(vault=vault, to=agreed.other, sent=sent)


def _keep(vault: OpenVault, agreed: CheckIns) -> None:
    vault.put(agreed, record=check_ins_id(vault, agreed.other, asking=agreed.asking))


def answer(
    *,
    vault: OpenVault,
    check_in: OpenCheckIn,
    answers: Sequence[str],
    today: date,
    draft: str | None = None,
) -> Stored[CheckInAnswer]:
    """Answer one check-in: the words go to the other side, and a copy stays here. Raises as `send`."""
    kept = CheckInAnswer(
        other=check_in.other,
        asking=False,
        day=check_in.day.id,
        on=today,
        seen=True,
        questions=check_in.questions,
        answers=tuple(answers),
    )
    sent = Sent(
        what="check-in-answer",
        day=kept.day,
        on=today,
        questions=kept.questions,
        answers=kept.answers,
    )
    with vault.together():
        send(vault=vault, to=kept.other, sent=sent)
        return vault.put(kept, draft=draft)


def leave_out(*, vault: OpenVault, check_in: OpenCheckIn, today: date) -> None:
    """Not this time: it is not asked again, and nothing is told."""
    left = CheckInAnswer(
        other=check_in.other,
        asking=False,
        day=check_in.day.id,
        on=today,
        skipped=True,
        seen=True,
    )
    vault.put(left)
