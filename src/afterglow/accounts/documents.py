"""What a person prefers."""

from typing import ClassVar

from afterglow.vault.documents import Document, register


class Preferences(Document, frozen=True, kw_only=True):
    """One document for each person; `paused_on` and `finished_on` are ISO days or empty.

    `unsuitable` holds the cautions of practices that apply to this person. `hardest` is the part of the day
    that they call hardest. Quiet hours run from `quiet_from` to `quiet_until`, HH:MM or empty.
    `recovery_seen_on` is the ISO day on which they last had the recovery code in hand, `recovery_asks` how often
    they were asked for it since.
    """

    kind: ClassVar[str] = "preferences"
    keeps_history: ClassVar[bool] = False

    lock_minutes: int = 15
    country: str = ""
    low_energy: bool = False
    looking_ahead: bool = False
    paused_on: str = ""
    finished_on: str = ""
    visits: int = 0
    unsuitable: tuple[str, ...] = ()
    show_without_unlocking: bool = False
    hardest: str = ""
    quiet_from: str = ""
    quiet_until: str = ""
    recovery_seen_on: str = ""
    recovery_asks: int = 0


register(Preferences)
