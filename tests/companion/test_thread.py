"""The thread from an image to the days after, walked both ways."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from afterglow.companion.queries import thread as thread_module
from afterglow.companion.queries.thread import thread
from afterglow.core import content
from afterglow.core.days import Moment
from afterglow.insights.documents import ThemeDecision
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans import services
from afterglow.plans.documents import Goal, Habit, Insight, Obstacle, PracticeNote, Purpose
from afterglow.plans.queries.rhythm import note_id

DAY = date(2026, 3, 5)


def at(day):
    return Moment(at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC), zone="UTC", day=day)


def kept(vault, part):
    return services.keep_part(vault=vault, part=part).id


@pytest.fixture
def woven(alice):
    """An entry, an insight, a purpose, a goal, a habit, and two days."""
    vault = alice.vault
    entry = vault.put(Entry(written=at(DAY), snippet="A river under the floor")).id
    insight = kept(vault, Insight(insight="It was warm all along", entry=entry, on=DAY))
    purpose = kept(vault, Purpose(purpose="To be home", insight=insight))
    goal = kept(vault, Goal(text="Sit by the river", comes_from=purpose, done_on=(DAY,)))
    habit = kept(vault, Habit(text="Ten minutes outside", comes_from=goal))
    vault.put(CheckIn(at=at(DAY), level=3))
    vault.put(CheckIn(at=at(DAY + timedelta(days=1)), level=7))
    alice.ids = {
        "entry": entry,
        "insight": insight,
        "purpose": purpose,
        "goal": goal,
        "habit": habit,
    }
    return alice


@pytest.mark.parametrize("kind", ["entry", "insight", "purpose", "goal", "habit"])
def test_from_any_part_the_whole_chain_is_shown(woven, kind):
    shown = woven.get(reverse("companion:thread", args=[kind, woven.ids[kind]])).content.decode()
    for words in ("A river under", "warm all along", "To be home", "Sit by the river", "Ten min"):
        assert words in shown
    for other, record in woven.ids.items():
        if other != kind:
            assert reverse("companion:thread", args=[other, record]) in shown


def test_the_days_after_stand_beside_the_days_on_which_it_was_done(woven):
    (day,) = thread(woven.vault, "goal", str(woven.ids["goal"]), "en").days
    assert (day.day, day.level, day.next_level) == (DAY, 3, 7)


def test_a_tender_entry_keeps_its_words_to_itself(woven):
    stored = woven.vault.get(Entry, woven.ids["entry"])
    tender = Entry(written=at(DAY), snippet="A river under the floor", tender=True)
    woven.vault.put(tender, record=stored.id)
    shown = woven.get(
        reverse("companion:thread", args=["goal", woven.ids["goal"]])
    ).content.decode()
    assert "A river under" not in shown
    assert "An entry marked tender" in shown


def test_a_sitting_stands_there_with_the_first_image_that_came_up(woven):
    sitting = woven.vault.put(
        Sitting(day=DAY, done=True, intention="to rest", images="A bus with no driver\nA lamp")
    ).id
    insight = kept(woven.vault, Insight(insight="I may be carried", sitting=sitting))
    shown = woven.get(reverse("companion:thread", args=["insight", insight])).content.decode()
    assert "A bus with no driver" in shown
    assert "A lamp" not in shown


def test_another_branch_is_not_in_the_thread(woven):
    kept(woven.vault, Goal(text="Something else", comes_from=woven.ids["insight"]))
    shown = woven.get(
        reverse("companion:thread", args=["habit", woven.ids["habit"]])
    ).content.decode()
    assert "Something else" not in shown


def test_a_plan_for_harm_is_not_quoted(woven):
    harm = Obstacle(
        obstacle="He shouts", then_words="hide it", harm=True, insight=woven.ids["insight"]
    )
    kept(woven.vault, harm)
    shown = woven.get(
        reverse("companion:thread", args=["insight", woven.ids["insight"]])
    ).content.decode()
    assert "hide it" not in shown
    assert "He shouts" not in shown


def test_a_theme_by_its_name_or_id_holds_what_was_made_from_it(alice):
    words = "The bus came again, and I sat on the bus by the window until the bus stopped."
    for n in range(6):
        day = DAY + timedelta(days=n)
        alice.vault.put(Entry(written=at(day), snippet=words, text=words))
    from afterglow.insights.queries import finding

    theme = finding.shaped(alice.vault).themes[0]
    by_name = kept(alice.vault, Insight(insight="Named by its name", theme=theme.label))
    by_id = kept(alice.vault, Goal(text="Named by its id", theme=theme.id))
    shown = alice.get(reverse("companion:thread", args=["theme", theme.id])).content.decode()
    assert "Named by its name" in shown
    assert "Named by its id" in shown
    for kind, record in (("insight", by_name), ("goal", by_id)):
        assert (
            theme.label
            in alice.get(reverse("companion:thread", args=[kind, record])).content.decode()
        )


def test_what_came_from_a_theme_follows_it_under_a_new_name_and_into_another(alice):
    words = "The bus came again, and I sat on the bus by the window until the bus stopped."
    for n in range(6):
        day = DAY + timedelta(days=n)
        alice.vault.put(Entry(written=at(day), snippet=words, text=words))
    from afterglow.insights.queries import finding

    theme = finding.shaped(alice.vault).themes[0]
    renamed = ThemeDecision(theme=theme.id, found_as=theme.label, renamed="Waiting", tender=True)
    alice.vault.put(renamed)
    alice.vault.put(ThemeDecision(theme="gone", found_as="Elsewhere", merged_into=theme.id))
    kept(alice.vault, Insight(insight="By its old name", theme=theme.label))
    kept(alice.vault, Insight(insight="By what was put to it", theme="gone"))
    found = thread(alice.vault, "theme", theme.id, "en")
    said = [knot.words for stretch in found.stretches for knot in stretch.knots]
    assert {"By its old name", "By what was put to it"} <= set(said)
    (images,) = [stretch for stretch in found.stretches if stretch.stage == "image"]
    assert {knot.words for knot in images.knots} == {""}


def test_the_thread_of_a_theme_quotes_a_few_entries_and_counts_the_others(alice):
    words = "The bus came again, and I sat on the bus by the window until the bus stopped."
    for n in range(6):
        alice.vault.put(Entry(written=at(DAY + timedelta(days=n)), snippet="Dear", text=words))
    from afterglow.insights.queries import finding

    theme = finding.shaped(alice.vault).themes[0]
    (images, *_) = thread(alice.vault, "theme", theme.id, "en").stretches
    assert (len(images.knots), images.more) == (3, 3)
    assert images.knots[0].on == DAY
    assert all(knot.words in words and "bus" in knot.words for knot in images.knots)


def test_a_long_journal_is_not_looked_through_for_the_thread_of_a_goal(woven, monkeypatch):
    monkeypatch.setattr(thread_module, "MOST_AT_ONCE", 0)
    goal = kept(woven.vault, Goal(text="From a theme", theme="t"))
    shown = woven.get(reverse("companion:thread", args=["goal", goal])).content.decode()
    assert "Look through it now" in shown


def test_nobody_else_finds_the_thread(woven, bob):
    page = reverse("companion:thread", args=["goal", woven.ids["goal"]])
    assert bob.get(page).status_code == 404
    assert bob.get(reverse("companion:thread", args=["goal", "x"])).status_code == 404


def test_a_practice_put_into_the_plan_is_part_of_the_thread(alice):
    practice = content.practices()[0]
    sent = {"prefill": "1", "text": practice.title, "practice": practice.id}
    alice.post(reverse("plans:add", args=["goal"]), sent)
    alice.post(reverse("plans:add", args=["goal"]), {"text": "My way", "practice": practice.id})
    shown = alice.get(reverse("companion:thread", args=["practice", practice.id])).content.decode()
    assert "My way" in shown
    (goal,) = alice.vault.heads(Goal)
    shown = alice.get(reverse("companion:thread", args=["goal", goal.id])).content.decode()
    assert practice.title in shown


def test_days_of_a_practice_stand_in_its_thread(alice):
    practice = content.practices()[0].id
    note = PracticeNote(practice=practice, done_on=(DAY,))
    alice.vault.put(note, record=note_id(alice.vault, practice))
    (day,) = thread(alice.vault, "practice", practice, "en").days
    assert day.day == DAY
    assert content.practices()[0].title in alice.get(reverse("plans:plan")).content.decode()


def test_themes_are_looked_for_only_where_the_thread_needs_them(woven, monkeypatch):
    def looked(_vault):
        raise AssertionError("themes were looked for")

    monkeypatch.setattr(thread_module, "_themes", looked)
    assert thread(woven.vault, "goal", str(woven.ids["goal"]), "en")
    kept(woven.vault, Goal(text="From a theme", theme="t"))
    with pytest.raises(AssertionError, match="looked for"):
        thread(woven.vault, "goal", str(woven.ids["goal"]), "en")
