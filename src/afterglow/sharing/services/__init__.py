"""Changes of sharing: invite, meet, give, stop, and what comes from the other side."""

from afterglow.sharing.services.arrivals import deliver, note_opening, receive
from afterglow.sharing.services.following import after_change, new_keys
from afterglow.sharing.services.giving import HeldUntil, give, preview, stop
from afterglow.sharing.services.inviting import (
    NotInvited,
    accept,
    call_off,
    end_with,
    forget_person,
    invite,
    say_the_words_differ,
    say_the_words_match,
    take_up,
)

__all__ = [
    "HeldUntil",
    "NotInvited",
    "accept",
    "after_change",
    "call_off",
    "deliver",
    "end_with",
    "forget_person",
    "give",
    "invite",
    "new_keys",
    "note_opening",
    "preview",
    "receive",
    "say_the_words_differ",
    "say_the_words_match",
    "stop",
    "take_up",
]
