"""A goal knows what else its day holds."""

from datetime import date, timedelta

from django.urls import reverse

from afterglow.medicine.documents import Sitting
from afterglow.plans import queries, services
from afterglow.plans.documents import Appointment, Goal

DAY = timedelta(days=1)
SOON = date.today() + 7 * DAY


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def test_the_day_of_a_sitting_and_the_next_are_for_rest(vault):
    vault.put(Sitting(day=SOON))
    assert queries.same_day(vault, SOON).sitting == 0
    assert queries.same_day(vault, SOON + DAY).sitting == 1
    assert queries.same_day(vault, SOON + 2 * DAY).sitting is None


def test_a_freer_day_is_offered_where_a_day_holds_much(vault):
    vault.put(Sitting(day=SOON))
    assert queries.same_day(vault, SOON).freer == SOON + 2 * DAY


def test_other_goals_and_appointments_of_the_day_are_named(vault):
    goal = kept(vault, Goal(text="Walk", day=SOON))
    kept(vault, Goal(text="Ring Mo", day=SOON))
    kept(vault, Appointment(day=SOON, who="Dr Oyelaran"))
    found = queries.same_day(vault, SOON, but=goal.id)
    assert [each.document.text for each in found.goals] == ["Ring Mo"]
    assert [each.document.who for each in found.appointments] == ["Dr Oyelaran"]
    assert found.freer is None


def test_a_goal_set_on_the_day_of_a_sitting_says_so_and_moves_in_one_tap(alice):
    alice.vault.put(Sitting(day=SOON))
    answer = alice.post(reverse("plans:add", args=["goal"]), {"text": "Walk", "day": SOON})
    shown = alice.get(answer.url).content.decode()
    assert "Rest is enough then" in shown
    (goal,) = alice.vault.heads(Goal)
    alice.post(reverse("plans:move", args=[goal.id]), {"day": SOON + 2 * DAY})
    assert "Rest is enough then" not in alice.get(answer.url).content.decode()
