"""The calendar writer against RFC 5545: line ends, folding, escaping, UTC."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.calendar import Event, calendar, folded

AT = datetime(2026, 5, 10, 8, 15, tzinfo=UTC)


def lines_of(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_has_all_that_the_standard_asks():
    text = calendar([Event("one", AT, "A quiet minute, if you like; yes")], name="Notes", stamp=AT)
    lines = lines_of(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {
        "VERSION:2.0",
        "UID:one",
        "DTSTAMP:20260510T081500Z",
        "DTSTART:20260510T081500Z",
    } <= set(lines)
    assert r"SUMMARY:A quiet minute\, if you like\; yes" in lines
    assert any(line.startswith("PRODID:") for line in lines)


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text):
    line = "SUMMARY:" + "".join(text.split())
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(max_size=100))
def test_a_summary_can_begin_no_line_of_its_own(text):
    written = calendar([Event("x", AT, text)], name="Notes", stamp=AT)
    assert len(written.replace("\r\n ", "").split("\r\nBEGIN:VEVENT")) == 2
    assert "\n" not in written.replace("\r\n", "")
