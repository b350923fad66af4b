"""Reads of the plan. Nothing here counts what was missed."""

from afterglow.plans.queries.calendar import same_day
from afterglow.plans.queries.doing import (
    goals_done,
    goals_due,
    goals_from,
    goals_let_go,
    habits,
    habits_due,
    is_due,
    is_habit_due,
    open_goals,
    self_care,
    self_care_today,
    wins,
    wins_since,
)
from afterglow.plans.queries.meaning import (
    insights,
    my_values,
    my_why,
    obstacles,
    purposes,
    to_strengthen,
    values_id,
    whys,
    words_behind,
)
from afterglow.plans.queries.others import coming_appointments, letters, past_appointments, people
from afterglow.plans.queries.reviews import last_review, reviews

__all__ = [
    "coming_appointments",
    "goals_done",
    "goals_due",
    "goals_from",
    "goals_let_go",
    "habits",
    "habits_due",
    "insights",
    "is_due",
    "is_habit_due",
    "last_review",
    "letters",
    "my_values",
    "my_why",
    "obstacles",
    "open_goals",
    "past_appointments",
    "people",
    "purposes",
    "reviews",
    "same_day",
    "self_care",
    "self_care_today",
    "to_strengthen",
    "values_id",
    "whys",
    "wins",
    "wins_since",
    "words_behind",
]
