"""What was said on Today about this one day; it is forgotten tomorrow."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from afterglow.vault.open_vault import OpenVault

DAY_FORM = "day"
NOT_THINGS = ("question:", "helped:", "own-check:", "measure:", "topics:")
Hard = Literal["", "yes", "no"]


@dataclass(frozen=True, slots=True)
class DayState:
    """`not_now` holds what was put off, each as its kind and id, such as `practice:music-hum`."""

    hard: Hard = ""
    enough: bool = False
    not_now: frozenset[str] = frozenset()

    @property
    def ids_put_off(self) -> frozenset[str]:
        return frozenset(thing.partition(":")[2] for thing in self.not_now)

    @property
    def things_put_off(self) -> int:
        return sum(not thing.startswith(NOT_THINGS) for thing in self.not_now)


def day_state(vault: OpenVault, day: date) -> DayState:
    kept = vault.draft(DAY_FORM)
    if kept.get("day") != day.isoformat():
        return DayState()
    hard = kept.get("hard", "")
    return DayState(
        hard="yes" if hard == "yes" else "no" if hard == "no" else "",
        enough=kept.get("enough") == "yes",
        not_now=frozenset(kept.get("not_now", "").split()),
    )
