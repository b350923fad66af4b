"""Tables: a Daylio export, and dates with PHQ-9 scores. Every row that does not fit is named by its line."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime

from afterglow.core.days import Moment
from afterglow.core.instruments.loading import load_instrument
from afterglow.core.instruments.schema import Instrument
from afterglow.journal.documents import Entry
from afterglow.journal.services import snippet_of, tidy_tags
from afterglow.measures.documents import Answers, CheckIn
from afterglow.transfer.front_matter import time_of
from afterglow.transfer.reading import zips
from afterglow.transfer.reading.found import Found, when

# The five moods that a Daylio export has as it comes; names of one's own are not guessed at.
LEVEL_OF_MOOD = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1}
SCORE_COLUMNS = ("score", "phq-9", "phq9", "phq_9", "total", "phq-9 score", "phq9_score")
DATE_COLUMNS = ("date", "day", "full_date", "taken", "datum")
_CLOCKS = ("%H:%M", "%I:%M %p", "%I:%M%p", "%H:%M:%S")
_MARKUP = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)

Line = dict[str, str]
Reader = Callable[[str, int, Line, str, Found], None]


def read_table(part: zips.Part, zone: str, found: Found) -> None:
    """Tell by the first line which table it is, then add row by row."""
    text = zips.text_of(part.content)
    if text is None:
        found.miss(part.name, "not_text")
        return
    columns, lines = _lines(text)
    reader = _reader(columns)
    if reader is None:
        found.miss(part.name, "no_columns", line=1)
        return
    try:
        for number, line in lines:
            reader(part.name, number, line, zone, found)
    except csv.Error:
        found.miss(part.name, "odd_document")


def _reader(columns: list[str]) -> Reader | None:
    if {"full_date", "mood"} <= set(columns):
        return _read_daylio
    if set(columns) & set(DATE_COLUMNS) and set(columns) & set(SCORE_COLUMNS):
        return _read_score
    return None


def _lines(text: str) -> tuple[list[str], Iterator[tuple[int, Line]]]:
    """Column names in small letters, and the rows with the line on which each begins."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    columns = [name.strip().casefold() for name in next(rows, [])]
    return columns, _numbered(rows, columns)


def _numbered(rows: "csv._reader", columns: list[str]) -> Iterator[tuple[int, Line]]:  # type: ignore[name-defined]
    begins = rows.line_num + 1
    for row in rows:
        if any(cell.strip() for cell in row):
            yield begins, dict(zip(columns, [cell.strip() for cell in row], strict=False))
        begins = rows.line_num + 1


def _read_daylio(name: str, number: int, line: Line, zone: str, found: Found) -> None:
    at = _time(line.get("full_date", ""), line.get("time", ""))
    if at is None:
        found.miss(name, "no_time", number)
        return
    moment_of = when(at, zone, has_time=bool(line.get("time")))
    mood = line.get("mood", "").casefold()
    if mood in LEVEL_OF_MOOD:
        found.add(CheckIn(at=moment_of, level=LEVEL_OF_MOOD[mood]))
    else:
        found.miss(name, "no_level", number)
    _add_note(line, moment_of, found)


def _add_note(line: Line, written: Moment, found: Found) -> None:
    """What was written beside the mood becomes an entry, whatever the mood is called."""
    text = _plain(line.get("note", ""))
    if not text:
        return
    entry = Entry(
        written=written,
        title=_plain(line.get("note_title", "")),
        text=text,
        snippet=snippet_of(text),
        tags=tidy_tags(line.get("activities", "").split("|")),
        imported_from="daylio",
    )
    found.add(entry, first=entry.snippet)


def _plain(text: str) -> str:
    return _MARKUP.sub("", _BREAK.sub("\n", text)).strip()


def _read_score(name: str, number: int, line: Line, zone: str, found: Found) -> None:
    at = time_of(next((line[key] for key in DATE_COLUMNS if line.get(key)), ""))
    known = load_instrument("phq-9")
    total = _total(next((line[key] for key in SCORE_COLUMNS if line.get(key)), ""), known)
    if at is None or total is None:
        found.miss(name, "no_time" if at is None else "no_score", number)
        return
    has_time = (at.hour, at.minute) != (0, 0)
    found.add(
        Answers(
            at=when(at, zone, has_time=has_time),
            instrument=known.id,
            version=known.version,
            total=total,
            band=known.band_of_total(total).key,
            mode="imported",
        )
    )


def _total(text: str, known: Instrument) -> int | None:
    if not re.fullmatch(r"[0-9]{1,3}", text):
        return None
    return int(text) if int(text) <= known.highest_total else None


def _time(day: str, clock: str) -> datetime | None:
    at = time_of(day)
    if at is None or not clock:
        return at
    for form in _CLOCKS:
        try:
            read = datetime.strptime(clock.replace("\u202f", " ").upper(), form)  # noqa: DTZ007  a wall clock
        except ValueError:
            continue
        return at.replace(hour=read.hour, minute=read.minute)
    return None
