"""What a plan is made of. Leaves out entries and sittings, which are only named here by their ids."""

from afterglow.plans.documents.doing import Goal, GoalState, Habit, Repeats, SelfCare, Win
from afterglow.plans.documents.meaning import Insight, Obstacle, Purpose, ValueCard, Values, Why
from afterglow.plans.documents.others import Appointment, Letter, Person
from afterglow.plans.documents.reviews import BecameOf, Review
from afterglow.plans.documents.rhythm import (
    JoinedProgramme,
    KeptGoal,
    OwnCheckIn,
    PracticeNote,
    QuestionNote,
    Rhythm,
)
from afterglow.plans.documents.safety import SafetyPlan, WorthMentioning
from afterglow.vault.documents import register

__all__ = [
    "Appointment",
    "BecameOf",
    "Goal",
    "GoalState",
    "Habit",
    "Insight",
    "JoinedProgramme",
    "KeptGoal",
    "Letter",
    "Obstacle",
    "OwnCheckIn",
    "Person",
    "PracticeNote",
    "Purpose",
    "QuestionNote",
    "Repeats",
    "Review",
    "Rhythm",
    "SafetyPlan",
    "SelfCare",
    "ValueCard",
    "Values",
    "Why",
    "Win",
    "WorthMentioning",
]

register(Why, Insight, Obstacle, Purpose, Values)
register(Goal, Habit, SelfCare, Win)
register(Person, Appointment, Letter, Review)
