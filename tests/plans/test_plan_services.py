"""What doing, moving, letting go and agreeing leave behind in the vault."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from afterglow.plans import queries, services
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Person,
    Purpose,
    SelfCare,
    Win,
)
from afterglow.vault.open_vault import NotHere

TODAY = date(2026, 3, 5)
DAY = timedelta(days=1)


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def texts(stored):
    return [each.document.text for each in stored]


def test_a_goal_that_is_done_becomes_a_win(vault):
    goal = kept(vault, Goal(text="Walk to the gate", day=TODAY))
    services.do_goal(vault=vault, goal=goal.id, on=TODAY)
    win = queries.wins(vault)[0].document
    assert (win.text, win.on, win.comes_from) == ("Walk to the gate", TODAY, goal.id)
    assert queries.open_goals(vault) == []


def test_a_goal_done_twice_is_one_win(vault):
    goal = kept(vault, Goal(text="Walk", day=TODAY))
    services.do_goal(vault=vault, goal=goal.id, on=TODAY)
    services.do_goal(vault=vault, goal=goal.id, on=TODAY + DAY)
    assert len(queries.wins(vault)) == 1


def test_a_daily_goal_stays_open_and_waits_for_tomorrow(vault):
    goal = kept(vault, Goal(text="Tea outside", repeats="daily"))
    services.do_goal(vault=vault, goal=goal.id, on=TODAY)
    assert queries.goals_due(vault, TODAY) == []
    assert [each.id for each in queries.goals_due(vault, TODAY + DAY)] == [goal.id]


def test_a_weekly_goal_comes_on_its_weekday(vault):
    kept(vault, Goal(text="Choir", day=TODAY, repeats="weekly"))
    due = [n for n in range(15) if queries.goals_due(vault, TODAY + n * DAY)]
    assert due == [0, 7, 14]


def test_a_weekly_goal_without_a_day_comes_once_in_seven_days(vault):
    goal = kept(vault, Goal(text="Choir", repeats="weekly"))
    services.do_goal(vault=vault, goal=goal.id, on=TODAY)
    due = [n for n in range(9) if queries.goals_due(vault, TODAY + n * DAY)]
    assert due == [7, 8]


def test_goals_of_today_come_by_time_of_day(vault):
    for text, clock in (("late", "21:00"), ("whenever", ""), ("early", "07:30")):
        kept(vault, Goal(text=text, day=TODAY, clock=clock))
    kept(vault, Goal(text="tomorrow", day=TODAY + DAY))
    kept(vault, Goal(text="some day"))
    assert texts(queries.goals_due(vault, TODAY)) == ["early", "late", "whenever"]


def test_a_moved_goal_comes_on_its_new_day(vault):
    goal = kept(vault, Goal(text="Call Mo", day=TODAY))
    services.move_goal(vault=vault, goal=goal.id, day=TODAY + DAY)
    assert queries.goals_due(vault, TODAY) == []
    assert texts(queries.goals_due(vault, TODAY + DAY)) == ["Call Mo"]


def test_a_goal_let_go_leaves_no_win_and_is_not_offered(vault):
    goal = kept(vault, Goal(text="Run", day=TODAY))
    services.let_go_goal(vault=vault, goal=goal.id)
    assert queries.open_goals(vault) == queries.wins(vault) == []


def test_a_step_of_a_purpose_is_one_win_however_often_it_is_done(vault):
    purpose = kept(vault, Purpose(purpose="Sing", steps=("Find a choir", "Go once")))
    for _ in range(2):
        services.do_step(vault=vault, purpose=purpose.id, step=0, on=TODAY)
    assert texts(queries.wins(vault)) == ["Find a choir"]
    assert vault.get(Purpose, purpose.id).document.steps_done == ("Find a choir",)


def test_what_was_agreed_becomes_goals_once(vault):
    met = kept(vault, Appointment(day=TODAY, who="Dr Oyelaran", notes="long talk"))
    services.agree(vault=vault, appointment=met.id, lines=["Sleep by ten", " ", "Walk"], on=TODAY)
    services.agree(vault=vault, appointment=met.id, lines=["Walk", "Rest"], on=TODAY)
    assert texts(queries.goals_from(vault, met.id)) == ["Sleep by ten", "Walk", "Rest"]
    after = vault.get(Appointment, met.id).document
    assert (after.held, after.notes) == (True, "long talk")


def test_wins_come_newest_first_and_from_a_day_on(vault):
    for n in range(3):
        services.add_win(vault=vault, text=str(n), on=TODAY + n * DAY)
    assert texts(queries.wins(vault)) == ["2", "1", "0"]
    assert texts(queries.wins_since(vault, TODAY + DAY)) == ["2", "1"]


def test_self_care_without_weekdays_is_for_any_day(vault):
    kept(vault, SelfCare(text="tea"))
    kept(vault, SelfCare(text="bath", weekdays=(TODAY.weekday(),)))
    assert sorted(texts(queries.self_care_today(vault, TODAY))) == ["bath", "tea"]
    assert texts(queries.self_care_today(vault, TODAY + DAY)) == ["tea"]


def test_people_come_by_name(vault):
    for name in ("zora", "Ánna", "Ben"):
        kept(vault, Person(name=name))
    assert [each.document.name for each in queries.people(vault)] == ["Ánna", "Ben", "zora"]


def test_an_appointment_before_today_is_among_the_earlier_ones(vault):
    for n in (-2, -1, 0, 1):
        kept(vault, Appointment(day=TODAY + n * DAY, who=str(n)))
    assert [s.document.who for s in queries.coming_appointments(vault, TODAY)] == ["0", "1"]
    assert [s.document.who for s in queries.past_appointments(vault, TODAY)] == ["-1", "-2"]


def test_a_goal_that_is_not_here_cannot_be_done(vault):
    with pytest.raises(NotHere):
        services.do_goal(vault=vault, goal=uuid4(), on=TODAY)
    assert vault.heads(Win) == []
