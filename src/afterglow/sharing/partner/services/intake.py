"""What came from the other side becomes documents of this vault, each thing once."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.utils import timezone

from afterglow.core.days import moment
from afterglow.medicine.documents import Sitting
from afterglow.reminders.services import rows
from afterglow.sharing.documents import CarePartner, HelpedPerson
from afterglow.sharing.partner.documents import CheckInAnswer, CheckIns
from afterglow.sharing.partner.queries.check_ins import answers, check_ins_id, check_ins_with
from afterglow.sharing.partner.queries.names import helped_people
from afterglow.sharing.partner.services.check_ins import tell_days
from afterglow.sharing.partner.services.sending import message_of
from afterglow.sharing.partner.wire import KIND, Sent, unpacked
from afterglow.sharing.services.arrivals import RECEIVERS
from afterglow.ui import clock
from afterglow.vault.grants.documents import Pinned
from afterglow.vault.open_vault import Change, OpenVault
from afterglow.vault.parcels import Arrived

MOVE_REMINDERS = frozenset(
    {CheckIns.kind, CheckInAnswer.kind, CarePartner.kind, HelpedPerson.kind, Pinned.kind}
)


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """After a change of the sittings the agreed days are told anew; what moves a day moves its reminder."""
    kinds = {change.kind for change in changes}
    if kinds & {Sitting.kind, None}:
        tell_days(vault)
    if kinds & MOVE_REMINDERS:
        rows.rewrite(vault, timezone.now())


def receive_one(vault: OpenVault, arrived: Arrived) -> None:
    """Keep one thing; what this version cannot read is let go."""
    sent = unpacked(arrived.payload)
    if sent is None:
        return
    match sent.what:
        case "check-ins":
            _proposal(vault, arrived, sent)
        case "check-in-days":
            _days(vault, arrived, sent)
        case "check-in-answer":
            _answer(vault, arrived, sent)
        case _:
            at = moment(arrived.sent, clock.system_zone())
            kept = message_of(sent, other=arrived.sender, mine=False, at=at)
            vault.put(kept, record=uuid5(arrived.sender, arrived.id.hex))


def _proposal(vault: OpenVault, arrived: Arrived, sent: Sent) -> None:
    """What is agreed, or was not wanted, stays as it is: from then on the next word is the person's."""
    before = check_ins_with(vault, arrived.sender, asking=False)
    if before is not None and before.state != "proposed":
        return
    proposed = CheckIns(
        other=arrived.sender,
        asking=False,
        points=sent.points,
        own_days=sent.own_days,
        questions=sent.questions,
    )
    vault.put(proposed, record=check_ins_id(vault, arrived.sender, asking=False))


def _is_expected(vault: OpenVault, sender: UUID) -> bool:
    """Whether the holder of this vault helps the sender, or asked them."""
    asked = check_ins_with(vault, sender, asking=True)
    return asked is not None or sender in helped_people(vault)


def _days(vault: OpenVault, arrived: Arrived, sent: Sent) -> None:
    if not _is_expected(vault, arrived.sender):
        return
    agreed = CheckIns(
        other=arrived.sender,
        asking=True,
        state="agreed",
        points=sent.points,
        own_days=sent.own_days,
        questions=sent.questions,
        tell_missed=sent.tell_missed,
        days=sent.days,
    )
    vault.put(agreed, record=check_ins_id(vault, arrived.sender, asking=True))


def _answer(vault: OpenVault, arrived: Arrived, sent: Sent) -> None:
    heard = {each.document.day for each in answers(vault, arrived.sender, asking=True)}
    if sent.on is None or sent.day in heard or not _is_expected(vault, arrived.sender):
        return
    kept = CheckInAnswer(
        other=arrived.sender,
        asking=True,
        day=sent.day,
        on=sent.on,
        questions=sent.questions,
        answers=sent.answers,
    )
    vault.put(kept, record=uuid5(arrived.sender, arrived.id.hex))


RECEIVERS[KIND] = receive_one
