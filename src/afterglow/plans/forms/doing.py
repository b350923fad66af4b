"""Forms of goals, habits, self-care and wins."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from afterglow.core import content
from afterglow.plans import documents
from afterglow.plans.forms.parts import (
    PartForm,
    Weekdays,
    hidden_id,
    hidden_words,
    long,
    short,
)
from afterglow.ui.forms import ClockField, DayField, PrivateForm


class GoalForm(PartForm):
    document = documents.Goal
    source = "comes_from"
    many = frozenset({"weekdays"})
    more = frozenset({"repeats", "weekdays", "what_for", "if_not"})
    adding, changing = _("Add a small goal"), _("Change this goal")

    text = short(_("One small thing"), required=True)
    tiny = short(_("The tiniest version"), hint=_("For a tired day. Two minutes count."))
    day = DayField(label=_("Day"), required=False)
    clock = ClockField(label=_("Time"), required=False)
    place = short(_("Where"))
    repeats = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("Once")), ("daily", _("Every day")), ("weekly", _("Every week"))],
    )
    weekdays = Weekdays(
        label=_("On these days"),
        help_text=_("For something weekly. None ticked means the weekday of the day above."),
    )
    what_for = short(_("What it is for"), hint=_("What it has to do with what matters to you."))
    if_not = short(_("If it does not happen"), hint=_("Move it, shrink it, or let it go."))
    comes_from = hidden_id()
    theme = hidden_words()
    practice = hidden_words()

    def clean(self) -> dict[str, Any]:
        """Days of the week mean every week."""
        cleaned = super().clean() or {}
        if cleaned.get("weekdays") and not cleaned.get("repeats"):
            cleaned["repeats"] = "weekly"
        return cleaned


class HabitForm(PartForm):
    document = documents.Habit
    source, stamp = "comes_from", "since"
    many = frozenset({"weekdays"})
    more = frozenset({"weekdays", "clock"})
    adding, changing = _("Add a habit"), _("Change this habit")

    text = short(_("What would you like in your days?"), required=True)
    area = forms.ChoiceField(label=_("What it is about"), required=False)
    tiny = short(_("A first, tiny version"), hint=_("So small that it fits a tired day."))
    weekdays = Weekdays(label=_("Days"), help_text=_("None ticked means any day."))
    clock = ClockField(label=_("Time"), required=False)
    comes_from = hidden_id()
    practice = hidden_words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: forms.ChoiceField = self.fields["area"]  # type: ignore[assignment]
        areas = content.habit_areas(get_language() or "")
        area.choices = [("", _("Something else")), *((each.id, each.name) for each in areas)]


class SelfCareForm(PartForm):
    document = documents.SelfCare
    stamp = ""
    many = frozenset({"weekdays"})
    adding, changing = _("Add self-care"), _("Change this self-care")

    text = short(_("Something kind for yourself"), required=True)
    clock = ClockField(label=_("Time"), required=False)
    weekdays = Weekdays(label=_("Days"), help_text=_("None ticked means any day."))


class WinForm(PartForm):
    document = documents.Win
    source = "comes_from"
    adding, changing = _("Add a win"), _("Change this win")

    text = long(_("What went well?"), required=True, hint=_("Anything counts."), rows=2)
    comes_from = hidden_id()


class MoveForm(PrivateForm):
    """Another day for a goal."""

    day = DayField(label=_("Which day fits better?"))
