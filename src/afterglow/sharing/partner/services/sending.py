"""Say something to a person who may be locked, and keep one's own copy in the same breath."""

from uuid import UUID

import msgspec

from afterglow.core.days import Moment
from afterglow.sharing.partner.documents import HelpPartner, Message
from afterglow.sharing.partner.queries.thread import (
    help_partner,
    help_partner_id,
    unseen,
    unseen_answers,
)
from afterglow.sharing.partner.wire import KIND, Sent, packed
from afterglow.sharing.services.arrivals import deliver
from afterglow.vault.open_vault import OpenVault


def send(*, vault: OpenVault, to: UUID, sent: Sent) -> None:
    """Seal it to the other's inbox. Raises people.NotMet, people.KeyChanged, parcels.TooMany."""
    deliver(to, vault, KIND, packed(sent))


def say(*, vault: OpenVault, to: UUID, sent: Sent, at: Moment, draft: str | None = None) -> None:
    """Send one thing and keep it in the thread. Raises as `send`; then nothing is kept and the draft stays."""
    with vault.together():
        send(vault=vault, to=to, sent=sent)
        vault.put(message_of(sent, other=to, mine=True, at=at), draft=draft)


def message_of(sent: Sent, *, other: UUID, mine: bool, at: Moment) -> Message:
    return Message(
        other=other,
        mine=mine,
        what=sent.what,  # type: ignore[arg-type]  # only those kinds that stand in a thread come here
        at=at,
        seen=mine,
        about=sent.about,
        practice=sent.practice,
        text=sent.text,
        quote=sent.quote,
        quote_if=sent.quote_if,
        quote_then=sent.quote_then,
        if_words=sent.if_words,
        then_words=sent.then_words,
    )


def remove_message(*, vault: OpenVault, record: UUID) -> None:
    """One's own copy goes; the other side keeps theirs. Raises NotHere."""
    vault.head(Message, record)
    vault.delete(record)


def choose_help_partner(*, vault: OpenVault, partner: UUID | None) -> None:
    """Who may see *I asked for help*; None for nobody."""
    vault.put(HelpPartner(partner=partner), record=help_partner_id(vault))


def ask_for_help(*, vault: OpenVault, at: Moment) -> bool:
    """The person's own press, and nothing else, lets the one chosen partner see it. False where none was chosen."""
    partner = help_partner(vault)
    if partner is None:
        return False
    say(vault=vault, to=partner, sent=Sent(what="help"), at=at)
    return True


def look_at(*, vault: OpenVault, other: UUID) -> None:
    """What one person wrote was looked at."""
    with vault.together():
        for message in vault.whole(unseen(vault, other)):
            vault.put(msgspec.structs.replace(message.document, seen=True), record=message.id)


def hear(*, vault: OpenVault, other: UUID) -> None:
    """What one person answered was looked at."""
    with vault.together():
        for answer in vault.whole(unseen_answers(vault, other)):
            vault.put(msgspec.structs.replace(answer.document, seen=True), record=answer.id)
