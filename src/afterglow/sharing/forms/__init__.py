"""Forms of sharing."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from afterglow.core.days import at_local
from afterglow.sharing.documents import Terms
from afterglow.ui.forms import DayField, LongText, PrivateForm

LONGEST_DAYS = 366
USUAL_DAYS = 90
SCOPES = [
    ("mood", _("How it is: level and feelings, without the words beside them")),
    ("measures", _("Questionnaires, with their answers")),
    ("sittings", _("Sittings: day, way, dose as recorded, and the one tap afterwards")),
    ("effects", _("Side effects and blood pressure")),
    ("plan", _("The plan: why, insights, what is in the way, goals, care, wins")),
    ("appointments", _("Appointments: day, hour, and what you want to talk about")),
    ("themes", _("What returns: names and counts")),
    ("quotes", _("With what returns, also its quotes")),
]


class InviteForm(PrivateForm):
    name = forms.CharField(
        label=_("Who is it?"),
        max_length=80,
        help_text=_("A name for your own list. They do not see it."),
    )
    shown_name = forms.CharField(
        label=_("What they see as your name"),
        max_length=80,
        required=False,
        help_text=_("Only they can read it. A first name or two letters are enough."),
    )


class AcceptForm(PrivateForm):
    name = forms.CharField(
        label=_("A name for this person in your own list"), max_length=80, required=False
    )


class FileForm(PrivateForm):
    """What goes along. The choices of entries and goals are the person's own."""

    scopes = forms.MultipleChoiceField(
        label=_("What follows along from day to day"),
        choices=SCOPES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goal = forms.ChoiceField(label=_("One goal to hold with me"), required=False)
    entries = forms.MultipleChoiceField(
        label=_("Single entries"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        self.goals: list[tuple[str, str]] = kwargs.pop("goals")
        self.own_entries: list[tuple[str, str]] = kwargs.pop("entries")
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [("", _("None")), *self.goals]  # type: ignore[attr-defined]
        self.fields["entries"].choices = self.own_entries  # type: ignore[attr-defined]
        if not self.goals:
            del self.fields["goal"]
        if not self.own_entries:
            del self.fields["entries"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("scopes") or found.get("goal") or found.get("entries")):
            raise forms.ValidationError(_("Nothing is chosen yet. Please tick at least one thing."))
        return found

    def terms(self, *, name: str) -> Terms:
        """With quotes means with what returns, too."""
        chosen = list(self.cleaned_data["scopes"])
        if "quotes" in chosen and "themes" not in chosen:
            chosen.append("themes")
        goal = self.cleaned_data.get("goal")
        return Terms(
            scopes=tuple(value for value, _label in SCOPES if value in chosen),
            entries=tuple(UUID(each) for each in self.cleaned_data.get("entries", ())),
            goal=UUID(goal) if goal else None,
            name=name,
            words=self.cleaned_data.get("words", ""),
            until=self.cleaned_data.get("until"),
        )


class ScopeForm(FileForm):
    """What follows along, and until when."""

    until = DayField(
        label=_("Until and with this day"), help_text=_("It can be stopped before, in one tap.")
    )
    words = LongText(label=_("A line to them, if you like"), rows=2, max_length=500, strip=True)
    field_order = ("scopes", "goal", "entries", "until", "words")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["until"].initial = today + timedelta(days=USUAL_DAYS)

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if not 0 <= (day - self.today).days <= LONGEST_DAYS:
            raise forms.ValidationError(_("Please choose a day from today to a year from now."))
        return day

    def ends(self, zone: str) -> datetime:
        """The end of the chosen day where the person is: four in the night after it."""
        return at_local(self.cleaned_data["until"] + timedelta(days=1), 4, 0, zone).at


class ReplyForm(PrivateForm):
    sealed = LongText(
        label=_("The sealed text that they sent"), rows=5, required=True, max_length=200_000
    )
