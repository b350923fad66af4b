"""What was written each way, and what was not looked at yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from afterglow.sharing.partner.documents import CheckInAnswer, HelpPartner, Message, PrivateNote
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

ONE_HELP_PARTNER = UUID("c3a1c1f4-5b0c-4f8c-8f3d-5a2b6b8a7e21")


@dataclass(frozen=True, slots=True)
class New:
    """Somebody from whom something came that was not looked at yet; `helps` are calls for help, newest last."""

    person: UUID
    messages: int
    answers: int
    helps: tuple[Stored[Message], ...]


def thread(vault: OpenVault, other: UUID) -> list[Stored[Message]]:
    """Everything with one person, newest first, without its words."""
    heads = [each for each in vault.heads(Message) if each.document.other == other]
    return sorted(heads, key=_by_time, reverse=True)


def _by_time(stored: Stored[Message]) -> tuple[datetime, int]:
    return stored.document.at.at, stored.change


def last_with(vault: OpenVault, other: UUID) -> Stored[Message] | None:
    heads = [each for each in vault.heads(Message) if each.document.other == other]
    return max(heads, key=_by_time, default=None)


def unseen(vault: OpenVault, other: UUID) -> list[Stored[Message]]:
    """What came from one person and was not looked at yet, oldest first, without words."""
    found = [
        each
        for each in vault.heads(Message)
        if each.document.other == other and not each.document.mine and not each.document.seen
    ]
    return sorted(found, key=_by_time)


def unseen_answers(vault: OpenVault, other: UUID) -> list[Stored[CheckInAnswer]]:
    return [
        each
        for each in vault.heads(CheckInAnswer)
        if each.document.asking and each.document.other == other and not each.document.seen
    ]


def new_things(vault: OpenVault) -> list[New]:
    """Everybody from whom something is new."""
    from_whom = {
        each.document.other
        for each in vault.heads(Message)
        if not each.document.mine and not each.document.seen
    } | {
        each.document.other
        for each in vault.heads(CheckInAnswer)
        if each.document.asking and not each.document.seen
    }
    return [_new(vault, other) for other in sorted(from_whom)]


def _new(vault: OpenVault, other: UUID) -> New:
    messages = unseen(vault, other)
    helps = tuple(each for each in messages if each.document.what == "help")
    return New(other, len(messages), len(unseen_answers(vault, other)), helps)


def help_partner_id(vault: OpenVault) -> UUID:
    return uuid5(ONE_HELP_PARTNER, vault.owner.hex)


def help_partner(vault: OpenVault) -> UUID | None:
    """The one who may see *I asked for help*, if one was chosen."""
    try:
        return vault.head(HelpPartner, help_partner_id(vault)).document.partner
    except NotHere:
        return None


def notes_on(vault: OpenVault, person: UUID) -> list[Stored[PrivateNote]]:
    """One's own notes on one person, newest first, with their words."""
    heads = [each for each in vault.heads(PrivateNote) if each.document.about_person == person]
    return vault.whole(sorted(heads, key=lambda each: (each.document.on, each.change))[::-1])
