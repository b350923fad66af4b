"""The themes command: the documented form out, and bad input refused by line and field."""

import json

import pytest
from tests.core.themes.journals import WordSum, journal

from afterglow.core.bad_input import BadInput
from afterglow.core.themes.command import run_themes


def write(path, rows):
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def rows():
    return [
        {"id": e.id, "written_at": f"{e.written_on}T20:00", "text": e.text, "sitting": e.sitting}
        for e in journal()
    ]


def refusal(tmp_path, change):
    lines = rows()
    lines[2] |= change
    with pytest.raises(BadInput) as caught:
        run_themes(write(tmp_path / "j.jsonl", lines))
    return caught.value.line, caught.value.field


def test_the_result_is_json_in_the_documented_form(tmp_path):
    result = run_themes(write(tmp_path / "j.jsonl", rows()), model=WordSum())
    assert set(result) == {"themes", "entries", "seconds", "model"}
    assert {"id", "type", "label", "mentions", "course", "by_sitting"} <= set(result["themes"][0])
    assert json.loads(json.dumps(result)) == result


def test_a_marked_theme_is_in_the_result_under_its_label(tmp_path):
    marks = [{"theme": "Kite", "entry": "e01", "start": 0, "end": 30, "belongs": True}]
    result = run_themes(
        write(tmp_path / "j.jsonl", rows()), marks=write(tmp_path / "m.jsonl", marks)
    )
    assert "Kite" in {theme["label"] for theme in result["themes"]}


def test_an_empty_journal_gives_no_themes(tmp_path):
    assert run_themes(write(tmp_path / "j.jsonl", []))["themes"] == []


def test_a_folder_of_text_files_is_a_journal(tmp_path):
    for entry in journal():
        (tmp_path / f"{entry.written_on}.md").write_text(entry.text, encoding="utf-8")
    assert run_themes(tmp_path)["themes"]


def test_an_id_used_twice_is_named(tmp_path):
    assert refusal(tmp_path, {"id": "e01"}) == (3, "id")


def test_a_date_that_is_none_is_named(tmp_path):
    assert refusal(tmp_path, {"written_at": "soon"}) == (3, "written_at")


def test_a_text_too_long_to_read_is_named(tmp_path):
    assert refusal(tmp_path, {"text": "word " * 400_001}) == (3, "text")


def test_a_missing_text_is_named(tmp_path):
    assert refusal(tmp_path, {"text": None}) == (3, "text")


def test_a_sitting_that_is_no_number_is_named(tmp_path):
    assert refusal(tmp_path, {"sitting": "two"}) == (3, "sitting")


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "j.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(BadInput, match="not UTF-8"):
        run_themes(path)


def test_a_mark_outside_its_entry_is_refused(tmp_path):
    marks = [{"theme": "K", "entry": "e01", "start": 0, "end": 9999, "belongs": True}]
    with pytest.raises(BadInput) as caught:
        run_themes(write(tmp_path / "j.jsonl", rows()), marks=write(tmp_path / "m.jsonl", marks))
    assert (caught.value.line, caught.value.field) == (1, "end")


def test_an_entry_names_first_what_it_is_about_as_a_whole(tmp_path):
    result = run_themes(write(tmp_path / "j.jsonl", rows()), model=WordSum())
    by_id = {theme["id"]: theme for theme in result["themes"]}
    for name, entry in result["entries"].items():
        first = by_id[entry["themes"][0]]
        assert first["type"] == "theme"
        assert name in first["entries"]
