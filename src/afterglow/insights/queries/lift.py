"""How the days went after each sitting: the course, its sentences, and when these pages wait."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from afterglow.core.instruments.change import ReliableChange, reliable_points, standard_error
from afterglow.insights.queries import series
from afterglow.measures import queries as measures
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

if TYPE_CHECKING:
    from afterglow.core.lift.look import Band, Course, Window
    from afterglow.core.lift.tried import Tried
    from afterglow.core.lift.words import Statement

DAYS_AHEAD = 14
EVERY_DAYS = 7
# Two sums for a reliable change, between which six is chosen: the error of one score as published, and the one
# from a spread between people and a retest (BMC Psychiatry 2020 20:474).
PHQ9_WOBBLE = 1.8
PHQ9_SPREAD, PHQ9_RETEST = 6, 0.84
LIFTED = frozenset({"much_lower_after", "lower_after", "a_little_lower_after"})


@dataclass(frozen=True, slots=True)
class After:
    """The days after one sitting, and how they compare with the person's earlier ones."""

    sitting: Stored[Sitting]
    number: int
    window: "Window"
    said: "Statement"


@dataclass(frozen=True, slots=True)
class Page:
    """What the lift page shows. Only where `lifted` is set may it speak of a lift."""

    course: "Course"
    said: "Statement"
    after: tuple[After, ...]
    lifted: bool
    left_out: int
    sums: tuple[ReliableChange, ReliableChange]


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the whole course as a table: its totals, the line with its ranges, and whether it was a sitting."""

    day: date
    totals: tuple[float, ...]
    band: "Band | None"
    sat: bool


def course(vault: OpenVault, today: date) -> "Course":
    """Everything up to today; held until something changes."""
    from afterglow.core.lift.look import course_of  # heavy: numpy, not before it is needed

    return vault.memo(
        f"insights.course {today}",
        lambda: course_of(series.told(vault).series, today=today),
    )


def page(vault: OpenVault, today: date) -> Page:
    from afterglow.core.lift.words import said_of  # heavy: numpy, not before it is needed

    found = course(vault, today)
    said = said_of(found)
    return Page(
        course=found,
        said=said,
        after=tuple(_after(vault, found)),
        lifted=said.key in LIFTED and not nothing_lifted(vault, today),
        left_out=series.told(vault).left_out,
        sums=(
            reliable_points(PHQ9_WOBBLE),
            reliable_points(standard_error(PHQ9_SPREAD, PHQ9_RETEST)),
        ),
    )


def rows_of(found: "Course") -> list[Row]:
    """The picture of the whole course as a table, latest first: each score and sitting, the line once a week."""
    bands = {band.day: band for band in found.line}
    sat = {sitting.day for sitting in found.sittings}
    weekly = {day for day in bands if (found.today - day).days % EVERY_DAYS == 0}
    days = {dot.day for dot in found.dots} | sat | weekly
    return [
        Row(day, tuple(d.total for d in found.dots if d.day == day), bands.get(day), day in sat)
        for day in sorted(days, reverse=True)
    ]


def after_of(vault: OpenVault, today: date, sitting: UUID) -> After:
    """One sitting with its days. Raises NotHere."""
    for after in _after(vault, course(vault, today)):
        if after.sitting.id == sitting:
            return after
    raise NotHere


def _after(vault: OpenVault, found: "Course") -> list[After]:
    from afterglow.core.lift.words import said_of_window  # heavy: numpy, not before it is needed

    windows = {window.sitting.day: window for window in found.windows}
    return [
        After(stored, number, windows[day], said_of_window(found, windows[day]))
        for number, stored in enumerate(medicine.done_sittings(vault), start=1)
        if (day := stored.document.day) in windows
    ]


def said_ahead(found: "Course") -> "Statement":
    from afterglow.core.lift import words  # heavy: numpy, not before it is needed

    return words.said_ahead(found)


def tried(vault: OpenVault, today: date) -> "Tried | None":
    """How earlier looks ahead would have fared; held until something changes."""
    from afterglow.core.lift import tried as looks  # heavy: numpy, not before it is needed

    return vault.memo(
        f"insights.tried {today}",
        lambda: looks.tried(series.told(vault).series, today=today),
    )


def nothing_lifted(vault: OpenVault, today: date) -> bool:
    """The person said of the last sitting that there was nothing much."""
    last = medicine.last_sitting(vault, today)
    return last is not None and last.document.felt == "nothing"


def waits(vault: OpenVault, today: date) -> str:
    """Why numbers had better wait today: `sitting`, `hard`, or empty."""
    if measures.is_hard_today(vault, today):
        return "hard"
    return "sitting" if medicine.days_since(vault, today) == 0 else ""
