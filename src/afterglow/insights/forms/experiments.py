"""What setting up a self-experiment asks."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.insights.queries.experiments import is_offered
from afterglow.insights.queries.practised import Practised
from afterglow.ui.forms import DayField, PrivateForm

LATEST_START_DAYS = 60
LONGEST_NAME = 80
OWN_WORDS = ""


class ExperimentForm(PrivateForm):
    """One practice, how long, how long each block, from when. `start` is the first day that may be chosen."""

    practice = forms.ChoiceField(label=_("Something you already note"), required=False)
    name = forms.CharField(
        label=_("Or something else, in your words"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_(
            "One thing that you could do most days, and could also leave. Ten minutes outside, say."
        ),
    )
    weeks = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        initial=12,
        widget=forms.RadioSelect,
        choices=[(12, _("Twelve weeks")), (24, _("Twenty-four weeks"))],
    )
    block_days = forms.TypedChoiceField(
        label=_("How long is one block"),
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
        choices=[(7, _("One week")), (14, _("Two weeks"))],
    )
    first_day = DayField(label=_("First day"))

    def __init__(
        self, *args: Any, practised: Sequence[Practised], start: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.practised = {str(each.id): each for each in practised}
        self.start = start
        field = self.fields["practice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells mypy what it is)
        field.choices = [
            (OWN_WORDS, _("None of these")),
            *((key, each.words[:LONGEST_NAME]) for key, each in self.practised.items()),
        ]
        if not practised:
            del self.fields["practice"]
            self.fields["name"].label = _("What would you like to try?")

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if not self.start <= day <= self.start + timedelta(days=LATEST_START_DAYS):
            raise forms.ValidationError(_("Choose a day from tomorrow on, within two months."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.words() and "name" not in self.errors:
            self.add_error("name", _("Say in a few words what you would like to try."))
        block_days, weeks = cleaned.get("block_days"), cleaned.get("weeks")
        if block_days and weeks and not is_offered(block_days, weeks):
            self.add_error(
                "block_days", _("Blocks of two weeks need twenty-four weeks to tell anything.")
            )
        return cleaned

    def words(self) -> str:
        """The name: the own words, else those of what is noted already."""
        chosen = self.practised.get(self.cleaned_data.get("practice", ""))
        own: str = self.cleaned_data.get("name", "")
        return own or (chosen.words[:LONGEST_NAME] if chosen else "")

    def source(self) -> UUID | None:
        """Which goal or habit it is about, where one was chosen."""
        chosen = self.practised.get(self.cleaned_data.get("practice", ""))
        return chosen.id if chosen else None
