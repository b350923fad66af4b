"""The pages of the plan, from the form to the vault and back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from afterglow.core import content
from afterglow.core.days import Moment
from afterglow.journal.documents import Entry
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries, services
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Insight,
    Letter,
    Obstacle,
    Person,
    Purpose,
    Review,
    SelfCare,
    Why,
    Win,
)

KINDS = {
    "why": ({"why": "Breakfast"}, Why),
    "insight": ({"insight": "Breakfast"}, Insight),
    "obstacle": ({"obstacle": "Breakfast", "if_words": "late"}, Obstacle),
    "purpose": ({"purpose": "Breakfast", "steps": "one\n\ntwo"}, Purpose),
    "goal": ({"text": "Breakfast", "day": "2026-03-05", "clock": "07:30"}, Goal),
    "self-care": ({"text": "Breakfast", "weekdays": ["0", "2"]}, SelfCare),
    "person": ({"name": "Breakfast", "phone": "0123 456"}, Person),
    "appointment": ({"who": "Breakfast", "day": "2026-03-05"}, Appointment),
    "win": ({"text": "Breakfast"}, Win),
    "letter": ({"text": "Breakfast", "open_on": "2026-03-05"}, Letter),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_can_be_added_opened_changed_and_removed(alice, kind):
    fields, cls = KINDS[kind]
    added = alice.post(reverse("plans:add", args=[kind]), fields)
    assert added.status_code == 302
    (stored,) = alice.vault.all(cls)
    page = reverse("plans:edit", args=[kind, stored.id])
    assert "Breakfast" in alice.get(page).content.decode()
    changed = {name: "Supper" if v == "Breakfast" else v for name, v in fields.items()}
    assert alice.post(page, changed | {"rev": stored.rev}).status_code == 302
    assert "Supper" in alice.get(page).content.decode()
    ask = reverse("plans:remove", args=[kind, stored.id])
    assert "Supper" in alice.get(ask).content.decode()
    assert alice.vault.heads(cls)
    alice.post(ask)
    assert alice.vault.heads(cls) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"win", "letter"}])
def test_every_part_shows_on_the_one_page(alice, kind):
    alice.post(reverse("plans:add", args=[kind]), KINDS[kind][0])
    assert "Breakfast" in alice.get(reverse("plans:plan")).content.decode()


def test_an_empty_plan_says_something_kind(alice):
    assert "Pick one tiny thing" in alice.get(reverse("plans:plan")).content.decode()


def test_what_the_form_does_not_ask_stays_when_a_part_is_changed(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="a", repeats="daily"))
    services.do_goal(vault=alice.vault, goal=goal.id, on=date(2026, 3, 5))
    alice.post(reverse("plans:edit", args=["goal", goal.id]), {"text": "b", "repeats": "daily"})
    after = alice.vault.get(Goal, goal.id).document
    assert (after.text, after.done_on) == ("b", (date(2026, 3, 5),))


def test_an_incomplete_form_comes_back_with_what_was_typed(alice):
    sent = {"text": "", "tiny": "two minutes of it", "day": "not a day"}
    shown = alice.post(reverse("plans:add", args=["goal"]), sent)
    assert shown.status_code == 200
    assert "two minutes of it" in shown.content.decode()
    assert "not a day" in shown.content.decode()
    assert alice.vault.heads(Goal) == []


def test_another_page_can_begin_a_goal_and_nothing_is_kept_yet(alice):
    insight = services.keep_part(vault=alice.vault, part=Insight(insight="The dough rests"))
    sent = {"prefill": "1", "text": "Sit down at three", "comes_from": str(insight.id)}
    shown = alice.post(reverse("plans:add", args=["goal"]), sent).content.decode()
    assert "Sit down at three" in shown
    assert "The dough rests" in shown
    assert alice.vault.heads(Goal) == []


def test_a_goal_keeps_where_it_comes_from(alice):
    source = uuid4()
    alice.post(reverse("plans:add", args=["goal"]), {"text": "Sit", "comes_from": str(source)})
    assert alice.vault.heads(Goal)[0].document.comes_from == source


def test_a_broken_id_from_another_page_is_left_out(alice):
    shown = alice.post(
        reverse("plans:add", args=["goal"]), {"prefill": "1", "text": "Sit", "comes_from": "x"}
    )
    assert shown.status_code == 200


def test_a_draft_waits_in_the_form_and_goes_when_it_is_kept(alice):
    alice.vault.keep_draft("plan.insight", {"insight": "half a thought"})
    page = reverse("plans:add", args=["insight"])
    assert "half a thought" in alice.get(page).content.decode()
    alice.post(page, {"insight": "a whole one"})
    assert alice.vault.draft("plan.insight") == {}


def test_beginning_from_another_page_leaves_the_draft_alone(alice):
    alice.vault.keep_draft("plan.goal", {"text": "half a goal"})
    page = reverse("plans:add", args=["goal"])
    alice.post(page, {"prefill": "1", "text": "from a theme"})
    alice.post(page, {"text": "from a theme", "draft_key": "plan.goal.from"})
    assert alice.vault.draft("plan.goal") == {"text": "half a goal"}


def test_two_changes_at_once_are_both_kept(alice):
    why = services.keep_part(vault=alice.vault, part=Why(why="first"))
    page = reverse("plans:edit", args=["why", why.id])
    alice.post(page, {"why": "on the phone", "rev": why.rev})
    shown = alice.post(page, {"why": "on the laptop", "rev": why.rev}).content.decode()
    assert "on the phone" in shown
    assert len(alice.vault.history(Why, why.id)) == 3


def test_done_keeps_a_win_and_says_so(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    shown = alice.post(reverse("plans:done", args=[goal.id]), follow=True).content.decode()
    assert "kept with your wins" in shown
    assert "Walk" in alice.get(reverse("plans:wins")).content.decode()


def test_moving_needs_a_day_and_loses_nothing_without_one(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    shown = alice.post(reverse("plans:move", args=[goal.id]), {"day": "soon"})
    assert shown.status_code == 200
    assert "soon" in shown.content.decode()
    alice.post(reverse("plans:move", args=[goal.id]), {"day": "2030-01-02"})
    assert alice.vault.get(Goal, goal.id).document.day == date(2030, 1, 2)


def test_letting_go_takes_the_goal_from_the_plan_without_a_word(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Run far"))
    shown = alice.post(reverse("plans:let_go", args=[goal.id]), follow=True)
    assert shown.context["goals"] == []
    assert "Let go for now" in shown.content.decode()
    assert alice.get(reverse("plans:goal", args=[goal.id])).status_code == 200


def test_a_step_marked_done_is_a_win(alice):
    part = services.keep_part(vault=alice.vault, part=Purpose(purpose="Sing", steps=("Hum",)))
    alice.post(reverse("plans:step_done", args=[part.id, 0]))
    assert queries.wins(alice.vault)[0].document.text == "Hum"
    assert alice.post(reverse("plans:step_done", args=[part.id, 1])).status_code == 404


def test_what_we_agreed_becomes_goals(alice):
    met = services.keep_part(
        vault=alice.vault, part=Appointment(day=date(2026, 3, 5), who="Dr Oyelaran")
    )
    page = reverse("plans:agreed", args=[met.id])
    assert "Dr Oyelaran" in alice.get(page).content.decode()
    alice.post(page, {"lines": "Sleep by ten\nWalk"})
    assert [s.document.text for s in queries.open_goals(alice.vault)] == ["Sleep by ten", "Walk"]


def test_a_letter_stays_closed_until_its_day(alice):
    later = date.today() + timedelta(days=30)
    for open_on, words in ((later, "not yet"), (date(2026, 1, 1), "dear me")):
        services.keep_part(vault=alice.vault, part=Letter(open_on=open_on, text=words))
    opened, closed = queries.letters(alice.vault)
    assert "dear me" in alice.get(reverse("plans:letter", args=[opened.id])).content.decode()
    assert "not yet" not in alice.get(reverse("plans:letter", args=[closed.id])).content.decode()


def test_harm_shows_people_who_can_help_instead_of_a_plan(alice):
    part = Obstacle(obstacle="He shouts", if_words="if he shouts", harm=True)
    services.keep_part(vault=alice.vault, part=part)
    shown = alice.get(reverse("plans:plan")).content.decode()
    assert "People who can help" in shown
    assert "if he shouts" not in shown


def test_wins_come_twenty_on_a_page(alice):
    for number in range(21):
        services.add_win(vault=alice.vault, text=f"win-{number:02}", on=date(2026, 3, 5))
    first = alice.get(reverse("plans:wins")).content.decode()
    assert "win-20" in first
    assert "win-00" not in first
    assert "win-00" in alice.get(reverse("plans:wins") + "?page=2").content.decode()


def _pages_of(part):
    one = [part.id]
    return [
        *(reverse(f"plans:{name}", args=one) for name in ("goal", "done", "move", "let_go")),
        reverse("plans:edit", args=["goal", part.id]),
        reverse("plans:remove", args=["goal", part.id]),
    ]


def test_another_person_finds_nothing_under_the_same_address(alice, bob):
    part = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    for page in _pages_of(part):
        assert bob.post(page, {"day": "2026-03-05"}).status_code in {404, 405}, page
    assert alice.vault.get(Goal, part.id).document.state == "open"


def test_a_stranger_sees_no_word_of_the_plan(alice, stranger):
    part = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    for page in [reverse("plans:plan"), reverse("plans:wins"), *_pages_of(part)]:
        assert "Walk" not in stranger.get(page, follow=True).content.decode(), page


def test_an_unknown_kind_is_not_here(alice):
    assert alice.get(reverse("plans:add", args=["secret"])).status_code == 404


def test_a_draft_forgets_no_day_of_self_care(alice):
    part = services.keep_part(vault=alice.vault, part=SelfCare(text="tea", weekdays=(0, 2)))
    key = f"plan.self-care.{part.id}"
    alice.vault.keep_draft(key, {"text": "mint tea", "weekdays": "2"})
    form = alice.get(reverse("plans:edit", args=["self-care", part.id])).context["form"]
    assert (form["text"].value(), tuple(form["weekdays"].value())) == ("mint tea", (0, 2))


def test_removing_a_part_removes_its_draft(alice):
    part = services.keep_part(vault=alice.vault, part=Why(why="first"))
    key = f"plan.why.{part.id}"
    alice.vault.keep_draft(key, {"why": "second"})
    alice.post(reverse("plans:remove", args=["why", part.id]))
    assert alice.vault.draft(key) == {}


def test_an_insight_kept_from_an_entry_knows_its_entry_and_its_sitting(alice):
    sitting = alice.vault.put(Sitting(day=date(2026, 3, 1), done=True)).id
    at = Moment(at=datetime(2026, 3, 2, tzinfo=UTC), zone="UTC", day=date(2026, 3, 2))
    entry = alice.vault.put(Entry(written=at, sitting=sitting, text="It was warm.")).id
    page = alice.get(reverse("journal:entry", args=[entry])).content.decode()
    assert "Keep an insight from this" in page
    sent = {"prefill": "1", "entry": str(entry), "sitting": str(sitting)}
    begun = alice.post(reverse("plans:add", args=["insight"]), sent, follow=True).content.decode()
    assert str(entry) in begun
    kept = {"insight": "Warm", "entry": str(entry), "sitting": str(sitting)}
    alice.post(reverse("plans:add", args=["insight"]), kept)
    (insight,) = alice.vault.heads(Insight)
    assert (insight.document.entry, insight.document.sitting) == (entry, sitting)


def test_tomorrow_is_one_tap_away(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    page = alice.get(reverse("plans:goal", args=[goal.id]))
    tomorrow = page.context["later"][0]
    assert f'value="{tomorrow.isoformat()}"' in page.content.decode()
    alice.post(reverse("plans:move", args=[goal.id]), {"day": tomorrow.isoformat()})
    assert alice.vault.get(Goal, goal.id).document.day == tomorrow


def test_a_quiet_word_follows_what_was_done_and_fits_a_hard_day(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    alice.post(reverse("plans:done", args=[goal.id]))
    page = alice.get(reverse("plans:goal", args=[goal.id]))
    assert page.context["kind_word"] in page.content.decode()
    alice.post(reverse("measures:check_in"), {"level": "1"})
    fitting = {word.text for word in content.kind_words() if word.hard_days}
    assert alice.get(reverse("plans:goal", args=[goal.id])).context["kind_word"] in fitting


def test_a_goal_from_a_meeting_or_a_review_says_so(alice):
    met = services.keep_part(vault=alice.vault, part=Appointment(day=date(2026, 3, 5), who="Ana"))
    week = services.keep_part(vault=alice.vault, part=Review(on=date(2026, 3, 5), change="Lamp on"))
    for source, words in ((met.id, "Ana"), (week.id, "Lamp on")):
        goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk", comes_from=source))
        assert words in alice.get(reverse("plans:goal", args=[goal.id])).content.decode()


def test_a_tap_too_many_is_taken_back_with_its_win(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    other = services.add_win(vault=alice.vault, text="Else", on=date(2026, 3, 5))
    alice.post(reverse("plans:done", args=[goal.id]))
    assert "Not done after all" in alice.get(reverse("plans:goal", args=[goal.id])).content.decode()
    alice.post(reverse("plans:undo", args=[goal.id]))
    after = alice.vault.get(Goal, goal.id).document
    assert (after.state, after.done_on) == ("open", ())
    assert [stored.id for stored in queries.wins(alice.vault)] == [other.id]


def test_a_goal_that_was_let_go_comes_back_on_a_new_day(alice):
    goal = services.keep_part(vault=alice.vault, part=Goal(text="Walk"))
    alice.post(reverse("plans:let_go", args=[goal.id]))
    alice.post(reverse("plans:move", args=[goal.id]), {"day": "2030-01-02"})
    assert [stored.id for stored in queries.open_goals(alice.vault)] == [goal.id]
    assert queries.goals_let_go(alice.vault) == []


def test_after_saying_that_someone_does_harm_the_people_who_can_help_are_shown(alice):
    sent = {"obstacle": "He shouts", "harm": "on"}
    answer = alice.post(reverse("plans:add", args=["obstacle"]), sent, follow=True)
    assert "A quiet way to safety" in answer.content.decode()
