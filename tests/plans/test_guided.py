"""Guided pages: one question a screen, skippable, and one document at the end."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from afterglow.plans import services
from afterglow.plans.documents import Goal, Habit, Insight, Obstacle, Review
from afterglow.plans.services.guided import KEEPERS

DAY = timedelta(days=1)


def screen(guide, step):
    return reverse("plans:guided_screen", args=[guide, step])


def answer(client, guide, *words):
    for step, each in enumerate(words):
        if each is not None:
            client.post(screen(guide, step), {"words": each})
    return client.post(reverse("plans:guided_keep", args=[guide]))


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def test_wish_outcome_obstacle_and_plan_become_one_obstacle(alice):
    answer(alice, "obstacle-to-plan", "Play again", "Sound", "The phone", "If I sit, then I play")
    (stored,) = alice.vault.heads(Obstacle)
    kept = stored.document
    assert (kept.wish, kept.outcome, kept.obstacle) == ("Play again", "Sound", "The phone")
    assert (kept.if_words, kept.then_words) == ("I sit", "I play")


def test_a_plan_for_an_obstacle_remembers_its_insight(alice):
    insight = kept(alice.vault, Insight(insight="Rest is work"))
    begin = reverse("plans:guided", args=["obstacle-to-plan"])
    assert "Rest is work" in alice.get(f"{begin}?insight={insight.id}").content.decode()
    alice.post(begin, {"comes_from": str(insight.id)})
    answer(alice, "obstacle-to-plan", None, None, "The phone")
    assert alice.vault.heads(Obstacle)[0].document.insight == insight.id


def test_a_slow_path_shows_on_the_plan_and_can_be_changed(alice):
    answer(alice, "slow-path", "Tired for a day", "Her soup", "Until four", "Ana", "My brother")
    (stored,) = alice.vault.heads(Obstacle)
    assert "Until four" in alice.get(reverse("plans:plan")).content.decode()
    page = reverse("plans:edit", args=["obstacle", stored.id])
    assert "Her soup" in alice.get(page).content.decode()
    alice.post(page, {"rev": stored.rev, "noticed": "Tired", "less": "Until three"})
    assert alice.vault.heads(Obstacle)[0].document.less == "Until three"


def test_a_small_goal_goes_on_to_its_day_and_time(alice):
    to = answer(alice, "small-goal", "Write again", "I hear myself", "The date", "Table", "Later")
    (stored,) = alice.vault.heads(Goal)
    assert to.url == reverse("plans:edit", args=["goal", stored.id])
    kept = stored.document
    assert (kept.text, kept.tiny, kept.what_for) == ("Write again", "The date", "I hear myself")
    assert (kept.place, kept.if_not) == ("Table", "Later")


def test_every_question_can_be_skipped_and_nothing_is_kept_then(alice):
    answer(alice, "weekly-review", None, None, None)
    assert alice.vault.heads(Review) == []


def test_a_week_is_kept_and_its_change_can_become_a_goal(alice):
    to = answer(alice, "weekly-review", "The lamp", "Nights", "Tea towel on the handle")
    (stored,) = alice.vault.heads(Review)
    assert to.url == reverse("plans:review", args=[stored.id])
    shown = alice.get(to.url).content.decode()
    assert "Tea towel on the handle" in shown
    assert "Make a small step of this" in shown
    assert stored.document.span == "week"


def test_answers_wait_when_one_stops_half_way(alice):
    alice.post(screen("weekly-review", 0), {"words": "The lamp"})
    assert "Go on" in alice.get(reverse("plans:guided", args=["weekly-review"])).content.decode()
    assert "The lamp" in alice.get(screen("weekly-review", 0)).content.decode()
    assert "The lamp" in alice.get(screen("weekly-review", 3)).content.decode()


def test_half_a_sentence_waits_in_its_screen(alice):
    alice.vault.keep_draft("guided.weekly-review.helped", {"words": "half a"})
    assert "half a" in alice.get(screen("weekly-review", 0)).content.decode()
    alice.post(screen("weekly-review", 0), {"words": "a whole one"})
    assert "half a" not in alice.get(screen("weekly-review", 0)).content.decode()


def test_what_was_done_stands_beside_the_first_question(alice):
    today = alice.get(reverse("plans:plan")).context["today"]
    services.add_win(vault=alice.vault, text="Rang Mo", on=today)
    kept(alice.vault, Habit(text="Shoes on", done_on=(today, today - DAY)))
    kept(alice.vault, Review(on=today - 7 * DAY, change="Charger in the kitchen"))
    shown = alice.get(screen("weekly-review", 0)).content.decode()
    assert "Rang Mo" in shown
    assert "2 days" in shown
    assert "Charger in the kitchen" in shown


def test_a_month_asks_what_became_of_each_insight(alice):
    insight = kept(
        alice.vault, Insight(insight="Rest is work", strengthen=True, on=date(2026, 1, 1))
    )
    assert "Rest is work" in alice.get(screen("monthly-look-back", 2)).content.decode()
    answer(alice, "monthly-look-back", "A shelf", None, "I sit down now", "The sink", "The table")
    stored = alice.vault.get(Review, alice.vault.heads(Review)[0].id)
    assert stored.document.span == "month"
    assert (stored.document.progress, stored.document.before) == ("A shelf", "The sink")
    assert stored.document.became[0].insight == insight.id
    shown = alice.get(reverse("plans:review", args=[stored.id])).content.decode()
    assert "Rest is work" in shown
    assert "I sit down now" in shown


def test_a_month_without_insights_has_no_question_about_them(alice):
    asked = alice.get(screen("monthly-look-back", 2)).content.decode()
    assert "What became of this" not in asked


def test_someone_who_is_hurt_is_shown_people_and_asked_for_nothing(alice):
    shown = alice.get(reverse("plans:in_the_way")).content.decode()
    assert "A quiet way to safety" in shown
    assert "People who can help" in shown
    assert "<textarea" not in shown


@pytest.mark.parametrize("guide", KEEPERS)
def test_every_guided_page_speaks_german(alice, guide):
    german = {"accept-language": "de"}
    english = alice.get(screen(guide, 0)).content.decode()
    assert alice.get(screen(guide, 0), headers=german).content.decode() != english


def test_an_unknown_guide_is_not_here(alice):
    assert alice.get(reverse("plans:guided", args=["secret"])).status_code == 404
    assert alice.get(reverse("plans:review", args=[uuid4()])).status_code == 404


def test_an_insight_shows_what_became_of_it(alice):
    insight = kept(alice.vault, Insight(insight="Rest is work", strengthen=True))
    answer(alice, "monthly-look-back", None, None, "I sit down now")
    shown = alice.get(reverse("plans:insight", args=[insight.id])).content.decode()
    assert "What became of it" in shown
    assert "I sit down now" in shown


def test_before_and_now_stand_side_by_side_month_by_month(alice):
    assert "fills when you look back" in alice.get(reverse("plans:before_and_now")).content.decode()
    answer(alice, "monthly-look-back", None, None, "The sink", "The table")
    assert "Before and now" in alice.get(reverse("plans:reviews")).content.decode()
    shown = alice.get(reverse("plans:before_and_now")).content.decode()
    assert shown.index("The sink") < shown.index("The table")
