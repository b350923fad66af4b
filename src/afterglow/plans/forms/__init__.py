"""One form for each part of the plan, by the kind of document it makes."""

from afterglow.plans.documents import Obstacle, Review
from afterglow.plans.forms.doing import GoalForm, HabitForm, MoveForm, SelfCareForm, WinForm
from afterglow.plans.forms.guided import AnswerForm, ChooseForm, MonthForm, ValueWordsForm, WeekForm
from afterglow.plans.forms.meaning import (
    InsightForm,
    ObstacleForm,
    PurposeForm,
    SlowPathForm,
    WhyForm,
)
from afterglow.plans.forms.others import AgreedForm, AppointmentForm, LetterForm, PersonForm
from afterglow.plans.forms.parts import PartForm
from afterglow.vault.documents import Document

__all__ = [
    "FORMS",
    "AgreedForm",
    "AnswerForm",
    "ChooseForm",
    "MoveForm",
    "PartForm",
    "ValueWordsForm",
    "WinForm",
    "form_of",
]

FORMS: dict[str, type[PartForm]] = {
    form.document.kind: form
    for form in (
        WhyForm,
        InsightForm,
        ObstacleForm,
        PurposeForm,
        GoalForm,
        HabitForm,
        SelfCareForm,
        PersonForm,
        AppointmentForm,
        WinForm,
        LetterForm,
        WeekForm,
    )
}


def form_of(document: Document) -> type[PartForm]:
    """The form that asks for what this part holds."""
    if isinstance(document, Obstacle) and document.way == "slow":
        return SlowPathForm
    if isinstance(document, Review) and document.span == "month":
        return MonthForm
    return FORMS[document.kind]
