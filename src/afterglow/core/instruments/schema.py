"""What an instrument is: items, answers, bands, rule for gaps, codes and its own test cases. Scores nothing."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: its value, its published wording and its LOINC answer code."""

    value: int
    text: str
    loinc: str = ""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question in its published wording. `number` counts from 1."""

    number: int
    text: str
    loinc: str


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published range of totals, both ends included. A word for a number, not a diagnosis."""

    key: str
    name: str
    low: int
    high: int


class Subscale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published part of the instrument: the sum of these item numbers."""

    key: str
    name: str
    items: tuple[int, ...]


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many gaps may be filled with the mean of the other answers, and where that rule comes from."""

    most: int
    source: str


class FollowUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published question after the items that does not count towards the total."""

    text: str
    loinc: str
    options: tuple[str, ...]


class Golden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A worked example that scoring must reproduce; `-1` stands for a missing answer."""

    answers: tuple[int, ...]
    total: int | None = None
    band: str | None = None
    prorated: bool = False
    safety: bool = False

    def given(self) -> tuple[int | None, ...]:
        return tuple(None if answer < 0 else answer for answer in self.answers)


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A validated questionnaire as published. `bands_note` stands wherever a band is shown."""

    id: str
    version: str
    title: str
    short_title: str
    about: str
    licence: str
    source: str
    citation: str
    recall: str
    loinc_panel: str
    loinc_total: str
    bands_note: str
    bands_source: str
    missing: Missing
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    bands: tuple[Band, ...]
    golden: tuple[Golden, ...]
    subscales: tuple[Subscale, ...] = ()
    safety_item: int | None = None
    follow_up: FollowUp | None = None

    @property
    def highest_total(self) -> int:
        return len(self.items) * max(option.value for option in self.options)

    @property
    def cut_offs(self) -> tuple[int, ...]:
        """Where a published band begins, above the lowest one."""
        return tuple(band.low for band in self.bands if band.low)

    def band_named(self, key: str) -> Band:
        """The band with this key. Raises LookupError for a key that is none of ours."""
        for band in self.bands:
            if band.key == key:
                return band
        raise LookupError(key)

    def band_of_total(self, total: int) -> Band:
        """The band that a total falls in. Raises LookupError outside the published range."""
        for band in self.bands:
            if band.low <= total <= band.high:
                return band
        raise LookupError(total)


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one item or answer in another language."""

    text: str


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word for one band in another language."""

    name: str


class FollowUpWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the question after the items in another language."""

    text: str
    options: tuple[str, ...]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An instrument in another language: its published words, in the same order, and nothing that is scored."""

    title: str
    about: str
    licence: str
    source: str
    recall: str
    bands_note: str
    items: tuple[Text, ...]
    options: tuple[Text, ...]
    bands: tuple[Name, ...]
    follow_up: FollowUpWords | None = None


def faults(instrument: Instrument) -> Sequence[str]:
    """What is wrong with an instrument's file, in words; empty when it hangs together."""
    found: list[str] = []
    numbers = [item.number for item in instrument.items]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append("items are not numbered 1, 2, 3 …")
    edges = [(band.low, band.high) for band in instrument.bands]
    if not edges or edges[0][0] != 0 or edges[-1][1] != instrument.highest_total:
        found.append("bands do not cover the whole range")
    if any(before[1] + 1 != after[0] for before, after in pairwise(edges)):
        found.append("bands overlap or leave a gap")
    if instrument.safety_item is not None and instrument.safety_item not in numbers:
        found.append("the safety item is not among the items")
    if any(len(case.answers) != len(numbers) for case in instrument.golden):
        found.append("a golden case has the wrong number of answers")
    return found
