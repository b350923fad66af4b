"""What a person wishes to be reminded of, sealed: when, how often, on which ways."""

from typing import ClassVar

from afterglow.core.days import Moment
from afterglow.vault.documents import Document, register


class ReminderPlan(Document, frozen=True, kw_only=True):
    """One document for each person. `mail` is the address and `calendar` the secret of the feed; empty is off.

    `times` are at most two clock times HH:MM; `chosen` says in which zone they were last meant.
    """

    kind: ClassVar[str] = "reminder-plan"
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    times: tuple[str, ...] = ("10:00",)
    rhythm: str = "window"
    quiet_from: str = "21:00"
    quiet_to: str = "08:00"
    in_page: bool = False
    mail: str = ""
    calendar: str = ""
    push: bool = False
    chosen: Moment | None = None


register(ReminderPlan)
