"""Files of others are read with care: what fits is kept, what does not is named by file and line."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from afterglow.core.days import moment
from afterglow.transfer.reading import zips
from afterglow.transfer.reading.found import Problem
from afterglow.transfer.reading.problems import WHY
from afterglow.transfer.reading.upload import read_upload

NOW = moment(datetime(2026, 3, 5, 12, tzinfo=UTC), "Europe/Lisbon")


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def read(content, name="some.zip"):
    return read_upload(
        content if isinstance(content, bytes) else content.encode(), name=name, now=NOW
    )


def test_a_bad_file_in_a_zip_is_named_and_the_rest_is_kept():
    found = read(
        zipped(a__md="---\ndate: 2026-01-02\n---\nHello", b__md="---\ndate: 2026-13-45\n---\nNo")
    )
    assert [row.first for row in found.rows] == ["Hello"]
    assert found.problems == [Problem("b.md", 2, "no_time")]


def test_the_day_in_a_file_name_is_the_day_of_the_entry():
    (row,) = read("Rain", "2025-11-03 evening.txt").rows
    assert row.day == date(2025, 11, 3)


def test_a_file_in_a_zip_without_any_other_date_has_its_own():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("walk.txt", (2025, 6, 7, 18, 30, 0)), "Along the river")
    (row,) = read(out.getvalue()).rows
    assert row.day == date(2025, 6, 7)
    assert row.fields["written"]["at"] == "2025-06-07T17:30:00Z"


def test_a_text_with_a_rule_of_dashes_stays_whole():
    (row,) = read("---\nno front matter here", "2025-01-01.md").rows
    assert row.fields["text"] == "---\nno front matter here"


def test_a_list_of_tags_in_lines_is_read():
    (row,) = read("---\ndate: 2026-01-02\ntags:\n  - sea\n  - 'old friends'\n---\nHi", "a.md").rows
    assert row.fields["tags"] == ("sea", "old friends") or row.fields["tags"] == [
        "sea",
        "old friends",
    ]


def test_a_picture_is_turned_away_kindly():
    found = read(b"\x89PNG\r\n\x1a\n\x00\x00", "me.txt")
    assert found.problems == [Problem("me.txt", None, "not_text")]


def test_a_zip_that_unfolds_without_end_is_left_out(monkeypatch):
    monkeypatch.setattr(zips, "MOST_BYTES", 1000)
    found = read(zipped(a__txt="x" * 100_000, b__txt="small"))
    assert found.problems == [Problem("a.txt", None, "too_large")]
    assert [row.first for row in found.rows] == ["small"]


def test_a_broken_zip_is_said_to_be_broken():
    assert read(b"PK\x03\x04 nothing more").problems == [Problem("some.zip", None, "not_a_zip")]


def test_a_damaged_file_inside_a_zip_costs_only_itself():
    content = bytearray(zipped(a__txt="tide " * 300, b__txt="small"))
    content[40:44] = b"\xff\xff\xff\xff"
    found = read(bytes(content))
    assert found.problems == [Problem("a.txt", None, "not_a_zip")]
    assert [row.first for row in found.rows] == ["small"]


def test_day_one_entries_keep_their_time_zone_and_tags():
    entries = [
        {
            "creationDate": "2024-05-06T22:30:00Z",
            "timeZone": "America/New_York",
            "text": "![](dayone-moment://AB)\n\nWent out\\. It was fine\\!",
            "tags": ["walk"],
        },
        {"creationDate": "yesterday", "text": "lost"},
    ]
    found = read(zipped(Journal__json=json.dumps({"entries": entries}, indent=1)))
    (row,) = found.rows
    assert row.fields["text"] == "Went out. It was fine!"
    assert row.fields["written"]["zone"] == "America/New_York"
    assert found.problems == [Problem("Journal.json", 11, "no_time")]


def test_daylio_moods_become_levels_and_notes_become_entries():
    table = (
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        '2024-02-03,3 Feb,Saturday,9:05 PM,good,walk | tea,Evening,"Slept<br>a little"\n'
        "2024-02-04,4 Feb,Sunday,08:00,sparkly,,,\n"
        "2024-02-31,x,Sunday,08:00,meh,,,\n"
        "2024-02-05,5 Feb,Monday,08:00,awful,,,\n"
    )
    found = read(table, "daylio.csv")
    assert [row.fields["level"] for row in found.of("check-in")] == [7, 1]
    (entry,) = found.of("entry")
    assert entry.fields["text"] == "Slept\na little"
    assert entry.fields["written"]["at"] == "2024-02-03T21:05:00Z"
    assert found.problems == [
        Problem("daylio.csv", 3, "no_level"),
        Problem("daylio.csv", 4, "no_time"),
    ]


def test_scores_out_of_range_are_named_by_line():
    found = read("date;score\n2026-01-02;14\n2026-01-09;28\n2026-01-16;many\n", "phq.csv")
    assert [row.fields["total"] for row in found.of("answers")] == [14]
    assert found.problems == [Problem("phq.csv", 3, "no_score"), Problem("phq.csv", 4, "no_score")]


def test_a_table_without_known_columns_says_so():
    assert read("a,b\n1,2\n", "x.csv").problems == [Problem("x.csv", 1, "no_columns")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x00\x01", "a.bin"),
        (b"{", "a.json"),
        (b"", "a.md"),
        (b"[]", "b.json"),
        (b"\xff", "c.csv"),
    ],
)
def test_every_problem_has_words(content, name):
    (problem,) = read(content, name).problems
    assert WHY[problem.why]
