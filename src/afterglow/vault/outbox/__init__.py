"""What a person kept where this program could not be reached: sealed there to their inbox key, taken in open or
locked, and opened into documents, each once. What a kind of item becomes is its capability's to say.
"""

from afterglow.vault.outbox.items import (
    BOTH,
    KEPT,
    LOOK,
    PART,
    WAITS,
    WORDS,
    CannotBeKept,
    NoRoomNow,
    Received,
    Sent,
    SentMedia,
    ToLookAt,
)
from afterglow.vault.outbox.looking import (
    asks,
    file_with,
    let_go,
    sealed_copy,
    to_look_at,
    try_again,
    words_kept,
)
from afterglow.vault.outbox.opening import open_all, open_one, set_aside
from afterglow.vault.outbox.taking import Full, TooLarge, forget, public_key, take_in

__all__ = [
    "BOTH",
    "KEPT",
    "LOOK",
    "PART",
    "WAITS",
    "WORDS",
    "CannotBeKept",
    "Full",
    "NoRoomNow",
    "Received",
    "Sent",
    "SentMedia",
    "ToLookAt",
    "TooLarge",
    "asks",
    "file_with",
    "forget",
    "let_go",
    "open_all",
    "open_one",
    "public_key",
    "sealed_copy",
    "set_aside",
    "take_in",
    "to_look_at",
    "try_again",
    "words_kept",
]
