"""People from lines of JSON, with refusals that name line and field. Dates are plain days, without zones."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from afterglow.core.bad_input import BadInput
from afterglow.core.instruments.change import Check
from afterglow.core.lift.series import MOOD_MOST, PHQ9_MOST, Series, SittingDay, Tap

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_DOSE: Final = 10.0
_LISTS: Final = ("sittings", "phq9", "mood")
_NEAR: Final = 0.8
_LONGEST_SHOWN: Final = 20
# Outside these years a day is a slip of the pen: ketamine was first made in 1962.
_YEARS: Final = range(1960, 2101)


@dataclass(frozen=True)
class PersonLine:
    """One line: who, the day to look from, and everything known up to that day."""

    person: str
    origin: date
    series: Series


@dataclass(frozen=True)
class Place:
    """Where in a file a value stands."""

    source: str
    line: int | None

    def refuse(self, field: str | None, why: str) -> BadInput:
        return BadInput(self.source, self.line, field, why)


def people_of(lines: Iterable[str], *, source: str) -> Iterator[PersonLine]:
    """Every person in turn; blank lines are passed over. Raises BadInput, also for no person at all."""
    found = False
    for number, text in enumerate(lines, start=1):
        if text.strip():
            found = True
            place = Place(source, number)
            yield person_of(object_of(text, place), place)
    if not found:
        raise BadInput(source, None, None, "the file holds no person")


def object_of(text: str, place: Place) -> dict[str, Any]:
    """One JSON object."""
    try:
        value = json.loads(text)
    except RecursionError as why:
        raise place.refuse(None, "this is nested too deeply") from why
    except ValueError as why:
        raise place.refuse(None, f"this is not JSON ({why})") from why
    if not isinstance(value, dict):
        raise place.refuse(None, "a JSON object is expected")
    return value


def person_of(fields: dict[str, Any], place: Place) -> PersonLine:
    person = fields.get("person")
    if not isinstance(person, str) or not person:
        raise place.refuse("person", "a name or number in quotes is expected")
    if not _is_whole_text(person):
        raise place.refuse("person", "this holds half a character")
    origin = day_of_field(fields.get("origin"), "origin", place)
    _something_known(fields, place)
    series = series_of(fields, place)
    for index, sitting in enumerate(series.sittings):
        if sitting.day > origin:
            raise place.refuse(f"sittings[{index}].date", "a sitting lies after origin")
    return PersonLine(person=person, origin=origin, series=series.until(origin))


def series_of(fields: dict[str, Any], place: Place) -> Series:
    """`sittings`, `phq9` and `mood`; a missing list counts as empty, unless it looks misspelt."""
    _no_near_miss(fields, place)
    sittings = [_sitting(part, name, place) for part, name in _parts(fields, "sittings", place)]
    scores = [_score(part, name, place) for part, name in _parts(fields, "phq9", place)]
    taps = [_tap(part, name, place) for part, name in _parts(fields, "mood", place)]
    _once_a_day([sitting.day for sitting in sittings], "sittings", "two sittings on one day", place)
    _once_a_day([score.day for score in scores], "phq9", "two scores on one day", place)
    return Series(sittings=tuple(sittings), scores=tuple(scores), taps=tuple(taps))


def day_of_field(value: Any, field: str, place: Place) -> date:
    """A day as YYYY-MM-DD, without time or zone."""
    if not isinstance(value, str):
        raise place.refuse(field, "a day as YYYY-MM-DD is expected")
    if not _DAY.fullmatch(value):
        raise place.refuse(
            field, f"a day as YYYY-MM-DD without time or zone is expected, not {value[:40]!r}"
        )
    try:
        day = date.fromisoformat(value)
    except ValueError as why:
        raise place.refuse(field, f"there is no such day: {value}") from why
    if day.year not in _YEARS:
        raise place.refuse(field, f"{value} is not between 1960 and 2100")
    return day


def number_of_field(value: Any, field: str, place: Place, *, least: float, most: float) -> float:
    """A number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise place.refuse(field, f"a number from {least:g} to {most:g} is expected")
    if not least <= value <= most:
        raise place.refuse(field, f"{_shown(value)} is not between {least:g} and {most:g}")
    return float(value)


def _shown(value: float) -> str:
    """A whole number may have more digits than anybody wants to read, or than a float can hold."""
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _is_whole_text(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _no_near_miss(fields: dict[str, Any], place: Place) -> None:
    """Fields of other programs are passed over, but `phq` in place of `phq9` would read as no score at all."""
    missing = [name for name in _LISTS if name not in fields]
    for name in fields.keys() - set(_LISTS):
        if near := get_close_matches(name.lower(), missing, n=1, cutoff=_NEAR):
            raise place.refuse(name[:_LONGEST_SHOWN], f"perhaps {near[0]!r} is meant")


def _something_known(fields: dict[str, Any], place: Place) -> None:
    unknown = sorted(fields.keys() - {"person", "origin", *_LISTS})
    if unknown and not fields.keys() & set(_LISTS):
        why = f"this is not known, and none of {', '.join(_LISTS)} is there"
        raise place.refuse(unknown[0][:_LONGEST_SHOWN], why)


def _parts(fields: dict[str, Any], name: str, place: Place) -> list[tuple[dict[str, Any], str]]:
    parts = fields.get(name, [])
    if not isinstance(parts, list):
        raise place.refuse(name, "a list is expected")
    for index, part in enumerate(parts):
        if not isinstance(part, dict):
            raise place.refuse(f"{name}[{index}]", "a JSON object is expected")
    return [(part, f"{name}[{index}]") for index, part in enumerate(parts)]


def _sitting(part: dict[str, Any], name: str, place: Place) -> SittingDay:
    day = day_of_field(part.get("date"), f"{name}.date", place)
    dose = part.get("dose_relative")
    if dose is None:
        return SittingDay(day=day)
    field = f"{name}.dose_relative"
    dose = number_of_field(dose, field, place, least=0, most=_MOST_DOSE)
    if dose == 0:
        raise place.refuse(field, "a dose is above zero")
    return SittingDay(day=day, dose_relative=dose)


def _score(part: dict[str, Any], name: str, place: Place) -> Check:
    score = number_of_field(part.get("score"), f"{name}.score", place, least=0, most=PHQ9_MOST)
    if score != int(score):
        raise place.refuse(f"{name}.score", f"a whole number is expected, not {score:g}")
    return Check(day=day_of_field(part.get("date"), f"{name}.date", place), total=score)


def _tap(part: dict[str, Any], name: str, place: Place) -> Tap:
    level = number_of_field(part.get("level"), f"{name}.level", place, least=0, most=MOOD_MOST)
    return Tap(day=day_of_field(part.get("date"), f"{name}.date", place), level=level)


def _once_a_day(days: list[date], name: str, why: str, place: Place) -> None:
    seen: set[date] = set()
    for index, day in enumerate(days):
        if day in seen:
            raise place.refuse(f"{name}[{index}].date", f"{why} ({day})")
        seen.add(day)
