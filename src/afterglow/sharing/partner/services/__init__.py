"""Changes between two people who share: say, agree, answer, note; each kept by both sides on their own."""

from afterglow.sharing.partner.services.check_ins import agree, answer, end, leave_out, propose
from afterglow.sharing.partner.services.intake import after_change
from afterglow.sharing.partner.services.notes import (
    note,
    remember_look,
    remove_note,
    say_it_was_opened,
)
from afterglow.sharing.partner.services.plans import take_plan
from afterglow.sharing.partner.services.sending import (
    ask_for_help,
    choose_help_partner,
    hear,
    look_at,
    remove_message,
    say,
)
from afterglow.sharing.services.arrivals import receive

__all__ = [
    "after_change",
    "agree",
    "answer",
    "ask_for_help",
    "choose_help_partner",
    "end",
    "hear",
    "leave_out",
    "look_at",
    "note",
    "propose",
    "receive",
    "remember_look",
    "remove_message",
    "remove_note",
    "say",
    "say_it_was_opened",
    "take_plan",
]
