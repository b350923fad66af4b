"""The demo person holds together: ids, links, days, measures and quotes."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

import afterglow
from afterglow.core.demo import DemoPerson, load_demo
from afterglow.core.demo.parts import Part

FOLDER = Path(afterglow.__file__).parent / "data" / "demo"
LINKS = ("sitting", "entry", "insight", "theme", "comes_from", "held_with", "goal", "who", "asked")
LISTS_OF_LINKS = ("with_me", "people", "professionals", "goals")
DATES = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|january|february|march|april|june|july"
    "|august|september|october|november|december|spring|summer|autumn|winter|christmas|snow|frost"
)


@pytest.fixture(scope="module")
def demo() -> DemoPerson:
    return load_demo(FOLDER)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the sheets with an empty folder of entries."""
    for sheet in FOLDER.glob("*.toml"):
        (tmp_path / sheet.name).write_bytes(sheet.read_bytes())
    (tmp_path / "entries").mkdir()
    return tmp_path


def parts_of(value: object) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
        for name in value.__struct_fields__:
            yield from parts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from parts_of(one)


def ids_of(demo: DemoPerson) -> list[str]:
    return [part.id for part in parts_of(demo) if hasattr(part, "id")]


def gaps(days: list[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(days)]


def test_every_id_is_used_once(demo):
    assert [name for name, times in Counter(ids_of(demo)).items() if times > 1] == []


def test_every_link_leads_somewhere(demo):
    named = set()
    for part in parts_of(demo):
        named |= {
            getattr(part, name) for name in LINKS if isinstance(getattr(part, name, None), str)
        }
        for name in LISTS_OF_LINKS:
            named |= {one for one in getattr(part, name, ()) if isinstance(one, str)}
    assert named - set(ids_of(demo)) - {""} == set()


def test_an_entry_comes_at_most_a_day_before_its_sitting(demo):
    days = {sitting.id: sitting.day for sitting in demo.sittings}
    assert [e.id for e in demo.entries if e.sitting and e.day < days[e.sitting] - 1] == []


def test_nothing_is_understood_before_it_was_written(demo):
    days = {entry.id: entry.day for entry in demo.entries}
    linked = [*demo.insights, *demo.obstacles]
    assert [one.id for one in linked if one.entry and one.day < days[one.entry]] == []


def test_nothing_comes_from_something_later(demo):
    days = {
        part.id: part.day for part in parts_of(demo) if hasattr(part, "id") and hasattr(part, "day")
    }
    plans = [*demo.goals, *demo.practices, *demo.obstacles, *demo.purposes, *demo.wins]
    origins = [
        (one, getattr(one, name, "")) for one in plans for name in ("comes_from", "insight", "goal")
    ]
    assert [one.id for one, origin in origins if origin and days[origin] > one.day] == []


@pytest.mark.parametrize(
    "things",
    [
        "sittings",
        "entries",
        "check_ins",
        "measures",
        "practices",
        "wins",
        "appointments",
        "reviews",
    ],
)
def test_what_happened_is_in_the_order_of_days(demo, things):
    days = [thing.day for thing in getattr(demo, things)]
    assert days == sorted(days)


def test_only_plans_lie_on_the_first_day_of_the_demo_or_later(demo):
    ahead = {part.id for part in parts_of(demo) if hasattr(part, "day") and part.day >= 0}
    assert ahead == {"s10", "a-nuala-next"}


def test_it_spans_sixteen_weeks(demo):
    assert min(part.day for part in parts_of(demo) if hasattr(part, "day")) == -112


def test_nothing_is_done_before_it_was_set_or_in_days_to_come(demo):
    wrong = [g.id for g in demo.goals if any(not g.day <= day < 0 for day in g.done_on)]
    wrong += [h.id for h in demo.habits if any(not h.since <= day < 0 for day in h.done_on)]
    assert wrong == []


def test_a_goal_for_once_is_done_on_a_day_exactly_when_it_is_done(demo):
    once = [goal for goal in demo.goals if goal.every == "once"]
    assert [g.id for g in once if (g.state == "done") != bool(g.done_on)] == []


def test_a_goal_moved_says_where_to(demo):
    assert [g.id for g in demo.goals if g.state == "moved" and g.moved_to is None] == []


def test_nine_sittings_are_done_and_one_is_four_days_away(demo):
    assert [s.state for s in demo.sittings] == ["done"] * 9 + ["planned"]
    assert demo.sittings[-1].day == 4


def test_the_six_fit_into_three_weeks(demo):
    six = [s.day for s in demo.sittings if s.series == "six"]
    assert len(six) == 6
    assert six[-1] - six[0] <= 21


def test_sittings_were_hard_or_nothing_much_or_good(demo):
    assert Counter(s.felt for s in demo.sittings) == {"good": 7, "nothing": 1, "hard": 1, "": 1}


def test_there_are_long_pages_and_single_lines(demo):
    counts = [len(entry.text.split()) for entry in demo.entries]
    assert len(counts) >= 75
    assert sum(count > 200 for count in counts) >= 12
    assert sum(count < 20 for count in counts) >= 5


def test_four_entries_are_tender(demo):
    assert sum(entry.tender for entry in demo.entries) == 4


def test_every_kind_of_entry_occurs(demo):
    kinds = {"free", "guided", "spoken", "list", "dream", "after", "appointment", "made"}
    assert {entry.kind for entry in demo.entries} == kinds


def test_a_guided_entry_has_its_question_and_no_other_does(demo):
    assert [e.id for e in demo.entries if bool(e.question) != (e.kind == "guided")] == []


def test_check_ins_leave_one_gap_of_nine_days(demo):
    between = gaps([check_in.day for check_in in demo.check_ins])
    assert [days for days in between if days > 3] == [10]


def test_nothing_was_noted_in_the_gap(demo):
    noted = [*demo.check_ins, *demo.entries, *demo.measures, *demo.practices, *demo.wins]
    assert [one for one in noted if -75 <= one.day <= -67] == []


def test_there_is_at_most_one_check_in_a_day(demo):
    assert 0 not in gaps([check_in.day for check_in in demo.check_ins])


def test_an_instrument_has_all_its_answers(demo):
    items = {"phq-9": 9, "gad-7": 7}
    assert [m for m in demo.measures if len(m.answers) != items[m.instrument]] == []


def test_the_ninth_item_is_one_once_in_the_low_week(demo):
    ninth = [
        (m.day, m.answers[8]) for m in demo.measures if m.instrument == "phq-9" and m.answers[8]
    ]
    assert ninth == [(-44, 1)]


def test_phq9_comes_three_times_before_and_then_every_seven_to_ten_days(demo):
    days = [m.day for m in demo.measures if m.instrument == "phq-9"]
    before = [day for day in days if day < demo.sittings[0].day]
    assert len(before) == 3
    assert all(7 <= days_between <= 10 for days_between in gaps(days[2:]))


def test_a_quote_stands_in_its_entry_once(demo):
    texts = {entry.id: entry.text for entry in demo.entries}
    marks = [mark for theme in demo.themes for mark in theme.marks]
    assert [mark.quote for mark in marks if texts[mark.entry].count(mark.quote) != 1] == []


def test_three_themes_are_renamed_and_one_is_dismissed(demo):
    assert Counter(theme.decision for theme in demo.themes) == {
        "kept": 4,
        "renamed": 3,
        "dismissed": 1,
    }


def test_phone_numbers_come_from_ranges_kept_for_fiction(demo):
    kept = re.compile(r"(07700 900|01632 960)\d{3}")
    assert [one.name for one in demo.people if one.phone and not kept.fullmatch(one.phone)] == []


def test_no_word_ties_the_demo_to_a_date(demo):
    text = msgspec.json.encode(demo).decode()
    assert re.findall(rf"\b(?:{DATES})s?\b", text, re.IGNORECASE) == []


def test_a_misspelt_field_is_refused_by_name(folder):
    sheet = folder / "person.toml"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace("town =", "twon ="), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="twon"):
        load_demo(folder)


def test_a_heading_without_its_second_fence_is_refused_with_its_file(folder):
    (folder / "entries" / "week-01.md").write_text("+++\nsource = 'x'\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"week-01\.md"):
        load_demo(folder)


def test_words_of_the_small_hours_come_last_on_their_day(folder):
    heading = "+++\nid = '{}'\nday = -3\nat = {}\nkind = 'free'\n+++\nWords.\n"
    notes = heading.format("night", "02:10:00") + heading.format("day", "09:00:00")
    (folder / "entries" / "week-16.md").write_text(
        "+++\nsource = 'x'\n+++\n" + notes, encoding="utf-8"
    )
    assert [entry.id for entry in load_demo(folder).entries] == ["day", "night"]
