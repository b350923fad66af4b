"""Changes between two people who share: say, agree, answer, note; each kept by both sides on their own."""

from afterglow.sharing.partner.services.check_ins import agree, answer, end, leave_out, propose
from afterglow.sharing.partner.services.intake import after_change, take_in
from afterglow.sharing.partner.services.notes import note, remember_look, remove_note
from afterglow.sharing.partner.services.plans import take_plan
from afterglow.sharing.partner.services.sending import (
    ask_for_help,
    choose_help_partner,
    look_at,
    say,
)

__all__ = [
    "after_change",
    "agree",
    "answer",
    "ask_for_help",
    "choose_help_partner",
    "end",
    "leave_out",
    "look_at",
    "note",
    "propose",
    "remember_look",
    "remove_note",
    "say",
    "take_in",
    "take_plan",
]
