"""One form for each part of the plan, by the kind of document it makes."""

from afterglow.plans.forms.doing import GoalForm, MoveForm, SelfCareForm, WinForm
from afterglow.plans.forms.meaning import InsightForm, ObstacleForm, PurposeForm, WhyForm
from afterglow.plans.forms.others import AgreedForm, AppointmentForm, LetterForm, PersonForm
from afterglow.plans.forms.parts import PartForm

__all__ = ["FORMS", "AgreedForm", "MoveForm", "PartForm", "WinForm"]

FORMS: dict[str, type[PartForm]] = {
    form.document.kind: form
    for form in (
        WhyForm,
        InsightForm,
        ObstacleForm,
        PurposeForm,
        GoalForm,
        SelfCareForm,
        PersonForm,
        AppointmentForm,
        WinForm,
        LetterForm,
    )
}
