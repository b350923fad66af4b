"""Habits, their weeks, and insights that are practised."""

from datetime import date, timedelta

from django.urls import reverse

from afterglow.plans import queries, services
from afterglow.plans.documents import Goal, Habit, Insight

DAY = timedelta(days=1)
THURSDAY = date(2026, 3, 5)


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def texts(stored):
    return [each.document.text for each in stored]


def here(client, name, *args):
    return client.get(reverse(f"plans:{name}", args=args)).content.decode()


def test_a_habit_is_offered_on_its_own_days(vault):
    kept(vault, Habit(text="any day"))
    kept(vault, Habit(text="Thursdays", weekdays=(3,)))
    kept(vault, Habit(text="resting", resting=True))
    assert texts(queries.habits_due(vault, THURSDAY)) == ["any day", "Thursdays"]
    assert texts(queries.habits_due(vault, THURSDAY + DAY)) == ["any day"]


def test_a_day_of_a_habit_counts_once_and_can_be_taken_back(vault):
    habit = kept(vault, Habit(text="Walk"))
    for _ in range(2):
        services.do_habit(vault=vault, habit=habit.id, on=THURSDAY)
    assert vault.get(Habit, habit.id).document.done_on == (THURSDAY,)
    services.do_habit(vault=vault, habit=habit.id, on=THURSDAY, done=False)
    assert vault.get(Habit, habit.id).document.done_on == ()


def test_the_page_of_a_habit_shows_its_weeks_as_picture_sentence_and_table(alice):
    day = alice.get(reverse("plans:habits")).context["today"]
    habit = kept(alice.vault, Habit(text="Shoes on", since=day, done_on=(day,)))
    shown = here(alice, "habit", habit.id)
    assert "<svg" in shown
    assert "This week: 1 day." in shown
    assert "<table" in shown


def test_done_today_and_rest_are_one_tap_each(alice):
    habit = kept(alice.vault, Habit(text="Shoes on"))
    alice.post(reverse("plans:habit_done", args=[habit.id]))
    assert "Done today. It is kept." in here(alice, "habit", habit.id)
    alice.post(reverse("plans:habit_done", args=[habit.id]), {"word": "not-after-all"})
    assert "Done today. It is kept." not in here(alice, "habit", habit.id)
    alice.post(reverse("plans:habit_rest", args=[habit.id]), {"word": "rest"})
    assert "It rests for now" in here(alice, "habit", habit.id)
    alice.post(reverse("plans:habit_rest", args=[habit.id]), {"word": "take-up"})
    assert "It rests for now" not in here(alice, "habit", habit.id)


def test_a_small_beginning_begins_the_form(alice):
    assert "Put on the shoes." in here(alice, "habits")
    sent = {"prefill": "1", "area": "movement", "tiny": "Put on the shoes."}
    shown = alice.post(reverse("plans:add", args=["habit"]), sent, follow=True).content.decode()
    assert 'value="Put on the shoes."' in shown
    assert 'value="movement" selected' in shown


def test_small_beginnings_speak_german(alice):
    shown = alice.get(reverse("plans:habits"), headers={"accept-language": "de"})
    assert "Die Schuhe anziehen." in shown.content.decode()


def test_an_insight_marked_for_practice_is_practised_once_a_day(alice):
    insight = kept(alice.vault, Insight(insight="Rest is work", strengthen=True, practise="tea"))
    assert "I practised this today" in here(alice, "insight", insight.id)
    for _ in range(2):
        alice.post(reverse("plans:practised", args=[insight.id]))
    assert "You came back to it today" in here(alice, "insight", insight.id)
    assert len(alice.vault.get(Insight, insight.id).document.practised_on) == 1


def test_a_goal_on_chosen_weekdays_comes_on_those_days(alice):
    sent = {"text": "Write ten minutes", "weekdays": ["0", "3"]}
    alice.post(reverse("plans:add", args=["goal"]), sent)
    (goal,) = alice.vault.heads(Goal)
    assert goal.document.repeats == "weekly"
    due = [n for n in range(7) if queries.is_due(goal.document, THURSDAY + n * DAY)]
    assert due == [0, 4]


def test_what_was_done_is_shown_on_the_plan_and_nothing_is_where_nothing_was(alice):
    assert "What was done" not in here(alice, "plan")
    today = alice.get(reverse("plans:plan")).context["today"]
    services.add_win(vault=alice.vault, text="Rang Mo", on=today - 2 * DAY)
    services.add_win(vault=alice.vault, text="Long ago", on=today - 30 * DAY)
    shown = here(alice, "plan")
    assert "In the last seven days, 1 thing:" in shown
    assert "Long ago" not in shown
