"""Forms of the safety plan: one part at a time, and which parts are shown without unlocking."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.content import SafetyPart
from afterglow.plans.forms.guided import AnswerForm
from afterglow.plans.forms.parts import LONGEST_TEXT
from afterglow.ui.forms import PrivateForm


class SafetyPartForm(AnswerForm):
    """The words of one part; `rev` is the plan that they were typed on."""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: SafetyPart, **kwargs: Any) -> None:
        super().__init__(
            *args, question=part.question, hint=part.hint, longest=LONGEST_TEXT, **kwargs
        )


class DoorForm(PrivateForm):
    """Which parts anybody at this device may read."""

    parts = forms.MultipleChoiceField(
        label=_("Shown without unlocking"),
        help_text=_("None ticked shows nothing."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, parts: list[SafetyPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.MultipleChoiceField = self.fields["parts"]  # type: ignore[assignment]
        field.choices = [(part.id, part.title) for part in parts]
