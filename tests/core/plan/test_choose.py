"""What a day offers, and what it never does."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterglow.core.content.kinds import Practice, Question
from afterglow.core.content.library import practices, questions
from afterglow.core.plan import score
from afterglow.core.plan.choose import ONLY_WHEN_SOUGHT, WITHOUT_A_STORY, choose
from afterglow.core.plan.person import Due, Person, Reason, Said, part_of_day
from afterglow.core.plan.phase import place_of
from afterglow.core.plan.score import lived, parts_of, total

DAY = date(2026, 5, 14)
PRACTICES, QUESTIONS = practices(), questions()
NAMES = [practice.id for practice in PRACTICES]
CAUTIONS = sorted({caution for practice in PRACTICES for caution in practice.cautions})
DOC = Path(__file__).parents[3] / "docs/explanation/choice.md"


def may(day):
    return date(2026, 5, day)


def on_day(since, day=DAY):
    return place_of(day, done=[day - timedelta(days=since)])


def one(name, **fields):
    base = {"group": "music", "form": "create", "domain": "spirit", "phases": ("daily",)}
    texts = {"title": name, "evidence": "", "first_tiny": "", "text": ""}
    about = {"id": name, "source": "Afterglow", "licence": "Apache-2.0"}
    return Practice(**about, **texts, **(base | {"minutes": 5, "energy": 1} | fields))


def ask(name, **fields):
    base = {"stage": "notice", "purpose": "body", "phases": ("daily",), "text": f"{name}?"}
    return Question(id=name, source="Afterglow", licence="Apache-2.0", **(base | fields))


def due(name, kind="goal"):
    return Due(kind, name, Reason("goal"))


def things(since=8, person=None, rows=PRACTICES, day=DAY, **fields):
    choice = choose(
        on_day(since, day), person or Person(), questions=QUESTIONS, practices=rows, **fields
    )
    return choice.things


def asked(since, person=None, rows=QUESTIONS, day=DAY):
    return choose(on_day(since, day), person or Person(), questions=rows, practices=()).question


# The example of the page that explains the choice, worked out there by hand.

EXAMPLE = [
    one("hum", minutes=3),
    one("three sentences", form="journal", domain="mind", minutes=8),
    one("to the corner", form="lifestyle", domain="body", minutes=10, energy=2),
    one("call a friend", form="talk", domain="relationships"),
    one("one tree", form="lifestyle", domain="nature"),
]
SAID = {
    "hum": Said(done=(may(10), may(12)), helped=(may(10),)),
    "three sentences": Said(done=(may(9),), no_help=(may(9),)),
    "to the corner": Said(put_off=(may(11),)),
}
EVENING = Person(practices=SAID, hardest="evening", now="evening", level=3)
COLUMNS = ["helped", "done", "no-help", "put-off", "fresh", "hardest", "little", "too-much"]
COLUMNS += ["other-form", "other-domain"]


def rows_by_hand():
    text = DOC.read_text("utf-8").partition("| practice | helped |")[2]
    cells = re.findall(r"^\| ([a-z ]+) \|((?: -?\d+ \|)+)$", text, re.MULTILINE)
    return {name: [int(cell) for cell in row.split("|")[:-1]] for name, row in cells}


@pytest.mark.parametrize("practice", EXAMPLE, ids=[each.id for each in EXAMPLE])
def test_the_sums_are_those_worked_out_by_hand(practice):
    had = lived(EXAMPLE, SAID, DAY)
    parts = parts_of(practice, on_day(8), EVENING, had)
    found = {part.code: part.points for part in parts}
    *by_hand, by_hand_sum = rows_by_hand()[practice.id]
    assert [found.get(column, 0) for column in COLUMNS] == by_hand
    assert total(parts) == by_hand_sum


def test_the_example_offers_what_the_page_says():
    chosen = things(person=EVENING, rows=EXAMPLE)
    assert {thing.id for thing in chosen} == {"call a friend", "one tree"}
    assert {(thing.why.code, thing.why.minutes) for thing in chosen} == {("hardest", 5)}


def test_the_page_gives_the_points_of_the_code():
    text = DOC.read_text("utf-8")
    for line, points in [
        ("said to have helped", score.HELPED),
        ("without a word on it", score.DONE),
        ("said not to have helped", score.NO_HELP),
        ("it was put off", score.PUT_OFF),
        ("done in the last two days", score.FRESH),
        ("called hardest", score.HARDEST),
        ("asks for little energy", score.LITTLE),
        ("asks for more", score.TOO_MUCH),
        ("three days away", score.MEETING),
        ("its form", score.OTHER_FORM),
        ("its domain", score.OTHER_DOMAIN),
        ("start from an image", score.IMAGES),
    ]:
        assert re.search(
            rf"^\|[^|]*{line}[^|]*\| {re.escape(f'{points:+d}')} \|$", text, re.MULTILINE
        ), line


# Practices.


def test_what_helped_comes_again_but_not_the_next_day():
    rows = [one("a"), one("b"), one("c")]
    helped = {"b": Said(done=(may(1),), helped=(may(1),))}
    assert things(person=Person(practices=helped), rows=rows)[0].id == "b"
    fresh = {"b": Said(done=(may(13),), helped=(may(13),))}
    assert things(person=Person(practices=fresh), rows=rows)[0].id != "b"


def test_why_this_names_the_day_on_which_it_helped():
    said = {"b": Said(done=(may(1),), helped=(may(1),))}
    (thing,) = things(person=Person(practices=said), rows=[one("b")])
    assert (thing.why.code, thing.why.day) == ("helped", may(1))


def test_two_things_are_of_two_forms():
    for turn in range(40):
        chosen = things(day=DAY + timedelta(days=turn))
        forms = [thing.practice.form for thing in chosen]
        assert len(forms) == len(set(forms)) == 2


def test_over_two_weeks_every_form_and_domain_has_its_turn():
    said, forms, domains = {}, set(), set()
    for turn in range(14):
        day = DAY + timedelta(days=turn)
        place = place_of(day, done=[day - timedelta(days=6)])
        for thing in choose(
            place, Person(practices=said), questions=QUESTIONS, practices=PRACTICES
        ).things:
            said[thing.id] = Said(done=(*said.get(thing.id, Said()).done, day))
            forms.add(thing.practice.form)
            domains.add(thing.practice.domain)
    assert forms == {"talk", "journal", "create", "lifestyle"}
    assert domains == {"mind", "body", "spirit", "relationships", "lifestyle", "nature"}


def test_the_way_to_safety_is_never_offered_on_today():
    assert set(NAMES) >= ONLY_WHEN_SOUGHT
    offered = {
        thing.id
        for turn in range(40)
        for since in (2, 8, 20, 60)
        for thing in things(since=since, day=DAY + timedelta(days=turn))
    }
    assert offered
    assert not ONLY_WHEN_SOUGHT & offered


def test_one_place_is_kept_for_a_practice_where_there_are_two():
    chosen = things(due=[due("a"), due("b"), due("c")])
    assert [thing.kind for thing in chosen] == ["goal", "practice"]


def test_where_only_one_fits_what_is_due_comes_first():
    assert [thing.id for thing in things(since=40, due=[due("a"), due("b")])] == ["a"]


def test_without_a_practice_left_due_things_take_its_place():
    assert [thing.id for thing in things(rows=[], due=[due("a"), due("b")])] == ["a", "b"]


def test_what_was_done_today_leaves_room_for_less():
    assert len(things(since=3)) == 3
    assert len(things(since=3, person=Person(handled=2))) == 1
    assert things(since=3, person=Person(handled=5)) == ()


def test_a_weekly_practice_stays_for_its_week_and_goes_once_it_is_done():
    week = [things(since=since, day=may(1) + timedelta(days=since)) for since in range(15, 22)]
    assert len({tuple(thing.id for thing in chosen) for chosen in week}) == 1
    first = week[0][0].id
    said = {first: Said(done=(may(17),))}
    later = things(since=18, day=may(19), person=Person(practices=said))
    assert first not in [thing.id for thing in later]


def test_a_programme_puts_its_practice_first():
    person = Person(programme="The first fortnight", programme_practice="nature-one-tree")
    thing = things(person=person)[0]
    assert (thing.id, thing.why.name) == ("nature-one-tree", "The first fortnight")


def test_low_energy_asks_one_thing():
    person = Person(low_energy=True)
    choice = choose(
        on_day(8), person, questions=QUESTIONS, practices=PRACTICES, due=[due("a"), due("b")]
    )
    assert choice.question is not None
    assert choice.things == ()
    without = choose(on_day(8), person, questions=(), practices=PRACTICES, due=[due("a")])
    assert [thing.id for thing in without.things] == ["a"]


def test_on_the_day_itself_nothing_is_offered():
    assert choose(
        on_day(0), Person(), questions=QUESTIONS, practices=PRACTICES, due=[due("a")]
    ) == choose(on_day(0), Person(low_energy=True), questions=(), practices=(), due=[due("a")])


# Questions.


@pytest.mark.parametrize("since", [1, 2])
def test_in_the_first_two_days_only_telling_is_asked(since):
    stages = {asked(since, day=DAY + timedelta(days=turn)).stage for turn in range(60)}
    assert stages == {"narrate"}


def test_a_programme_does_not_make_the_first_days_interpret():
    matters = next(question.id for question in QUESTIONS if question.stage == "matters")
    person = Person(programme="x", programme_question=matters)
    assert asked(1, person).stage == "narrate"
    assert asked(6, person).id == matters


@pytest.mark.parametrize(
    ("since", "length"), [(15, 7), (22, 7), (31, 30), (61, 30), (8, 1), (91, 30)]
)
def test_a_question_stays_for_its_stretch_until_it_is_answered_or_put_off(since, length):
    begins = DAY - timedelta(days=since)

    def on(day, person=None):
        place = place_of(begins + timedelta(days=day), done=[begins])
        person = person or Person()
        return choose(place, person, questions=QUESTIONS, practices=()).question

    stretch = range(since, since + length)
    first = on(since)
    assert {on(day).id for day in stretch} == {first.id}
    answered = Person(answered={first.id: begins + timedelta(days=since)})
    assert {on(day, answered) for day in stretch} == {None}
    put_off = {first.id: Said(put_off=(begins + timedelta(days=since),))}
    assert {on(day, Person(questions=put_off)) for day in stretch} == {None}
    assert on(since + length, answered) is not None


def test_an_answered_question_rests_for_two_months():
    rows = [ask("a"), ask("b", purpose="people")]
    person = Person(answered={"a": DAY - timedelta(days=20)})
    assert {asked(8, person, rows, DAY + timedelta(days=turn)).id for turn in range(9)} == {"b"}


def test_a_purpose_that_was_just_asked_about_waits():
    rows = [ask("a"), ask("b"), ask("c", purpose="people")]
    person = Person(answered={"a": DAY - timedelta(days=1)})
    assert asked(8, person, rows).id == "c"


def test_a_question_never_wanted_again_does_not_return():
    rows = [ask("a"), ask("b")]
    person = Person(questions={"a": Said(never=True)})
    assert {asked(8, person, rows, DAY + timedelta(days=turn)).id for turn in range(9)} == {"b"}


@pytest.mark.parametrize("since", [1, 3, 6, 12, 20, 50, 100])
def test_for_nothing_much_no_question_supposes_that_something_came_up(since):
    person = Person(nothing_lifted=True)
    found = [asked(since, person, day=DAY + timedelta(days=turn)) for turn in range(60)]
    assert None not in found
    assert {question.purpose for question in found} <= WITHOUT_A_STORY
    words = " ".join(f"{question.text} {question.hint}" for question in found).lower()
    assert not re.search(r"\b(lift|window of|image|came up|session|sitting|medicine)\b", words)


# Whatever comes.

DAYS = st.integers(0, 120).map(lambda back: DAY - timedelta(days=back))
SAID_OF = st.builds(
    Said,
    done=st.lists(DAYS, max_size=4).map(tuple),
    helped=st.lists(DAYS, max_size=3).map(tuple),
    no_help=st.lists(DAYS, max_size=3).map(tuple),
    put_off=st.lists(DAYS, max_size=3).map(tuple),
    never=st.booleans(),
)
QUESTION_IDS = [question.id for question in QUESTIONS]
PARTS_OF_DAY = st.sampled_from(["", "morning", "afternoon", "evening", "night"])
PEOPLE = st.builds(
    Person,
    practices=st.dictionaries(st.sampled_from(NAMES), SAID_OF, max_size=12),
    questions=st.dictionaries(st.sampled_from(QUESTION_IDS), SAID_OF, max_size=6),
    answered=st.dictionaries(st.sampled_from(QUESTION_IDS), DAYS, max_size=6),
    unsuitable=st.frozensets(st.sampled_from(CAUTIONS)),
    put_off=st.frozensets(st.sampled_from([*NAMES[:20], *QUESTION_IDS[:20], "g0", "g1"])),
    handled=st.integers(0, 4),
    hardest=PARTS_OF_DAY,
    now=PARTS_OF_DAY,
    level=st.sampled_from([None, 1, 3, 5, 7, 9]),
    tired=st.booleans(),
    own_images=st.booleans(),
    meeting_on=st.none() | DAYS,
    nothing_lifted=st.booleans(),
    low_energy=st.booleans(),
    programme_practice=st.sampled_from(["", *NAMES]),
    programme_question=st.sampled_from(["", *QUESTION_IDS]),
)
PLACES = st.builds(
    lambda done, planned: place_of(
        DAY,
        done=[DAY - timedelta(days=n) for n in done],
        planned=[DAY + timedelta(days=n) for n in planned],
    ),
    st.lists(st.integers(0, 120), max_size=4),
    st.lists(st.integers(0, 30), max_size=2),
)
DUE = st.integers(0, 6).map(lambda most: [due(f"g{number}") for number in range(most)])


def chosen(place, person, dues):
    return choose(place, person, questions=QUESTIONS, practices=PRACTICES, due=dues)


@settings(max_examples=50, deadline=None)
@given(place=PLACES, person=PEOPLE, dues=DUE)
def test_never_more_than_the_phase_allows(place, person, dues):
    choice = chosen(place, person, dues)
    assert len(choice.things) <= max(0, place.most_things - person.handled)
    assert len({thing.id for thing in choice.things}) == len(choice.things)
    if person.low_energy:
        assert len(choice.things) + (choice.question is not None) <= 1
    if choice.question is not None:
        assert choice.question_why is not None


@settings(max_examples=50, deadline=None)
@given(place=PLACES, person=PEOPLE, dues=DUE)
def test_what_is_dismissed_put_off_or_unsuitable_never_returns(place, person, dues):
    choice = chosen(place, person, dues)
    for thing in choice.things:
        assert thing.id not in person.put_off
        assert thing.id not in ONLY_WHEN_SOUGHT
        assert not person.said_of(thing.id).never
        if thing.practice is not None:
            assert not set(thing.practice.cautions) & person.unsuitable
    if choice.question is not None:
        assert not person.questions.get(choice.question.id, Said()).never


@settings(max_examples=30, deadline=None)
@given(place=PLACES, person=PEOPLE, dues=DUE)
def test_the_same_inputs_give_the_same_day(place, person, dues):
    assert chosen(place, person, dues) == chosen(place, person, list(dues))


@settings(max_examples=50, deadline=None)
@given(place=PLACES, unsuitable=st.frozensets(st.sampled_from(CAUTIONS)), low=st.booleans())
def test_there_is_always_something_to_say_until_it_was_said(place, unsuitable, low):
    person = Person(unsuitable=unsuitable, low_energy=low)
    choice = chosen(place, person, [])
    if place.phase == "rest":
        assert (choice.question, choice.things) == (None, ())
    else:
        assert choice.question is not None
        assert low or choice.things


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (4, "morning"),
        (10, "morning"),
        (11, "afternoon"),
        (17, "evening"),
        (22, "night"),
        (3, "night"),
    ],
)
def test_the_night_ends_with_the_day(hour, part):
    assert part_of_day(hour) == part
