"""The demo person as one value, and what its parts are called in the files.

Leaves out the parts themselves (`parts`) and their reading (`loading`).
"""

from afterglow.core.demo.parts import (
    Appointment,
    CheckIn,
    Entry,
    Experiment,
    Goal,
    Habit,
    Insight,
    Letter,
    Measure,
    Obstacle,
    OwnCheck,
    Part,
    Person,
    PracticeDone,
    PracticeNote,
    Programme,
    Purpose,
    Review,
    SafetyPlan,
    SelfCare,
    SideNote,
    Sitting,
    Someone,
    ThemeDecision,
    Value,
    Why,
    Win,
)

_IN_THE_FILES = {
    "people": "someone",
    "letters": "letter",
    "sittings": "sitting",
    "side_notes": "side_note",
    "check_ins": "check_in",
    "measures": "measure",
    "habits": "habit",
    "practices": "practice",
    "practice_notes": "practice_note",
    "own_checks": "own_check",
    "values": "value",
    "programmes": "programme",
    "insights": "insight",
    "obstacles": "obstacle",
    "purposes": "purpose",
    "goals": "goal",
    "wins": "win",
    "appointments": "appointment",
    "reviews": "review",
    "themes": "theme",
}


class DemoPerson(Part, frozen=True, kw_only=True, rename=_IN_THE_FILES):
    """Sixteen weeks of one fictional person; what happened on a day is in the order of days."""

    person: Person
    true_enough: tuple[str, ...]
    memories: tuple[str, ...]
    why: tuple[Why, ...]
    people: tuple[Someone, ...]
    letters: tuple[Letter, ...]
    safety_plan: SafetyPlan
    sittings: tuple[Sitting, ...]
    side_notes: tuple[SideNote, ...]
    entries: tuple[Entry, ...]
    check_ins: tuple[CheckIn, ...]
    measures: tuple[Measure, ...]
    habits: tuple[Habit, ...]
    practices: tuple[PracticeDone, ...]
    insights: tuple[Insight, ...]
    obstacles: tuple[Obstacle, ...]
    purposes: tuple[Purpose, ...]
    goals: tuple[Goal, ...]
    wins: tuple[Win, ...]
    self_care: tuple[SelfCare, ...]
    appointments: tuple[Appointment, ...]
    reviews: tuple[Review, ...]
    practice_notes: tuple[PracticeNote, ...]
    own_checks: tuple[OwnCheck, ...]
    values: tuple[Value, ...]
    programmes: tuple[Programme, ...]
    experiment: Experiment
    themes: tuple[ThemeDecision, ...]
