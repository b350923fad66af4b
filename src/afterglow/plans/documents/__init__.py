"""What a plan is made of. Leaves out entries and sittings, which are only named here by their ids."""

from afterglow.plans.documents.doing import Goal, GoalState, Repeats, SelfCare, Win
from afterglow.plans.documents.meaning import Insight, Obstacle, Purpose, Why
from afterglow.plans.documents.others import Appointment, Letter, Person
from afterglow.vault.documents import register

__all__ = [
    "Appointment",
    "Goal",
    "GoalState",
    "Insight",
    "Letter",
    "Obstacle",
    "Person",
    "Purpose",
    "Repeats",
    "SelfCare",
    "Why",
    "Win",
]

register(Why, Insight, Obstacle, Purpose, Goal, SelfCare, Person, Appointment, Win, Letter)
