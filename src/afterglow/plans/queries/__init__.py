"""Reads of the plan. Nothing here counts what was missed."""

from afterglow.plans.queries.doing import (
    goals_due,
    goals_from,
    is_due,
    open_goals,
    self_care,
    self_care_today,
    wins,
    wins_since,
)
from afterglow.plans.queries.meaning import (
    insights,
    my_why,
    obstacles,
    purposes,
    whys,
    words_behind,
)
from afterglow.plans.queries.others import coming_appointments, letters, past_appointments, people

__all__ = [
    "coming_appointments",
    "goals_due",
    "goals_from",
    "insights",
    "is_due",
    "letters",
    "my_why",
    "obstacles",
    "open_goals",
    "past_appointments",
    "people",
    "purposes",
    "self_care",
    "self_care_today",
    "whys",
    "wins",
    "wins_since",
    "words_behind",
]
